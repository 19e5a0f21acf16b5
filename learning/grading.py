"""`regrade`: the only writer of grades. Finished attempts, coaches' corrections and rescores all end here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import cast

from django.db import transaction
from django.db.models import Q, QuerySet

from foundation.api import PreparedQuery
from learning import comments, content
from learning.attempts import decode_state
from learning.models import Attempt, AttemptStatus, Grade, Judgement, Participation
from learning.outline import Module, Outline, outline_of
from learning.policies import is_due, read_policies
from learning.signals import grade_changed
from scenario_engine import scoring
from scenario_engine.scoring.judgements import JudgementKind as RecordKind
from scenario_engine.scoring.judgements import Source

# The module name under which a placement as a whole is graded.
WHOLE = ""


@dataclass(frozen=True)
class GradeValue:
    """A grade as it stands now; `ratio` is None when there is none to show."""

    ratio: Decimal | None
    revision: int
    finished_at: datetime | None
    comment: str = ""


@dataclass(frozen=True)
class _ModuleResult:
    """What the attempts at one module come to."""

    combined: scoring.Combined
    is_excused: bool
    finished_at: datetime | None
    comment: str = ""


@dataclass(frozen=True)
class _Value:
    """What a grade row is to hold."""

    module: str
    ratio: Fraction | None
    finished_at: datetime | None
    comment: str = ""


def regrade(participation: int, now: datetime) -> None:
    """Score the finished attempts of a participation, combine them, write its grades and say what changed.

    `grade_changed` is sent inside this transaction, once for each grade whose value changed. All attempts are scored,
    not only a new one: a course's grade is made of exact module grades, rounded once. A preview is never graded,
    and neither is an erased learner, whose steps are gone.
    """
    with transaction.atomic():
        row = (
            Participation.objects.select_for_update(of=("self",))
            .select_related("placement", "learner")
            .get(pk=participation)
        )
        if row.is_preview or row.learner.erased_at:
            return
        outline = outline_of(row)
        attempts = Attempt.objects.filter(_may_count(row, now), participation=row).order_by("module", "number")
        results = {name: _grade_module(row, group) for name, group in _by_module(attempts).items()}
        grades = {grade.module: grade for grade in Grade.objects.filter(participation=row)}
        for value in _values(outline, results):
            _write(row, grades.get(value.module), value, now)


def _may_count(row: Participation, now: datetime) -> Q:
    """Finished attempts; and those that were under way when the time was over, which count where the author says so."""
    policies = read_policies(row.placement.policies)
    finished = Q(status=AttemptStatus.FINISHED)
    if not is_due(policies, now):
        return finished
    return finished | Q(status=AttemptStatus.PLAYING, started_at__lt=policies.due_at)


def score_attempt(attempt: Attempt, judgements: Sequence[Judgement]) -> scoring.Score:
    """Return the score of an attempt as its version and the judgements about it say.

    One that is not finished is given here only when its time is over.
    """
    story = content.story_of(attempt)
    records = [as_record(each) for each in judgements]
    late = attempt.status == AttemptStatus.PLAYING
    return scoring.score(story, decode_state(attempt.state), records, is_due=late)


def as_record(judgement: Judgement) -> scoring.Judgement:
    """Return a row as the engine's record."""
    return scoring.Judgement(
        kind=cast(RecordKind, judgement.kind),
        seq=judgement.seq,
        criterion=judgement.criterion or None,
        value=judgement.value,
        source=cast(Source, judgement.source),
        at=judgement.at.isoformat(),
        by=judgement.by,
        reason=judgement.reason,
    )


def current_grade(participation_id: int, module: str = WHOLE) -> GradeValue:
    """Return the grade as it stands at this moment: what a delivery must send now, whatever woke it."""
    grade = _GRADE.first(participation_id, module)
    if grade is None:
        return GradeValue(None, 0, None)
    return GradeValue(grade.ratio, grade.revision, grade.finished_at, grade.comment)


def current_grades(participation_ids: Collection[int]) -> dict[tuple[int, str], GradeValue]:
    """Return the grades of many participations as they stand at this moment, by participation and module."""
    rows = Grade.objects.filter(participation_id__in=participation_ids).order_by()
    found = rows.values_list("participation_id", "module", "ratio", "revision", "finished_at", "comment")
    return {(row[0], row[1]): GradeValue(row[2], row[3], row[4], row[5]) for row in found}


