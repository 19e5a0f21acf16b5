"""Delivering what was claimed together: facts read at once, intents noted at once, outcomes written down at once.

One cell after the other is posted, by lti.grades.delivery. A batch ends when its platform is in trouble or its time is
up; what was not posted by then goes back as it came.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from foundation.api import put_off
from lti import ports
from lti.grades import comments, lanes, outcomes, statements
from lti.grades.delivery import Delivery, deliver
from lti.grades.lanes import LONGEST_S
from lti.grades.outcomes import Outcome, Sent, Settled
from lti.models import GradeState, GradeTarget, LineItem, LtiPerson, Platform
from lti.platforms import product_of

# What was posted is written down at least so often: whoever looks sees it, and a crash leaves little to read back.
WRITTEN_EVERY_S = 0.5


def run(rows: Sequence[GradeTarget], now: datetime) -> None:
    """Deliver claimed rows; each is given back in here, together with its outcome."""
    noted = _noted(_planned(rows, now))
    begun = written = time.monotonic()  # noting may have waited for the database: that is no slowness of the platform
    settled: list[Settled] = []
    is_down = False
    for delivery in noted:
        started = time.monotonic()
        if is_down or started - begun > LONGEST_S:
            statements.hand_back(delivery.target, now)
            continue
        try:
            outcome = deliver(delivery)
        except Exception as error:  # one row's fault is no other's
            put_off("lti.grades", delivery.target, error, now)
            continue
        if outcome is not None:
            settled.append(_settled(delivery, outcome))
        is_down = delivery.is_platform_down
        ended = time.monotonic()
        lanes.note_pace(delivery.platform, ended - started)
        if ended - written > WRITTEN_EVERY_S:
            outcomes.settle(settled, now)
            settled, written = [], ended
    outcomes.settle(settled, now)


def _planned(rows: Sequence[GradeTarget], now: datetime) -> list[Delivery]:
    """Return what is to be posted, and give back what is not: no grade, or this grade is there already.

    A row whose column or person was deleted since the claim is gone with them.
    """
    columns = LineItem.objects.in_bulk({row.line_item_id for row in rows})
    platforms = Platform.objects.in_bulk({row.platform_id for row in rows})
    people = LtiPerson.objects.filter(pk__in=[row.person_id for row in rows])
    subs: Mapping[int, str] = dict(people.values_list("pk", "sub"))
    grades = ports.current_grades({row.participation_id for row in rows})
    found = []
    for row in rows:
        if row.line_item_id not in columns or row.person_id not in subs:
            continue
        row.line_item = columns[row.line_item_id]
        grade = grades.get((row.participation_id, row.line_item.module))
        if row.state == GradeState.PARKED:
            outcomes.settle_nothing(row, GradeState.PARKED)
        elif grade is None or grade.ratio is None:  # never a 0 instead, and never erased: what is there stays
            outcomes.settle_nothing(row, GradeState.NOTHING)
        elif _is_there(row, grade):
            outcomes.settle_nothing(row, GradeState.DELIVERED)
        else:
            found.append(_delivery(row, platforms[row.platform_id], subs[row.person_id], grade, now))
    return found


def _is_there(row: GradeTarget, grade: Any) -> bool:
    says_the_same = not grade.comment or comments.mark_of(grade.comment) == row.comment_sent
    return row.sent == grade.ratio and says_the_same and not row.is_unsure


def _delivery(row: GradeTarget, platform: Platform, sub: str, grade: Any, now: datetime) -> Delivery:
    return Delivery(
        target=row,
        sub=sub,
        ratio=grade.ratio,
        revision=grade.revision,
        comment=grade.comment or "",
        now=now,
        platform=platform,
        product=product_of(platform),
        is_unsure=row.is_unsure,
        comment_sent=row.comment_sent,
        is_regrade=row.sent is not None,
        finished_at=grade.finished_at,
    )


def _noted(planned: Collection[Delivery]) -> list[Delivery]:
    """Note under their leases that posts are about to happen; leave out what another worker took over."""
    for delivery in planned:
        delivery.noted = delivery.intent()
    intents = [(each.target, *each.noted) for each in planned if each.noted]
    held = statements.note_intents(intents) if intents else set()
    return [delivery for delivery in planned if delivery.target.pk in held]


def _settled(delivery: Delivery, outcome: Outcome) -> Settled:
    stamp = delivery.stamps[-1] if delivery.stamps else None
    whole = replace(outcome, latency_ms=delivery.latency_ms, comment_sent=delivery.comment_sent)
    return Settled(delivery.target, Sent(delivery.ratio, delivery.revision, stamp), whole)
