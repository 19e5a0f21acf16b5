"""A new version and the attempts in progress: who can move, who must stay, and why."""

import msgspec
import pytest

from scenario_engine.actions import Choose, Continue, Judged, Write
from scenario_engine.document import Scenario
from scenario_engine.impact import InProgress, SceneChange, impact, replay
from scenario_engine.scoring import Judgement, score
from scenario_engine.story import compile_story
from tests.engine.driving import read_scenario, scenario_of

STORY = """
competencies: {care: {title: Care}}
variables: {trust: {type: number, range: [0, 5], start: 2}}
scenes:
  - {id: hall, kind: page, text: Hello, goto: ask}
  - id: ask
    kind: decision
    choices:
      - {id: kind, text: a, points: {care: 2}, add: {trust: 1}, goto: fork}
      - {id: curt, text: b, points: {care: -1}, goto: fork}
  - {id: fork, kind: route, rules: [{when: {var: trust, at_least: 3}, goto: warm}], otherwise: cold}
  - {id: warm, kind: page, text: Warm, goto: done}
  - {id: cold, kind: page, text: Cold, goto: done}
  - {id: done, kind: ending, outcome: good}
  - {id: attic, kind: page, text: Unused, done: true}
"""
AT_THE_CHOICE = InProgress(id="asked", seed="s", actions=[Continue()])
WARM = InProgress(id="warm", seed="s", actions=[Continue(), Choose("kind")])
COLD = InProgress(id="cold", seed="s", actions=[Continue(), Choose("curt")])
OVER = InProgress(id="over", seed="s", actions=[Continue(), Choose("kind"), Continue()])


def versions(old: str, new: str) -> tuple[Scenario, Scenario]:
    assert old in STORY
    return scenario_of(STORY), scenario_of(STORY.replace(old, new))


def codes(old: str, new: str, *attempts: InProgress) -> dict[str, tuple[str, bool]]:
    found = impact(*versions(old, new), attempts or (AT_THE_CHOICE, WARM, COLD))
    return {each.id: (each.code, each.can_move) for each in found.attempts}


def test_a_change_that_nobody_can_meet_touches_nobody():
    assert codes("text: Unused", "text: Still unused") == {
        "asked": ("impact.untouched", True),
        "warm": ("impact.untouched", True),
        "cold": ("impact.untouched", True),
    }


def test_other_words_touch_those_who_meet_them_and_all_can_move():
    assert codes("text: Warm", "text: Warmer") == {
        "asked": ("impact.moves", True),
        "warm": ("impact.moves", True),
        "cold": ("impact.untouched", True),
    }


def test_other_points_keep_those_who_have_earned_them_or_passed_them_by():
    """What somebody did not take is what the practice profile measures by."""
    assert codes("points: {care: 2}", "points: {care: 3}") == {
        "asked": ("impact.moves", True),
        "warm": ("impact.score", False),
        "cold": ("impact.score", False),
    }
    assert codes("points: {care: -1}", "points: {care: 0}") == {
        "asked": ("impact.moves", True),
        "warm": ("impact.moves", True),
        "cold": ("impact.score", False),
    }


def test_other_weights_keep_those_who_have_earned_something():
    assert codes(
        "competencies: {care: {title: Care}}", "scoring: {weights: {care: 3}}\ncompetencies: {care: {title: Care}}"
    ) == {
        "asked": ("impact.moves", True),
        "warm": ("impact.score", False),
        "cold": ("impact.score", False),
    }


def test_a_better_choice_than_was_offered_keeps_those_who_have_passed_it():
    """Their practice profile would be measured against what they never saw."""
    found = impact(
        *versions("      - {id: curt", "      - {id: warm, text: c, points: {care: 5}, goto: fork}\n      - {id: curt"),
        [AT_THE_CHOICE, WARM],
    )

    assert [(each.code, each.reason) for each in found.attempts] == [
        ("impact.moves", "Path and score stay as they are."),
        ("impact.score", "What was offered at “ask” would be worth something else, and what was done measured by it."),
    ]


def test_a_weaker_choice_than_was_offered_keeps_nobody():
    assert codes("      - {id: curt", "      - {id: cool, text: c, goto: fork}\n      - {id: curt") == {
        "asked": ("impact.moves", True),
        "warm": ("impact.moves", True),
        "cold": ("impact.moves", True),
    }


