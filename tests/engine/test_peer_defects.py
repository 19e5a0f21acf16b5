"""What is known to go wrong in tools of this kind, each a test that we pass. Play and scoring; hosts have their own."""

from fractions import Fraction

import msgspec
import pytest

from scenario_engine.actions import (
    LEARNER_ACTIONS,
    Action,
    Answer,
    Arranged,
    Choose,
    Continue,
    Judged,
    LearnerAction,
    Leave,
    Say,
    Stop,
    TimeUp,
    Write,
)
from scenario_engine.checks import check
from scenario_engine.codec import decode, encode_json, encode_yaml
from scenario_engine.errors import ActionRefused
from scenario_engine.findings import has_errors
from scenario_engine.play import advance, start
from scenario_engine.scoring import combine_attempts, score
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story
from scenario_engine.transcripts import replay
from scenario_engine.view import view
from tests.engine.stories import scenario, story

TWO_STEPS = """
scoring: {feedback: debrief}
competencies: {care: {title: Care}}
scenes:
  - id: one
    kind: decision
    choices:
      - {id: kind, text: Kind., points: {care: 2}, feedback: "That was kind.", better: "Kinder.", goto: two}
      - {id: cold, text: Cold., points: {care: -1}, goto: two}
  - id: two
    kind: decision
    choices:
      - {id: stay, text: Stay., points: {care: 2}, goto: good}
      - {id: go, text: Go., goto: poor}
      - {id: back, text: Back., goto: one}
  - {id: good, kind: ending, outcome: good, title: Good}
  - {id: poor, kind: ending, outcome: poor, title: Poor}
"""

TALK = """
purpose: assessment
scoring: {grade: declared_max, max: 4}
competencies: {care: {title: Care}}
criteria: {warm: {competency: care, points: 3, anchors: ["0", "1", "2", "3", "4"]}}
cast: {you: {name: you}, mia: {name: Mia}}
scenes:
  - id: choose
    kind: decision
    choices: [{id: a, text: A., points: {care: 1}, goto: talk}]
  - id: talk
    kind: roleplay
    plays: {learner: you, character: mia}
    lines: {any: ["Yes.", "No."]}
    ends: {turns: 3}
    criteria: [{use: warm}]
    counts: "yes"
    exits: {turns: end, learner: end, stopped: end}
  - {id: end, kind: ending, outcome: good}
"""


def play(of: Story, *actions: Action | str) -> State:
    return replay(of, "seed", [Choose(each) if isinstance(each, str) else each for each in actions])


def grade(of: Story, *actions: Action | str) -> Fraction | None:
    return score(of, play(of, *actions)).grade


# --- a double click, a retry


def test_a_repeated_first_click_is_not_applied_to_the_next_scene() -> None:
    two = story(TWO_STEPS)
    state = play(two, "kind")

    with pytest.raises(ActionRefused, match="kind"):
        advance(two, state, Choose("kind"))

    assert state.scene == "two"


@pytest.mark.parametrize("index", [0, "0", 1.5, None, [], {"choice": "kind"}, "ünknown"])
def test_a_choice_that_is_no_choice_is_refused_and_never_an_exception(index: object) -> None:
    two = story(TWO_STEPS)
    posted = msgspec.json.encode({"type": "choose", "choice": index})

    try:
        action = msgspec.json.decode(posted, type=LearnerAction)
    except msgspec.ValidationError:
        return
    with pytest.raises(ActionRefused):
        advance(two, start(two, "seed"), action)


# --- undo, reset, starting again


def test_nothing_after_an_ending_changes_its_grade() -> None:
    two = story(TWO_STEPS)
    state = play(two, "kind", "stay")

    for action in (Choose("go"), Choose("back"), Continue(), Stop()):
        with pytest.raises(ActionRefused):
            advance(two, state, action)

    assert score(two, state).grade == 1


def test_starting_again_never_lowers_what_counts() -> None:
    two = story(TWO_STEPS)
    finished, begun, worse = (score(two, play(two, *each)) for each in (("kind", "stay"), ("cold",), ("cold", "go")))

    assert combine_attempts("best", [finished, begun]).grade == 1
    assert combine_attempts("best", [finished, begun, worse]).grade == 1
    assert combine_attempts("last", [finished, begun]).grade == 1


def test_an_attempt_that_was_only_begun_has_no_grade_rather_than_nought() -> None:
    two = story(TWO_STEPS)

    assert score(two, start(two, "seed")).grade is None
    assert combine_attempts("last", [score(two, play(two, "cold"))]).grade is None


