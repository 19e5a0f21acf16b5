"""What a coach changed, as the learner sees it: old, new and why."""

from collections.abc import Sequence
from fractions import Fraction

from scenario_engine.scoring import Judgement
from scenario_engine.state import State, Visit
from scenario_engine.view.words import Words
from scenario_engine.views import CorrectionView


def corrections(words: Words, state: State, judgements: Sequence[Judgement]) -> list[CorrectionView]:
    """Return the coach's records that the learner should know of, oldest first; a withdrawal has no entry."""
    visits = {visit.seq: visit for visit in state.trail}
    latest: dict[tuple[str, int | None, str | None], float | None] = {}
    shown = []
    for judgement in judgements:
        if judgement.source != "coach" or judgement.kind == "withdraw":
            continue
        place = (judgement.kind, judgement.seq, judgement.criterion)
        visit = visits.get(judgement.seq) if judgement.seq is not None else None
        new = _number(judgement.value)
        old = latest[place] if place in latest else _before(judgement, visit)
        latest[place] = new
        shown.append(
            CorrectionView(
                kind=judgement.kind,
                about=_about(words, judgement, visit),
                old=old,
                new=new,
                reason=judgement.reason,
                at=judgement.at,
            )
        )
    return shown


def _before(judgement: Judgement, visit: Visit | None) -> float | None:
    if visit is None:
        return None
    if judgement.kind == "level" and judgement.criterion:
        return visit.levels.get(judgement.criterion)
    if judgement.kind == "credit" and visit.credits:
        return round(float(Fraction(visit.credits[-1])), 4)
    return None


def _about(words: Words, judgement: Judgement, visit: Visit | None) -> str:
    scenario = words.story.scenario
    if judgement.criterion and judgement.criterion in scenario.criteria:
        criterion = scenario.criteria[judgement.criterion]
        competency = scenario.competencies.get(criterion.competency)
        return words.line(criterion.title or (competency.title if competency else judgement.criterion))
    return words.line(words.story.scenes[visit.scene].title) if visit else ""


def _number(value: float | str | None) -> float | None:
    return None if value is None else round(float(Fraction(value)), 4)
