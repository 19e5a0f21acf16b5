"""What single things are worth: caps, tables of levels, a scene's own points, and endings that grade nobody."""

from fractions import Fraction

import pytest

from scenario_engine.actions import Judged, TimeUp, Write
from scenario_engine.play import advance, start
from scenario_engine.proof import prove
from scenario_engine.scoring import Judgement, score
from scenario_engine.story import Story, compile_story
from tests.engine.driving import play, scenario_of

WORDS = """
competencies: {care: {title: Care}}
criteria: {warm: {competency: care, points: 4, anchors: ["0", "1", "2", "3", "4"], values: [0, 0.5, 1, 0.5, 0.25], forbidden: [silly], %s}}
scenes:
  - {id: say, kind: reply, counts: "yes", criteria: [{use: warm%s}], otherwise: {goto: done}}
  - {id: done, kind: ending, outcome: good}
"""


def words(cap: str = "forbidden_reason: Rude.", own: str = "") -> Story:
    return compile_story(scenario_of(WORDS % (cap, own)))


@pytest.mark.parametrize(("level", "total"), [(0, 0), (1, 2), (2, 4), (3, 2), (4, 1)])
def test_the_author_may_change_what_levels_are_worth(level: int, total: int) -> None:
    story = words()
    scored = score(story, play(story, {"warm": level}))

    assert (scored.total, scored.maximum, scored.moments[0].maximum) == (total, 4, 4)


def test_a_scene_may_give_a_criterion_points_of_its_own() -> None:
    story = words(own=", points: 8")
    scored = score(story, play(story, {"warm": 2}))

    assert (scored.total, scored.maximum) == (8, 8)


@pytest.mark.parametrize(
    ("cap", "total"), [("forbidden_reason: Rude.", 0), ("forbidden_cap: 1", 2), ("forbidden_cap: 4", 4)]
)
def test_forbidden_wording_caps_the_level(cap: str, total: int) -> None:
    story = words(cap)
    state = advance(story, advance(story, start(story, "s"), Write("How silly.")), Judged({"warm": 2}))

    assert score(story, state).total == total


def test_a_cap_below_nothing_takes_all_that_a_hub_adds() -> None:
    story = compile_story(
        scenario_of(
            """
competencies: {care: {title: Care}}
scenes:
  - {id: hub, kind: decision, counting: collect, cap: -1, choices: [{id: one, text: a, points: {care: 2}, goto: hub}, {id: bad, text: b, points: {care: -1}, goto: done}]}
  - {id: done, kind: ending, outcome: good}
"""
        )
    )

    assert score(story, play(story, "one", "bad")).total == -1


ENDINGS = """
competencies: {care: {title: Care}}
scoring: {grade: %s}
scenes:
  - {id: ask, kind: decision, choices: [{id: go, text: a, points: {care: 2}, goto: done}, {id: half, text: b, points: {care: 9}, goto: gone}, {id: out, text: c, points: {care: 9}, goto: stop}]}
  - {id: done, kind: ending, outcome: good, grade: 0.5}
  - {id: gone, kind: ending, outcome: mixed, completes: false, grade: none}
  - {id: stop, kind: ending, outcome: stopped, grade: 1}
"""


@pytest.mark.parametrize("policy", ["best_path", "ending", "completion"])
def test_an_ending_without_a_grade_and_one_that_stops_grade_nobody(policy: str) -> None:
    story = compile_story(scenario_of(ENDINGS % policy))
    found = {pick: score(story, play(story, pick)) for pick in ("go", "half", "out")}

    assert [(pick, each.grade, each.reason) for pick, each in found.items()] == [
        ("go", Fraction(1, 2) if policy == "ending" else 1, ""),
        ("half", None, "not_graded"),
        ("out", None, "stopped"),
    ]
    assert prove(story).maximum == 2


def test_an_ending_that_does_not_complete_completes_nothing() -> None:
    story = compile_story(
        scenario_of((ENDINGS % "completion").replace("completes: false, grade: none", "completes: false"))
    )
    scored = score(story, play(story, "half"))

    assert (scored.grade, scored.completed) == (None, False)


def test_a_time_out_is_worth_the_choice_that_it_is() -> None:
    text = (ENDINGS % "best_path").replace("kind: decision,", "kind: decision, timed: {seconds: 9, on_timeout: go},")
    story = compile_story(scenario_of(text))

    assert score(story, advance(story, start(story, "s"), TimeUp())).grade == 1


def test_a_moment_that_only_costs_takes_nothing_out_of_the_maximum_when_it_is_excused() -> None:
    story = compile_story(
        scenario_of(
            """
competencies: {care: {title: Care}}
scenes:
  - {id: trap, kind: decision, choices: [{id: bad, text: a, points: {care: -2}, goto: ask}, {id: worse, text: b, points: {care: -3}, goto: ask}]}
  - {id: ask, kind: decision, choices: [{id: good, text: a, points: {care: 5}, goto: done}]}
  - {id: done, kind: ending, outcome: good}
"""
        )
    )
    scored = score(story, play(story, "bad", "good"), [Judgement(kind="excuse", seq=0)])

    assert (scored.total, scored.maximum, scored.measured_against, scored.grade) == (5, 3, 3, 1)
    assert [(each.status, each.left_out) for each in scored.moments] == [("excused", 0), ("counted", 0)]
