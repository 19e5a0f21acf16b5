"""`score`: what an attempt comes to. Pure: the same story, state and judgements always give the same score."""

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from scenario_engine.credits import exact
from scenario_engine.document import Ending
from scenario_engine.proof import maximum_of
from scenario_engine.scoring.judgements import Judgement, Ledger
from scenario_engine.scoring.moments import score_moments
from scenario_engine.scoring.profile import practice_profile
from scenario_engine.scoring.results import MomentScore, Reason, Score
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.worth import (
    Vector,
    add_vectors,
    ending_fixes_a_grade,
    grade_policy,
    graded_ratio,
    ratio_of,
    value_of,
    weigh,
)


def score(story: Story, state: State, judgements: Sequence[Judgement] = (), *, is_due: bool = False) -> Score:
    """Return the score of an attempt.

    `is_due`: the time to finish is over, so that an unfinished attempt may count where the author wants it to.
    """
    ledger = Ledger(judgements)
    moments = score_moments(story, state, ledger)
    points = add_vectors(*(moment.counted for moment in moments if moment.status != "practice"))
    measured = _measure(story, state, moments, points)
    return _decide(story, state, measured, ledger, is_due)


def _measure(story: Story, state: State, moments: list[MomentScore], points: Vector) -> Score:
    """Return the score without its grade: what was earned and what it is measured against."""
    scenario = story.scenario
    ending = story.scenes.get(state.graded_at)
    maximum = _maximum(story)
    left_out = sum((moment.left_out for moment in moments), Fraction(0))
    return Score(
        finished=isinstance(ending, Ending),
        completed=isinstance(ending, Ending) and ending.completes and not state.stopped,
        stopped=state.stopped,
        ending=ending.id if isinstance(ending, Ending) else "",
        outcome=ending.outcome if isinstance(ending, Ending) else "",
        total=value_of(points, weigh(scenario)),
        maximum=maximum,
        measured_against=None if maximum is None else maximum - left_out,
        points=points,
        moments=moments,
        profile=practice_profile(scenario, moments),
    )


def _maximum(story: Story) -> Fraction | None:
    """Return what totals are measured against; None where the policy needs none or it could not be proven."""
    policy = grade_policy(story.scenario)
    if policy == "declared_max":
        declared = story.scenario.scoring.max
        return None if declared is None else exact(declared)
    return maximum_of(story) if policy == "best_path" else None


def _decide(story: Story, state: State, measured: Score, ledger: Ledger, is_due: bool) -> Score:
    if ledger.is_void():
        return _without_grade(measured, "voided", voided=True)
    if ledger.is_excused():
        return _without_grade(measured, "excused", excused=True)
    override = ledger.grade()
    if override is not None:
        return msgspec.structs.replace(measured, grade=override, overridden=True)
    return _compute(story, state, measured, is_due)


def _compute(story: Story, state: State, measured: Score, is_due: bool) -> Score:
    scenario, policy = story.scenario, grade_policy(story.scenario)
    measures = policy in ("best_path", "declared_max")
    if measured.stopped:
        return _without_grade(measured, "stopped")
    ending = story.scenes.get(state.graded_at)
    if isinstance(ending, Ending):
        if state.opted_out or not ending_fixes_a_grade(ending):
            return _without_grade(measured, "not_graded")
        grade = graded_ratio(scenario, ending, measured.total, measured.measured_against)
    elif is_due and measures and scenario.scoring.when_unfinished == "score_so_far":
        against = measured.measured_against
        grade = None if against is None else ratio_of(measured.total, against)
    else:
        return _without_grade(measured, "unfinished")
    if measures and measured.maximum is None:
        return _without_grade(measured, "no_maximum")
    is_pending = any(moment.status == "pending" for moment in measured.moments)
    if measures and is_pending and scenario.scoring.while_pending == "hold":
        return msgspec.structs.replace(measured, reason="pending", held=True, so_far=grade)
    if grade is None:
        return _without_grade(measured, "nothing_counts" if measures else "not_graded")
    return msgspec.structs.replace(measured, grade=grade, so_far=grade)


def _without_grade(measured: Score, reason: Reason, *, voided: bool = False, excused: bool = False) -> Score:
    return msgspec.structs.replace(measured, grade=None, reason=reason, voided=voided, excused=excused)