# --- ids, saving, growing


@pytest.mark.parametrize("encode", [encode_json, encode_yaml])
def test_ids_feedback_and_places_survive_export_and_import(encode: object) -> None:
    before = scenario(TWO_STEPS)

    after = decode(encode(before)).scenario

    assert after == before
    assert compile_story(after).choices["kind"][1].feedback == "That was kind."
    assert play(compile_story(after), "kind") == play(compile_story(before), "kind")


def test_a_scene_deleted_elsewhere_moves_no_learner() -> None:
    longer = story(TWO_STEPS.replace("scenes:\n", "scenes:\n  - {id: zero, kind: line, goto: one}\nstart: one\n", 1).replace(
        "scenes:\n  - {id: zero, kind: line, goto: one}\nstart: one\n", "start: one\nscenes:\n  - {id: zero, kind: line, goto: one}\n"
    ))  # fmt: skip
    shorter = story(TWO_STEPS.replace("scenes:\n", "start: one\nscenes:\n", 1))

    assert play(longer, "kind") == play(shorter, "kind")


def test_three_hundred_scenes_and_a_loop_are_nothing_special() -> None:
    lines = "".join(f"  - {{id: s{n}, kind: line, goto: s{n + 1}}}\n" for n in range(300))
    body = f"scenes:\n{lines}  - {{id: s300, kind: decision, choices: [{{id: again, text: Again., goto: s299}}, {{id: out, text: Out., goto: e}}]}}\n  - {{id: e, kind: ending, outcome: good}}\n"
    long = story("purpose: practice\n" + body)

    state = play(long, *[Continue()] * 300, "again", Continue(), "out")

    assert state.graded_at == "e"
    assert not has_errors(check(long.scenario))


def test_a_scene_that_nothing_leads_to_is_pointed_out() -> None:
    lonely = TWO_STEPS + "  - {id: lonely, kind: line, goto: good}\n"

    assert [f.scene for f in check(scenario(lonely)) if f.code == "structure.unreachable"] == ["lonely"]


# --- maximum, loops, the last choice


def test_a_short_way_to_a_good_ending_is_graded_as_its_author_says() -> None:
    body = """
scoring: {grade: ending}
scenes:
  - {id: one, kind: decision, choices: [{id: brief, text: B., goto: good}, {id: long, text: L., goto: more}]}
  - {id: more, kind: decision, choices: [{id: on, text: O., goto: also}]}
  - {id: good, kind: ending, outcome: good, grade: 1}
  - {id: also, kind: ending, outcome: good, grade: 1}
"""
    short = story(body)

    assert grade(short, "brief") == grade(short, "long", "on") == 1


def test_length_that_pays_is_pointed_out() -> None:
    body = """
competencies: {care: {title: Care}}
scenes:
  - {id: one, kind: decision, choices: [{id: brief, text: B., points: {care: 1}, goto: good}, {id: long, text: L., goto: two}]}
  - {id: two, kind: decision, choices: [{id: on, text: O., points: {care: 9}, goto: good}]}
  - {id: good, kind: ending, outcome: good}
"""

    assert "score.length-pays" in [finding.code for finding in check(scenario(body))]


def test_the_maximum_is_that_of_the_story_and_not_of_the_path_taken() -> None:
    body = """
competencies: {care: {title: Care}}
scenes:
  - {id: one, kind: decision, choices: [{id: five, text: F., points: {care: 5}, goto: poor}, {id: on, text: O., goto: two}]}
  - {id: two, kind: decision, choices: [{id: all, text: A., points: {care: 50}, goto: good}, {id: some, text: S., points: {care: 5}, goto: good}]}
  - {id: good, kind: ending, outcome: good}
  - {id: poor, kind: ending, outcome: poor}
"""
    measured = story(body)

    assert grade(measured, "five") == grade(measured, "on", "some") == Fraction(1, 10)
    assert grade(measured, "on", "all") == 1


def test_points_of_the_choice_that_ends_the_scenario_count() -> None:
    two = story(TWO_STEPS)

    assert score(two, play(two, "cold", "stay")).total == 1


def test_a_loop_loses_no_points_and_earns_none_twice() -> None:
    two = story(TWO_STEPS)

    once, thrice = play(two, "kind", "stay"), play(two, "kind", "back", "kind", "back", "kind", "stay")

    assert score(two, once).total == 2 + 2
    assert score(two, thrice).total == 2 + Fraction(1, 2) * 2
    repaired = score(two, play(two, "cold", "back", "kind", "stay"))
    assert repaired.total == -1 + Fraction(1, 2) * 3 + Fraction(1, 2) * 2


