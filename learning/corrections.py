"""A coach's corrections: appended records, then the grade anew. The path and the ending of an attempt never change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Literal
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from foundation.api import durable, record
from learning import content
from learning.attempts import decode_state
from learning.errors import CannotCorrect, NotAsExpected, NotThere
from learning.grading import regrade
from learning.models import Attempt, AttemptStatus, Judgement, JudgementKind, JudgementSource, Participation
from learning.tokens import CoachGrant
from scenario_engine.document import Question, Reply, Roleplay
from scenario_engine.state import Visit

LONGEST_REASON = 2_000
Kind = Literal["level", "credit", "grade", "void", "excuse", "withdraw"]


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What a coach decides about an attempt, and why.

    `value` is exact text: a level 0..4 or "na" (not applicable), a credit or grade 0..1, for `withdraw` the kind
    taken back. `seq` is the visit's where the correction is about one, and `criterion` one of its criteria.
    """

    kind: Kind
    reason: str
    value: str = ""
    seq: int | None = None
    criterion: str = ""


def correct(grant: CoachGrant, attempt: UUID, correction: Correction, as_of: str, now: datetime) -> Attempt:
    """Append a correction to an attempt of the coach's placement and grade its learner anew.

    `as_of` is the `mark_of` the page that the coach worked on. Raises NotThere, CannotCorrect, or NotAsExpected when
    the attempt has been judged or has moved on since that page was made.
    """
    with durable():
        row = find_attempt(grant, attempt)
        Participation.objects.select_for_update().get(pk=row.participation_id)
        judgements = list(Judgement.objects.filter(attempt=row))
        if mark_of(row, judgements) != as_of:
            raise NotAsExpected(
                "attempt.changed", _("Somebody else changed this attempt meanwhile. Look at it again, then correct it.")
            )
        judgement = _checked(row, judgements, correction)
        judgement.by, judgement.at = f"learner:{grant.coach}", now
        judgement.save()
        record(
            row.participation.placement.organisation,
            judgement.by,
            f"attempt.{correction.kind}",
            f"attempt {row.pk}",
            {"seq": correction.seq, "criterion": correction.criterion, "old": judgement.old, "new": judgement.value},
        )
        regrade(row.participation_id, now)
    row.refresh_from_db()
    return row


def find_attempt(grant: CoachGrant, attempt: UUID) -> Attempt:
    """Return an attempt of the coach's placement. Raises NotThere for any other, and for previews."""
    row = (
        Attempt.objects.select_related("participation__placement__organisation", "participation__learner")
        .filter(pk=attempt, participation__placement__uuid=grant.placement, participation__is_preview=False)
        .first()
    )
    if row is None:
        raise NotThere
    return row


def mark_of(row: Attempt, judgements: Sequence[Judgement]) -> str:
    """Return what stands for an attempt as a coach saw it: it differs once anything was added."""
    return f"{row.seq}.{max((each.pk for each in judgements), default=0)}"


def _checked(row: Attempt, judgements: Sequence[Judgement], correction: Correction) -> Judgement:
    """Return the correction as a record that can be appended. Raises CannotCorrect with a sentence for the coach."""
    reason = correction.reason.strip()
    if not reason:
        raise CannotCorrect("reason.missing", _("Say why: the learner reads it beside the change."))
    if len(reason) > LONGEST_REASON or "\0" in reason:
        raise CannotCorrect("reason.too-long", _("The reason is too long: 2,000 characters at most."))
    if row.status != AttemptStatus.FINISHED and correction.kind not in ("excuse", "withdraw"):
        raise CannotCorrect("attempt.not-finished", _("This attempt has not reached a graded ending."))
    value, old = _values(row, judgements, correction)
    return Judgement(
        attempt=row,
        kind=correction.kind,
        seq=correction.seq,
        criterion=correction.criterion,
        source=JudgementSource.COACH,
        value=value,
        old=old,
        reason=reason,
    )


