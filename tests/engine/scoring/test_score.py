"""From moments to a grade: policies, what is pending or excused, and what a coach decides."""

from fractions import Fraction

import pytest

from scenario_engine.actions import Judged, Stop, Write
from scenario_engine.play import advance
from scenario_engine.scoring import (
    Combined,
    Judgement,
    ModuleGrade,
    Score,
    combine_attempts,
    course_grade,
    passes,
    pool_profiles,
    score,
)
from scenario_engine.scoring.results import ProfileEntry
from scenario_engine.story import Story, compile_story
from tests.engine.driving import play, scenario_of

BODY = """
purpose: %s
competencies: {care: {title: Care}}
criteria: {warm: {competency: care, points: 4, anchors: [a, b, c, d, e]}, kind: {competency: care, points: 2, anchors: [a, b, c, d, e]}}
scoring: {%s}
scenes:
  - {id: first, kind: decision, choices: [{id: good, text: a, points: {care: 4}, goto: say}, {id: poor, text: b, goto: say}, {id: away, text: c, goto: opted_out}]}
  - {id: say, kind: reply, counts: %s, criteria: [{use: warm}, {use: kind}], otherwise: {goto: done}, if_not_assessed: {samples: [{id: s1, text: x, goto: done}]}}
  - {id: done, kind: ending, outcome: good, grade: 0.7}
  - {id: opted_out, kind: ending, outcome: read, grade: none}
"""


def story(scoring: str = "", counts: str = "confirmed", purpose: str = "coached") -> Story:
    return compile_story(scenario_of(BODY % (purpose, scoring, counts)))


def scored(story: Story, *picks: object, judgements: tuple[Judgement, ...] = ()) -> Score:
    return score(story, play(story, *picks), judgements)


def level(criterion: str, value: int | None, source: str = "coach") -> Judgement:
    return Judgement(kind="level", seq=1, criterion=criterion, value=value, source=source)


FULL = {"warm": 4, "kind": 4}


def test_the_maximum_frozen_in_a_version_is_used_and_not_searched_again():
    published = compile_story(story("while_pending: send_rest").scenario, maximum=Fraction(40))

    assert scored(published, "good", FULL).grade == Fraction(4, 34)


def test_a_draft_that_cannot_be_searched_has_no_grade():
    with_a_call = """
competencies: {care: {title: Care}}
scenes:
  - {id: first, kind: decision, choices: [{id: good, text: a, points: {care: 4}, goto: done}, {id: talk_on, text: b, goto: talk}]}
  - {id: talk, kind: route, call: {scenario: elsewhere, otherwise: done}}
  - {id: done, kind: ending, outcome: good}
"""
    draft = scored(compile_story(scenario_of(with_a_call)), "good")

    assert (draft.grade, draft.reason, draft.total) == (None, "no_maximum", Fraction(4))


def test_what_a_coach_has_not_confirmed_is_held():
    held = scored(story(), "good", FULL)

    assert (held.grade, held.reason, held.held, held.so_far) == (None, "pending", True, Fraction(1))
    assert held.moments[1].status == "pending"
    assert held.moments[1].pending == ["kind", "warm"]
    assert held.measured_against == 4


def test_the_rest_may_be_sent_at_once():
    sent = scored(story("while_pending: send_rest"), "good", FULL)

    assert (sent.grade, sent.reason, sent.held) == (Fraction(1), "", False)


def test_one_confirmed_criterion_of_two_is_still_pending():
    half = scored(story(), "good", FULL, judgements=(level("warm", 2),))

    assert half.held
    assert half.total == 6
    assert half.measured_against == 8
    assert half.moments[1].pending == ["kind"]


def test_other_policies_never_wait():
    assert scored(story("grade: ending"), "poor", FULL).grade == Fraction(7, 10)
    assert scored(story("grade: completion"), "poor", FULL).grade == 1


def test_levels_of_a_rule_or_model_confirm_nothing():
    assert scored(story(), "good", FULL, judgements=(level("warm", 4, "model"), level("kind", 4, "rule"))).held


def test_levels_that_count_at_once_enter_at_once_and_may_be_corrected():
    at_once = story(counts="yes")

    assert scored(at_once, "good", {"warm": 2, "kind": 4}).grade == Fraction(8, 10)
    assert scored(at_once, "good", {"warm": 2, "kind": None}).grade == Fraction(6, 8)
    assert scored(at_once, "good", {"warm": 2, "kind": 4}, judgements=(level("warm", 3),)).grade == Fraction(9, 10)


def test_words_that_nothing_assessed_are_excused_where_levels_count_at_once():
    excused = scored(story(counts="yes"), "good", "s1")

    assert (excused.grade, excused.moments[1].status, excused.measured_against) == (Fraction(1), "excused", Fraction(4))


def test_words_that_nothing_assessed_wait_for_the_coach_where_levels_are_confirmed():
    assert scored(story(), "good", "s1").held
    assert scored(story(), "good", "s1", judgements=(level("warm", 4), level("kind", 2))).grade == Fraction(9, 10)


def test_nothing_left_to_measure_is_no_grade_and_never_zero():
    only_reply = """
competencies: {care: {title: Care}}
criteria: {warm: {competency: care, points: 4, anchors: [a, b, c, d, e]}}
scenes:
  - {id: say, kind: reply, counts: yes, criteria: [{use: warm}], otherwise: {goto: done}}
  - {id: done, kind: ending, outcome: good}
"""
    nothing = scored(compile_story(scenario_of(only_reply)), Write("Some words."), Judged())

    assert (nothing.grade, nothing.reason) == (None, "nothing_counts")