def test_words_that_wait_for_a_coach_keep_their_worth():
    text = """
competencies: {care: {title: Care}}
criteria: {warm: {competency: care, points: 4, anchors: ["0", "1", "2", "3", "4"]}}
scenes:
  - {id: ask, kind: reply, criteria: [{use: warm}], otherwise: {goto: next}}
  - {id: next, kind: page, text: Next, goto: done}
  - {id: done, kind: ending, outcome: good}
"""
    written = InProgress(id="a", seed="s", actions=[Write("I see."), Judged({"warm": 3})])
    found = impact(scenario_of(text), scenario_of(text.replace("points: 4", "points: 8")), [written])

    assert [(each.code, each.reason) for each in found.attempts] == [
        ("impact.score", "What waits for a coach at “ask” would count differently.")
    ]


def test_whose_grade_is_fixed_stays_although_scenes_may_follow():
    text = """
scoring: {grade: ending}
scenes:
  - {id: hall, kind: page, text: Hello, goto: done}
  - {id: done, kind: ending, outcome: good, grade: 1, afterwards: look}
  - {id: look, kind: page, text: Look back, done: true}
"""
    graded = InProgress(id="a", seed="s", actions=[Continue()])
    found = impact(scenario_of(text), scenario_of(text.replace("grade: 1", "grade: 0.5")), [graded])

    assert [(each.code, each.can_move) for each in found.attempts] == [("impact.finished", False)]


def test_a_condition_that_leads_elsewhere_keeps_those_who_went_by_it():
    found = impact(*versions("at_least: 3", "at_least: 4"), [AT_THE_CHOICE, WARM, COLD])

    assert [each.code for each in found.attempts] == ["impact.moves", "impact.path", "impact.moves"]
    assert found.attempts[1].reason == "The same steps lead to “cold” instead of “warm”."
    assert (found.touched, found.can_move, found.must_stay) == (3, 2, 1)


def test_a_choice_that_is_gone_keeps_those_who_took_it():
    found = impact(
        *versions("{id: curt, text: b, points: {care: -1}, goto: fork}", "{id: rude, text: b, goto: fork}"), [COLD]
    )

    assert found.attempts[0].code == "impact.refused"
    assert found.attempts[0].reason == "Step 2 cannot be done in the new version: “curt” is not offered here."
    assert found.attempts[0].scene == "ask"


def test_who_has_finished_stays():
    assert codes("text: Warm", "text: Warmer", OVER) == {"over": ("impact.finished", False)}


def test_a_record_that_does_not_fit_its_own_version_is_named():
    broken = InProgress(id="broken", seed="s", actions=[Choose("kind")])

    assert codes("text: Warm", "text: Warmer", broken) == {"broken": ("impact.unreadable", False)}


def test_the_change_is_told_scene_by_scene_and_part_by_part():
    old, new = versions(
        "  - {id: attic, kind: page, text: Unused, done: true}", "  - {id: loft, kind: page, title: Up, done: true}"
    )
    new = msgspec.structs.replace(new, facts=read_scenario("faulty-gift").facts, title="Another title")
    found = impact(old, new, [])

    assert found.scenes == [
        SceneChange(scene="attic", title="", change="removed"),
        SceneChange(scene="loft", title="Up", change="added"),
    ]
    assert found.parts == ["facts"]


def test_a_note_for_authors_changes_nothing():
    old, new = versions("text: Cold", "note: For us, text: Cold")

    assert impact(old, new, []).scenes == []


def test_what_a_coach_said_counts_when_scores_are_compared():
    judged = msgspec.structs.replace(WARM, judgements=[Judgement(kind="excuse", seq=1)])
    found = codes("points: {care: 2}", "points: {care: 3}", judged)

    assert found == {"warm": ("impact.moves", True)}


@pytest.mark.parametrize("attempt", [AT_THE_CHOICE, WARM, COLD], ids=lambda each: each.id)
def test_who_moves_keeps_path_and_score(attempt):
    old, new = versions("text: Warm", "text: Warmer")
    before, after = (replay(compile_story(each), attempt.seed, 1, attempt.actions).state for each in (old, new))

    assert before is not None
    assert after is not None
    assert before.trail == after.trail
    assert score(compile_story(old), before).points == score(compile_story(new), after).points
