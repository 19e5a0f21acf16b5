"""What a learner is answered: the view of now, its media, and after an ending the debrief, delivery and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from learning import content, hooks
from learning.attempts import attempts_left
from learning.grading import as_record
from learning.hooks import DeliveryStatus
from learning.models import Attempt, AttemptStatus, Judgement, JudgementKind, JudgementSource
from learning.policies import is_closed, read_policies
from learning.tokens import Grant
from scenario_engine import hosting
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.views import Debrief, Delivery, Served

# While something from outside is awaited the page asks again this often.
POLL_AFTER_S = 1.5
# A grade on its way is news for minutes, not for days; the page waits longer each time that nothing has changed.
POLL_DELIVERY_AFTER_S = 3.0
DELIVERY_IS_NEWS = timedelta(minutes=10)


def serve(grant: Grant, row: Attempt, state: State, now: datetime) -> Served:
    """Return everything the learner may see of this attempt now, and nothing more."""
    story = content.story_of(row, grant.locale)
    judgements = [] if row.status == AttemptStatus.PLAYING else list(Judgement.objects.filter(attempt=row))
    served = hosting.serve(
        story,
        state,
        lambda keys: content.media_of(row, keys),
        [as_record(each) for each in judgements],
        slots_of(row, story, now),
    )
    served.attempt, served.is_preview = row.number, grant.is_preview
    if state.awaits in ("judgement", "character"):
        served.poll_after_s = POLL_AFTER_S
    if row.status != AttemptStatus.PLAYING:
        _add_outcome(served, row, judgements, now)
    return served


def _add_outcome(served: Served, row: Attempt, judgements: Sequence[Judgement], now: datetime) -> None:
    served.attempts_left = attempts_left(row)
    is_over = is_closed(read_policies(row.participation.placement.policies), now) and not served.is_preview
    served.can_start_again = served.attempts_left != 0 and not is_over
    if served.debrief is not None and row.status == AttemptStatus.FINISHED:
        add_old_values(served.debrief, judgements)
        is_held = served.debrief.grade.reason == "pending"
        if not served.is_preview:
            status = None if is_held else hooks.delivery_of([row.participation_id]).get(row.participation_id)
            served.delivery = Delivery(status="held") if is_held else _delivery(status)
            if _is_on_its_way(status, now):
                served.poll_after_s = POLL_DELIVERY_AFTER_S


def add_old_values(debrief: Debrief, judgements: Sequence[Judgement]) -> None:
    """Fill in what a corrected grade was before, which the attempt alone does not say."""
    told = [each for each in judgements if each.source == JudgementSource.COACH and each.kind != JudgementKind.WITHDRAW]
    for shown, judgement in zip(debrief.corrections, told, strict=True):
        if shown.old is None and judgement.old is not None:
            shown.old = round(float(Fraction(judgement.old)), 4)


def _delivery(status: DeliveryStatus | None) -> Delivery:
    """Return how far the grade has come; a protocol knows, and without one it is simply saved."""
    if status is None:
        return Delivery(status="saved")
    return Delivery(status=status.status, at=status.at.isoformat() if status.at else "")


def _is_on_its_way(status: DeliveryStatus | None, now: datetime) -> bool:
    if status is None or status.status not in ("saved", "sent", "delayed"):
        return False
    return status.at is None or now - status.at < DELIVERY_IS_NEWS


def slots_of(row: Attempt, story: Story, now: datetime) -> dict[str, Any]:
    """Return what this host knows for the slots that authors may use. Names come from outside: the engine escapes."""
    participation = row.participation
    organisation = participation.placement.organisation
    slots: dict[str, Any] = {
        "organisation.name": organisation.name,
        "organisation.support_contacts": organisation.support_contacts,
        "clock": now,
    }
    name = participation.learner.display_name
    if not name and _greets_by_name(story):
        name = hooks.names_of([participation.learner_id]).get(participation.learner_id, "")
    if name:
        slots["learner.first_name"] = name.split()[0]
    return slots


def _greets_by_name(story: Story) -> bool:
    """Say whether any cast member is named after the learner; asked once per story, as names cost a query."""
    known = story.memo.get("learning.greets_by_name")
    if known is None:
        known = any(not isinstance(member.name, str) for member in story.scenario.cast.values())
        story.memo["learning.greets_by_name"] = known
    return bool(known)