def test_an_ending_without_a_grade_gives_none_under_every_policy():
    for policy in ("best_path", "declared_max, max: 4", "ending", "completion"):
        away = scored(story(f"grade: {policy}"), "away")
        assert (away.grade, away.reason, away.finished, away.completed) == (None, "not_graded", True, True)


def test_practice_reports_only_that_it_is_done():
    assert scored(story(purpose="practice"), "poor", FULL).grade == 1


def test_an_unfinished_attempt_counts_only_where_the_author_says_so_and_only_when_due():
    for policy, is_due, expected in (
        ("", True, (None, "unfinished")),
        ("when_unfinished: score_so_far", False, (None, "unfinished")),
        ("when_unfinished: score_so_far", True, (Fraction(4, 10), "")),
        ("grade: ending, when_unfinished: score_so_far", True, (None, "unfinished")),
    ):
        attempt = story(policy)
        unfinished = score(attempt, play(attempt, "good"), is_due=is_due)
        assert (unfinished.grade, unfinished.reason) == expected


def test_a_stopped_attempt_has_no_grade():
    attempt = story()
    stopped = score(attempt, advance(attempt, play(attempt, "good"), Stop()))

    assert (stopped.grade, stopped.reason, stopped.completed) == (None, "stopped", False)


def test_the_grade_of_a_coach_wins_until_it_is_withdrawn():
    attempt = story("while_pending: send_rest")
    grade = Judgement(kind="grade", value="0.55", by="c", reason="Seen in class.")

    overridden = scored(attempt, "good", FULL, judgements=(grade,))
    assert (overridden.grade, overridden.overridden) == (Fraction(11, 20), True)
    assert scored(attempt, "good", FULL, judgements=(grade, Judgement(kind="withdraw"))).grade == 1


@pytest.mark.parametrize(("kind", "reason"), [("void", "voided"), ("excuse", "excused")])
def test_void_and_excused_attempts_have_no_grade(kind, reason):
    attempt = story("while_pending: send_rest")
    gone = scored(attempt, "good", FULL, judgements=(Judgement(kind=kind),))

    assert (gone.grade, gone.reason) == (None, reason)


def test_an_excused_visit_leaves_the_maximum():
    excused = scored(story(), "good", FULL, judgements=(Judgement(kind="excuse", seq=1),))

    assert (excused.grade, excused.measured_against, excused.moments[1].status) == (Fraction(1), Fraction(4), "excused")


def test_attempts_without_a_grade_are_left_out_and_pending_ones_waited_for():
    done, other = Score(grade=Fraction(1, 2)), Score(grade=Fraction(1, 2))
    none, held = Score(reason="stopped"), Score(held=True, reason="pending")

    best = combine_attempts("best", [none, done, other, held])
    assert (best.grade, best.index, best.held) == (Fraction(1, 2), 1, False)
    assert combine_attempts("last", [done, held]).held
    assert combine_attempts("first", [none, held, done]).held
    assert combine_attempts("mean", [done, held]).held
    assert combine_attempts("mean", [none]).grade is None


def module(name: str, grade: Fraction | None = None, **more: object) -> ModuleGrade:
    return ModuleGrade(id=name, grade=grade, **more)


def test_a_course_waits_for_required_modules_and_for_coaches():
    half = Fraction(1, 2)

    assert course_grade([module("a", half), module("b", required=False)]) == half
    assert course_grade([module("a", half), module("b", completed=True)]) == half
    assert course_grade([module("a", half), module("b", weight=Fraction(0))]) is None
    assert course_grade([module("a", half), module("b", weight=Fraction(0))], "running") == half
    assert course_grade([module("a", half), module("b", held=True)], "running") is None
    assert course_grade([module("a")], "running") is None


def test_a_gate_compares_the_grade_that_people_see():
    assert passes(Fraction(69_996, 100_000), 0.7)
    assert not passes(Fraction(69_994, 100_000), 0.7)
    assert not passes(None, 0.7)
    assert passes(None, None)


def test_profiles_of_modules_are_pooled_and_never_averaged():
    one = ProfileEntry(
        competency="a", uses="x/care", shown=Fraction(1), offered=Fraction(1), moments=1, moments_shown=1
    )
    two = ProfileEntry(
        competency="b", uses="x/care", shown=Fraction(1), offered=Fraction(5), moments=2, moments_shown=1
    )
    (pooled,) = pool_profiles([[one], [two]])

    assert (one.share, pooled.share, pooled.moments, pooled.moments_shown) == (None, Fraction(1, 3), 3, 2)


def test_the_best_of_attempts_that_all_wait_waits_too():
    waiting = scored(story(), "good", FULL)

    assert waiting.held
    for policy in ("best", "first", "last", "mean"):
        assert combine_attempts(policy, [waiting]) == Combined(
            held=True, index=None if policy in ("best", "mean") else 0
        )
    assert combine_attempts("best", []) == Combined()


def test_a_graded_module_without_weight_is_no_course_grade():
    lesson = ModuleGrade(id="lesson", weight=Fraction(0), grade=Fraction(1))

    assert course_grade([lesson]) is None
    assert course_grade([lesson, ModuleGrade(id="talk", grade=Fraction(1, 2))]) == Fraction(1, 2)


@pytest.mark.parametrize(("value", "grade"), [(1.5, 1), (-0.5, 0), ("2/3", Fraction(2, 3)), (0.1, Fraction(1, 10))])
def test_a_coachs_grade_is_exact_and_between_nothing_and_full(value, grade):
    assert scored(story(), "good", FULL, judgements=(Judgement(kind="grade", value=value),)).grade == grade
