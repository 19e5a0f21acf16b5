"""Why a learner's grade is not in the gradebook, in words for their teacher, and what to do. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning import hooks
from learning.hooks import DeliveryStatus
from learning.models import Attempt, AttemptStatus, Participation
from learning.outline import Outline
from learning.policies import Policies, read_policies

ARRIVED = ("sent", "confirmed")


@dataclass(frozen=True)
class Missing:
    """What is the matter and what can be done; `attempt` is the one to look at, if that helps."""

    sentence: str
    advice: str = ""
    attempt: Attempt | None = None


def why_missing(
    row: Participation,
    outline: Outline,
    attempts: Sequence[Attempt],
    whole: Decimal | None,
    delivery: DeliveryStatus | None,
) -> Missing | None:
    """Return why the grade of a participation is not in the gradebook; None where it is, or nobody wants it there."""
    if whole is not None:
        return _why_not_delivered(row, delivery)
    if not attempts:
        return Missing(_("They have opened the activity and not begun it."))
    return _why_none(row, outline, attempts)


def _why_not_delivered(row: Participation, delivery: DeliveryStatus | None) -> Missing | None:
    if delivery is not None and delivery.status != "none":
        is_fine = delivery.status in ARRIVED and not delivery.advice
        return None if is_fine else Missing(delivery.sentence, delivery.advice)
    sentence, advice = hooks.missing_delivery(row.placement_id)
    return Missing(sentence, advice) if sentence else None


def _why_none(row: Participation, outline: Outline, attempts: Sequence[Attempt]) -> Missing:
    live = [each for each in attempts if not each.is_void]
    held = [each for each in live if each.is_held]
    if held:
        return Missing(
            _("The grade waits for you: somebody has to read what they wrote."),
            _("Open the attempt and set the levels; the grade is sent at once."),
            held[-1],
        )
    if not live:
        return Missing(_("Every attempt was declared void."), _("Take that back, or let them try again."), attempts[-1])
    missing = _unfinished_modules(outline, live)
    if missing:
        return Missing(missing)
    if all(each.is_excused for each in live if each.status == AttemptStatus.FINISHED) and _finished(live):
        return Missing(_("They are excused: no grade is sent, and none is counted as 0."))
    if not _finished(live):
        return _why_unfinished(live[-1], read_policies(row.placement.policies))
    return _why_ungraded(_finished(live)[-1])


def _unfinished_modules(outline: Outline, attempts: Sequence[Attempt]) -> str:
    """A course is graded when all that is required is done, where its author wants it so."""
    if not outline.is_course or outline.send != "when_complete":
        return ""
    done = {each.module for each in attempts if each.status == AttemptStatus.FINISHED}
    count = sum(1 for each in outline.modules if each.required and each.id not in done)
    return (
        ngettext(
            "The course is graded when every required module is finished: %(count)s is not.",
            "The course is graded when every required module is finished: %(count)s are not.",
            count,
        )
        % {"count": count}
        if count
        else ""
    )


def _finished(attempts: Sequence[Attempt]) -> list[Attempt]:
    return [each for each in attempts if each.status == AttemptStatus.FINISHED]


def _why_unfinished(latest: Attempt, policies: Policies) -> Missing:
    if latest.status == AttemptStatus.STOPPED:
        sentence = _("They stopped before the end. That sends no grade, and uses up no attempt.")
        return Missing(sentence, _("They may start again."), latest)
    return Missing(
        _("The attempt is not finished. What is unfinished sends no grade, and no 0."), _due(policies), latest
    )


def _due(policies: Policies) -> str:
    due_at: datetime | None = policies.due_at
    return "" if due_at is None else _("It is due on %(day)s.") % {"day": date_format(due_at, "DATE_FORMAT")}


def _why_ungraded(latest: Attempt) -> Missing:
    if latest.reason == "no_maximum":
        sentence = _("The best possible total of this scenario is not known, so nothing can be graded.")
        return Missing(sentence, _("Tell its author: the scenario has to be published anew."), latest)
    if latest.reason == "nothing_counts":
        return Missing(
            _("Nothing that they did counts: all of it was excused or could not be assessed."),
            _("Set the levels or the grade yourself."),
            latest,
        )
    return Missing(_("The ending they reached has no grade; its author wanted it so."), attempt=latest)