def test_leaving_early_gives_what_the_author_says() -> None:
    partly = story(TWO_STEPS.replace("feedback: debrief", "feedback: debrief, when_unfinished: score_so_far"))
    state = play(partly, "kind")

    assert score(partly, state).grade is None
    assert score(partly, state, is_due=True).grade == Fraction(1, 2)


def test_stopping_in_a_bad_moment_and_reading_on_earns_nothing() -> None:
    offered = story("safety: {if_stopped: {offer: good}}\n" + TWO_STEPS)

    result = score(offered, play(offered, "cold", Stop(), "good"))

    assert (result.grade, result.reason, result.completed) == (None, "not_graded", True)


# --- what a browser learns and may say


def test_a_browser_learns_no_points_targets_or_scenes_to_come() -> None:
    two = story(TWO_STEPS)

    told = msgspec.json.encode(view(two, start(two, "seed"))).decode()

    assert not any(each in told for each in ("points", "care", "goto", "good", "That was kind", "Stay"))


def test_no_action_of_a_browser_carries_a_score_or_speaks_for_the_host() -> None:
    fields = {name for action in LEARNER_ACTIONS for name in action.__struct_fields__}

    assert not fields & {"score", "grade", "points", "credit", "levels"}
    assert not {Judged, TimeUp, Arranged} & set(LEARNER_ACTIONS)


def test_words_are_never_markup() -> None:
    hostile = "<script>alert(1)</script> [x](javascript:alert(1))"
    wild = story(TALK.replace('"Yes."', f'"{hostile}"'))

    shown = view(wild, play(wild, "a", Say(hostile)))

    assert shown.roleplay is not None
    assert shown.roleplay.said[0].text == [{"t": "p", "c": [hostile]}]
    assert shown.roleplay.said[1].text == [{"t": "p", "c": [hostile]}]


# --- models that fail, limits that hold


def test_a_judge_that_fails_gives_no_nought() -> None:
    talk = story(TALK)

    result = score(talk, play(talk, "a", Say("Hello."), Leave(), Judged()))

    assert result.grade == 1
    assert [(moment.id, moment.status) for moment in result.moments] == [("choose", "counted"), ("talk", "excused")]


def test_a_turn_limit_holds_on_the_server() -> None:
    talk = story(TALK)
    state = play(talk, "a", Say("One."), Say("Two."), Say("Three."))

    with pytest.raises(ActionRefused):
        advance(talk, state, Say("Four."))


def test_a_long_conversation_is_stored_whole() -> None:
    talk = story(TALK.replace("turns: 3", "turns: 100"))
    state = play(talk, "a", *[Say("“Words” & more – ü " * 40)] * 99)

    stored = msgspec.json.encode(state)

    assert msgspec.json.decode(stored, type=State) == state
    assert len(stored) < 200_000


@pytest.mark.parametrize("words", ["No.", "Well, " * 60])
def test_neither_length_nor_hesitation_costs_anything(words: str) -> None:
    body = TALK.replace("kind: roleplay", "kind: reply\n    prompt: Write.\n    otherwise: {goto: end}").split(
        "    plays:"
    )[0]
    reply = story(body + "    criteria: [{use: warm}]\n    counts: 'yes'\n  - {id: end, kind: ending, outcome: good}\n")

    slow = play(reply, Arranged(time_factor=10), "a", Write(words), Judged({"warm": 3}))

    assert score(reply, slow).grade == Fraction(13, 16)


def test_choices_are_kept_where_nothing_is_scored() -> None:
    practice = story("purpose: practice\n" + TWO_STEPS)

    state = play(practice, "cold", "stay")

    assert [visit.took for visit in state.trail] == ["cold", "stay", ""]
    assert score(practice, state).grade == 1


def test_every_try_of_a_question_is_kept() -> None:
    body = """
competencies: {care: {title: Care}}
scenes:
  - {id: q, kind: question, type: single, competency: care, points: 1, tries: 2, options: [{id: a, text: A, credit: 0.5}, {id: b, text: B, credit: 1}], goto: e}
  - {id: e, kind: ending, outcome: good}
"""
    asked = story(body)

    state = play(asked, Answer(["a"]), Answer(["b"]), Continue())

    assert (state.trail[0].answers, state.trail[0].credits) == ([["a"], ["b"]], ["1/2", "1"])
