"""Delivering one cell: value read just in time, posted, and after anything but a clean success read back.

`run` is what the worker calls with a claimed row. Nothing here runs inside a transaction but the writes.
Rules per LMS are lti.products; when to leave a platform alone is lti.grades.health.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from foundation.api import Again, Answer, OutboundError
from lti import ports
from lti.grades import health, outcomes, resolving
from lti.grades.outcomes import Outcome
from lti.models import DeliveryOutcome, GradeState, GradeTarget, Platform
from lti.platforms import product_of
from lti.products import Product, Sending, Verdict
from lti.products.base import RESULT, SCORE
from lti.services import ags, calls, tokens
from lti.services.errors import NotAdmitted, PlatformBusy, PlatformDown, ServiceError, TokenRefused

SECOND = timedelta(seconds=1)
POSTS_PER_RUN = 2


class LeaseLost(Exception):
    """Another worker took the row over; what it does counts."""


@dataclass
class Delivery:
    """One run over one row."""

    target: GradeTarget
    ratio: Decimal
    revision: int
    comment: str
    now: datetime
    platform: Platform
    product: Product
    is_unsure: bool
    floor: datetime | None = None
    latency_ms: int | None = None
    stamps: list[datetime] = field(default_factory=list)


def run(row: GradeTarget, now: datetime) -> Again | None:
    """Deliver one claimed row; it is given back in here, together with the outcome."""
    target = GradeTarget.objects.select_related("line_item__deployment__platform", "person").get(pk=row.pk)
    if target.lease_id != row.lease_id:
        return None
    if target.state == GradeState.PARKED:
        outcomes.settle_nothing(target, GradeState.PARKED)
        return None
    grade = ports.current_grade(target.participation_id, target.line_item.module)
    if grade is None or grade.ratio is None:  # never a 0 instead, and never erased: what is there stays
        outcomes.settle_nothing(target, GradeState.NOTHING)
        return None
    if target.sent == grade.ratio and not target.is_unsure:
        outcomes.settle_nothing(target, GradeState.DELIVERED)
        return None
    platform = target.line_item.deployment.platform
    delivery = Delivery(
        target=target,
        ratio=grade.ratio,
        revision=grade.revision,
        comment=grade.comment or "",
        now=now,
        platform=platform,
        product=product_of(platform),
        is_unsure=target.is_unsure,
    )
    outcome = _tried(delivery)
    if outcome is not None:
        stamp = delivery.stamps[-1] if delivery.stamps else None
        outcome = replace(outcome, latency_ms=delivery.latency_ms)
        outcomes.settle(target, grade.ratio, grade.revision, stamp, outcome, now)
    return None


def _tried(delivery: Delivery) -> Outcome | None:
    """Turn every way a try can end into an outcome."""
    try:
        outcome = _deliver(delivery)
    except LeaseLost:
        return None
    except PlatformBusy as busy:
        until = health.note_busy(delivery.platform, busy.seconds, delivery.now)
        return _retry(delivery, str(busy), busy.status, until)
    except (TokenRefused, NotAdmitted) as error:
        return _retry(delivery, str(error), error.status)
    except PlatformDown as error:
        health.note_failure(delivery.platform, delivery.now)
        return _retry(delivery, str(error), error.status)
    except ServiceError as error:
        return Outcome(DeliveryOutcome.BLOCKED, str(error), error.status, is_unsure=delivery.is_unsure)
    except OutboundError as error:
        health.note_failure(delivery.platform, delivery.now)
        return _retry(delivery, str(error))
    health.note_answer(delivery.platform)
    return outcome


def _deliver(delivery: Delivery) -> Outcome:
    """Post until the cell holds the value, at most twice: the second time with a stamp that is late enough."""
    url = resolving.column_url(delivery.target.line_item)
    if not url:
        return Outcome(DeliveryOutcome.BLOCKED, "The LMS offers no gradebook column for this activity.")
    calls.check_admitted(delivery.platform, url)
    if delivery.is_unsure and _holds_it(delivery, url):
        return Outcome(DeliveryOutcome.CONFIRMED, "Read back: the LMS has this grade already.")
    tokens.access_token(delivery.platform, (SCORE,))  # so that nothing but the post can fail once it is noted
    for _ in range(POSTS_PER_RUN):
        answer = _post(delivery, url)
        text = answer.text(2000)
        verdict = delivery.product.verdict(answer.status, text)
        if verdict is Verdict.STORED:
            return Outcome(DeliveryOutcome.DELIVERED, status=answer.status)
        if verdict is Verdict.UNAUTHORISED:
            return _retry(delivery, "The LMS does not accept its own access token.", 401)
        if verdict is Verdict.GONE:
            url = resolving.find_again(delivery.target.line_item)
            if not url:
                return _blocked(delivery, answer, "The gradebook column is not there any more.")
            continue
        if _holds_it(delivery, url):
            return Outcome(DeliveryOutcome.CONFIRMED, "Read back: the LMS has this grade.", answer.status)
        if verdict is not Verdict.STALE:
            return _judged(delivery, verdict, answer, text)
    return _retry(delivery, "The LMS holds a later timestamp.", answer.status)


def _judged(delivery: Delivery, verdict: Verdict, answer: Answer, text: str) -> Outcome:
    if verdict is Verdict.REFUSED:
        return _blocked(delivery, answer, "The LMS refuses this grade; the person may not be a learner there.")
    if delivery.product.is_final(answer.status, text, delivery.target.tries):
        return _blocked(delivery, answer, "The LMS fails on this grade each time; it may be locked.")
    health.note_failure(delivery.platform, delivery.now)
    return _retry(delivery, f"The LMS answered {answer.status}.", answer.status)


def _post(delivery: Delivery, url: str) -> Answer:
    """Note that a post is about to happen, under the lease, then post."""
    target = delivery.target
    stamp = next_stamp(delivery.now, target.stamp, delivery.floor, *delivery.stamps)
    held = GradeTarget.objects.filter(pk=target.pk, lease_id=target.lease_id)
    if not held.update(stamp=stamp, is_unsure=True):
        raise LeaseLost
    sending = Sending(
        sub=target.person.sub,
        ratio=delivery.ratio,
        maximum=target.line_item.maximum,
        stamp=stamp,
        comment=delivery.comment,
        resend=delivery.is_unsure,
        sent_before=target.sent is not None,
    )
    delivery.stamps.append(stamp)
    started = time.monotonic()
    before, delivery.is_unsure = delivery.is_unsure, True
    try:
        answer = ags.post_score(delivery.platform, url, delivery.product.score(sending))
        delivery.is_unsure = before or answer.status >= 500  # else the answer says what became of it
        return answer
    except OutboundError as error:
        delivery.is_unsure = before or error.may_have_arrived
        raise
    except ServiceError:  # busy, or no token: the score was not looked at
        delivery.is_unsure = before
        raise
    finally:
        delivery.latency_ms = int((time.monotonic() - started) * 1000)


def _holds_it(delivery: Delivery, url: str) -> bool:
    """Read the cell where that is allowed: a cell that holds another value ends the doubt as well.

    Raises nothing on account of the reading itself; then we still do not know.
    """
    if RESULT not in delivery.target.line_item.scopes:
        return False
    try:
        found = ags.read_result(delivery.platform, url, delivery.target.person.sub)
    except PlatformBusy:
        raise
    except (ServiceError, OutboundError):
        return False
    delivery.is_unsure = False
    if found is None:
        return False
    delivery.floor = found.timestamp
    if found.ratio is None:
        delivery.is_unsure = delivery.ratio == 0 and delivery.product.zero_may_be_absent()
        return False
    return delivery.product.same_ratio(found.ratio, delivery.ratio)


def next_stamp(now: datetime, *earlier: datetime | None) -> datetime:
    """Return a timestamp a second or more after every earlier one: Moodle compares whole seconds."""
    latest = max((moment for moment in earlier if moment is not None), default=None)
    return now if latest is None else max(now, latest + SECOND)


def _retry(delivery: Delivery, note: str, status: int | None = None, again_at: datetime | None = None) -> Outcome:
    return Outcome(DeliveryOutcome.RETRY, note, status, again_at, is_unsure=delivery.is_unsure)


def _blocked(delivery: Delivery, answer: Answer, note: str) -> Outcome:
    host = urlsplit(answer.url).hostname
    said = answer.text(200).strip()
    return Outcome(DeliveryOutcome.BLOCKED, f"{note} {host} answered {answer.status}: {said}", answer.status)
