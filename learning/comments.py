"""The sentence that goes beside a grade into a gradebook. Reads records; grades are learning.grading's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from learning import content
from learning.models import Attempt, Judgement, JudgementKind, JudgementSource

LONGEST = 2_000
_CHANGES_A_GRADE = (JudgementKind.LEVEL, JudgementKind.CREDIT, JudgementKind.GRADE)


def comment_of(attempt: Attempt, judgements: Sequence[Judgement]) -> str:
    """Return why a coach changed the attempt's score, else the title that the author gave the ending reached."""
    return coach_reason(judgements) or _ending_title(attempt)


def coach_reason(judgements: Iterable[Judgement]) -> str:
    """Return the reason of the newest correction that still stands, "" without one."""
    standing: dict[tuple[str, int | None, str], Judgement] = {}
    for each in judgements:
        if each.source != JudgementSource.COACH:
            continue
        if each.kind == JudgementKind.WITHDRAW:
            standing.pop((each.value or JudgementKind.GRADE, each.seq, each.criterion), None)
        elif each.kind in _CHANGES_A_GRADE:
            standing[each.kind, each.seq, each.criterion] = each
    newest = max(standing.values(), key=lambda each: each.pk, default=None)
    return newest.reason.strip()[:LONGEST] if newest else ""


def _ending_title(attempt: Attempt) -> str:
    scene = content.story_of(attempt).scenes.get(attempt.ending)
    return scene.title[:LONGEST] if scene is not None else ""