def _values(row: Attempt, judgements: Sequence[Judgement], given: Correction) -> tuple[str | None, str | None]:
    """Return the new value and the one it replaces."""
    if given.kind == "level":
        visit = _visit(row, given)
        return _level(given.value), standing_level(visit, judgements, given.criterion)
    if given.kind == "credit":
        visit = _visit(row, given)
        return _share(given.value), standing_credit(visit, judgements)
    if given.seq is not None or given.criterion:
        raise CannotCorrect("correction.place", _("This correction is about the whole attempt."))
    if given.kind == "grade":
        return _share(given.value), None if row.ratio is None else str(row.ratio)
    standing = standing_of_attempt(judgements)
    if given.kind == "withdraw":
        if given.value not in standing:
            raise CannotCorrect("correction.nothing", _("There is nothing of that kind to take back."))
        return given.value, standing[given.value].value
    if given.kind in standing:
        raise CannotCorrect("correction.twice", _("That stands already."))
    return None, None


def standing_of_attempt(judgements: Sequence[Judgement]) -> dict[str, Judgement]:
    """Return the coach's records about the whole attempt that hold now, by kind."""
    standing: dict[str, Judgement] = {}
    for each in judgements:
        if each.source != JudgementSource.COACH or each.seq is not None:
            continue
        if each.kind == JudgementKind.WITHDRAW:
            standing.pop(each.value or JudgementKind.GRADE, None)
        else:
            standing[each.kind] = each
    return standing


def standing_level(visit: Visit, judgements: Sequence[Judgement], criterion: str) -> str | None:
    """Return the level of a criterion as it stands, as text; None when there is none."""
    for each in reversed(judgements):
        if (each.kind, each.seq, each.criterion) == (JudgementKind.LEVEL, visit.seq, criterion):
            return each.value
    level = visit.levels.get(criterion)
    return None if level is None else str(level)


def standing_credit(visit: Visit, judgements: Sequence[Judgement]) -> str | None:
    """Return the credit of a question as it stands: a coach's, else that of the last try."""
    for each in reversed(judgements):
        if (each.kind, each.seq) == (JudgementKind.CREDIT, visit.seq):
            return each.value
    return visit.credits[-1] if visit.credits else None


def _visit(row: Attempt, given: Correction) -> Visit:
    """Return the visit a correction is about, if its scene has what is corrected."""
    story = content.story_of(row)
    for visit in decode_state(row.state).trail:
        scene = story.scenes.get(visit.scene)
        if visit.seq != given.seq:
            continue
        if given.kind == "credit" and isinstance(scene, Question) and not given.criterion and visit.answers:
            return visit
        is_words = given.kind == "level" and isinstance(scene, Reply | Roleplay)
        if is_words and isinstance(scene, Reply | Roleplay) and given.criterion in {use.use for use in scene.criteria}:
            return visit
    raise CannotCorrect("correction.place", _("That is not part of this attempt."))


def _level(text: str) -> str | None:
    if text == "na":
        return None
    if text not in ("0", "1", "2", "3", "4"):
        raise CannotCorrect("level.range", _("A level is 0, 1, 2, 3, 4 or “not applicable”."))
    return text


def _share(text: str) -> str:
    """Return a share 0..1 as exact text ("0.855", "171/200")."""
    try:
        share = Fraction(text.strip()) if len(text) <= 20 else None
    except (ValueError, ZeroDivisionError):
        share = None
    if share is None or not 0 <= share <= 1:
        raise CannotCorrect("share.range", _("Enter a number from 0 to 100 %."))
    return str(share)


def share_of_percent(text: str) -> str:
    """Return what a person typed as a percentage ("85", "85,5 %") as a share; what is no number stays as it is."""
    plain = text.replace("%", "").replace(",", ".").strip()
    try:
        return str(Fraction(plain) / 100) if len(plain) <= 10 else text
    except (ValueError, ZeroDivisionError):
        return text