def _grades(participation_id: int, module: str) -> QuerySet[Grade]:
    return Grade.objects.filter(participation_id=participation_id, module=module).order_by()


_GRADE = PreparedQuery(_grades, -7, "<module>")  # asked for each delivery


def _by_module(attempts: Iterable[Attempt]) -> dict[str, list[Attempt]]:
    groups: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        groups[attempt.module].append(attempt)
    return groups


def _grade_module(row: Participation, attempts: list[Attempt]) -> _ModuleResult:
    """Score a module's attempts and combine them as the policy says.

    What is unfinished at the due date counts only where nothing finished does: it never replaces a whole attempt.
    """
    judgements = _judgements_of(attempts)
    scored = [(each, score_attempt(each, judgements[each.pk])) for each in attempts]
    for attempt, score in scored:
        _keep_score(attempt, score)
    whole = [pair for pair in scored if pair[0].status == AttemptStatus.FINISHED]
    if not any(score.grade is not None or score.held for _, score in whole):
        whole += [pair for pair in scored if pair not in whole and pair[1].moments]  # nothing done is no zero
    if not whole:
        return _ModuleResult(scoring.Combined(), False, None)
    override = read_policies(row.placement.policies).attempt
    policy = override or content.story_of(attempts[-1]).scenario.scoring.attempt
    combined = scoring.combine_attempts(policy, [score for _, score in whole])
    counted = whole[combined.index][0] if combined.index is not None else whole[-1][0]
    has_grade = combined.grade is not None
    return _ModuleResult(
        combined,
        any(score.excused for _, score in scored),
        counted.finished_at,
        comments.comment_of(counted, judgements[counted.pk]) if has_grade else "",
    )


def _judgements_of(attempts: list[Attempt]) -> dict[object, list[Judgement]]:
    judgements: dict[object, list[Judgement]] = defaultdict(list)
    for judgement in Judgement.objects.filter(attempt__in=attempts):
        judgements[judgement.attempt_id].append(judgement)
    return judgements


def _keep_score(attempt: Attempt, score: scoring.Score) -> None:
    """Write beside the attempt what its score is now, for lists."""
    found = {
        "ratio": None if score.grade is None else scoring.round_ratio(score.grade),
        "reason": score.reason,
        "is_held": score.held,
        "is_void": score.voided,
        "is_excused": score.excused,
    }
    if any(getattr(attempt, name) != value for name, value in found.items()):
        Attempt.objects.filter(pk=attempt.pk).update(**found)
        for name, value in found.items():
            setattr(attempt, name, value)


def _values(outline: Outline, results: dict[str, _ModuleResult]) -> Iterable[_Value]:
    """Yield every grade that the outline has; the whole comes last."""
    if not outline.is_course:
        yield _value(WHOLE, results.get(outline.modules[0].id))
        return
    for module in outline.modules:
        result = results.get(module.id)
        if result is not None:
            yield _value(module.id, result)
    graded = [_module_grade(each, results.get(each.id)) for each in outline.modules]
    whole = scoring.course_grade(graded, outline.send)
    times = [result.finished_at for result in results.values() if result.finished_at]
    yield _Value(WHOLE, whole, max(times, default=None))


def _value(name: str, result: _ModuleResult | None) -> _Value:
    if result is None:
        return _Value(name, None, None)
    return _Value(name, result.combined.grade, result.finished_at, result.comment)


def _module_grade(module: Module, result: _ModuleResult | None) -> scoring.ModuleGrade:
    return scoring.ModuleGrade(
        id=module.id,
        weight=module.weight,
        required=module.required,
        grade=result.combined.grade if result else None,
        held=result.combined.held if result else False,
        excused=result.is_excused if result else False,
    )


def _write(row: Participation, grade: Grade | None, value: _Value, now: datetime) -> None:
    """Store one grade, rounded here and nowhere else, and tell whoever delivers it when it changed."""
    ratio = None if value.ratio is None else scoring.round_ratio(value.ratio)
    if (ratio, value.comment) == ((grade.ratio, grade.comment) if grade else (None, "")):
        return
    grade = grade or Grade(participation=row, module=value.module)
    grade.ratio, grade.comment = ratio, value.comment
    grade.finished_at, grade.changed_at = value.finished_at, now
    grade.revision += 1
    grade.save()
    grade_changed.send(
        sender=Grade, participation_id=row.pk, module=value.module, ratio=ratio, revision=grade.revision, at=now
    )
