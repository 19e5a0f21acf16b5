"""What each action does, and what is refused."""

import msgspec
import pytest

from scenario_engine.actions import Action, Answer, Choose, Continue, Hint, Judged, Say, Stop, TimeUp, Write
from scenario_engine.errors import ActionRefused, NotPlayable
from scenario_engine.play import advance, start
from scenario_engine.scoring import score
from scenario_engine.state import State
from scenario_engine.story import Story
from tests.engine.stories import CAFE, story


def play(told: Story, *actions: Action, seed: str = "seed") -> State:
    state = start(told, seed)
    for action in actions:
        state = advance(told, state, action)
    return state


def refused(told: Story, state: State, action: Action) -> str:
    before = msgspec.json.encode(state)
    with pytest.raises(ActionRefused) as caught:
        advance(told, state, action)
    assert msgspec.json.encode(state) == before
    return caught.value.code


def test_a_play_to_the_ending_and_beyond() -> None:
    cafe = story(CAFE)
    state = play(cafe, Continue(), Choose("ask"))
    assert (state.stage, state.target, state.facts) == ("reaction", "fork", ["late"])
    state = advance(cafe, state, Continue())
    assert (state.scene, state.graded_at, state.over) == ("warm_end", "warm_end", False)
    assert state.variables == {"trust": 4, "told": False, "tone": "kind"}
    state = advance(cafe, state, Continue())
    assert (state.scene, state.over, state.awaits) == ("look_back", True, "nothing")
    assert refused(cafe, state, Continue()) == "play.over"
    assert [visit.scene for visit in state.trail] == ["door", "hello", "warm_end", "look_back"]


def test_a_loop_returns_and_once_is_once() -> None:
    cafe = story(CAFE)
    state = play(cafe, Continue(), Choose("hush"), Continue())
    assert (state.scene, state.visits["hello"], state.trail[-1].beats) == ("hello", 2, ["b2"])
    assert state.trail[-1].offered == ["ask", "hush"]
    state = advance(cafe, state, Choose("ask"))
    assert state.chosen == {"hush": 1, "ask": 1}


def test_a_hidden_choice_cannot_be_taken() -> None:
    cafe = story(CAFE)
    assert refused(cafe, play(cafe, Continue()), Choose("secret")) == "play.not-offered"


@pytest.mark.parametrize("action", [Choose("ask"), Answer(["x"]), Write("hi"), Judged(), TimeUp(), Hint()])
def test_an_action_that_does_not_fit_changes_nothing(action: Action) -> None:
    cafe = story(CAFE)
    assert refused(cafe, play(cafe), action) == "play.not-offered"
    assert refused(cafe, play(cafe), Say("hi")) == "play.not-offered"


def test_replay_gives_the_same_state_byte_for_byte() -> None:
    cafe = story(CAFE)
    actions = (Continue(), Choose("hush"), Continue(), Choose("ask"), Continue())
    assert msgspec.json.encode(play(cafe, *actions)) == msgspec.json.encode(play(cafe, *actions))


def test_a_state_survives_storage() -> None:
    cafe = story(CAFE)
    state = play(cafe, Continue(), Choose("hush"))
    assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state


@pytest.mark.parametrize("body", ["scenes: []", "start: nowhere\nscenes: [{id: a, kind: line, goto: a}]"])
def test_a_story_without_a_beginning_cannot_start(body: str) -> None:
    with pytest.raises(NotPlayable):
        start(story(body), "seed")


def test_loose_ends_and_circles_of_routes_are_refused_in_words() -> None:
    body = """
scenes:
  - {id: a, kind: page, choose: [{id: w1, text: x}, {id: w2, text: y, goto: gone}, {id: w3, text: z, goto: r}]}
  - {id: r, kind: route, otherwise: r}
"""
    told = story(body)
    state = play(told)
    assert refused(told, state, Choose("w1")) == "play.leads-nowhere"
    assert refused(told, state, Choose("w2")) == "play.unknown-target"
    assert refused(told, state, Choose("w3")) == "play.endless-route"


QUIZ = """
scoring: {feedback: at_once}
scenes:
  - id: q
    kind: question
    type: multiple
    tries: 2
    hints: [{text: Think, cost: 0.25}]
    options: [{id: a, text: A, right: true}, {id: b, text: B, right: true}, {id: c, text: C, right: false}]
    goto: e
  - {id: e, kind: ending, outcome: good}
"""


def test_a_question_has_tries_hints_and_exact_credit() -> None:
    quiz = story(QUIZ)
    state = play(quiz, Hint(), Answer(["c", "a"]))
    visit = state.trail[-1]
    assert (visit.answers, visit.credits, visit.hints) == ([["a", "c"]], ["0"], 1)
    state = advance(quiz, state, Answer(["a"]))
    assert state.trail[-1].credits == ["0", "1/2"]
    assert refused(quiz, state, Answer(["a", "b"])) == "play.no-try-left"
    assert advance(quiz, state, Continue()).graded_at == "e"
    assert refused(quiz, state, Hint()) == "play.no-hint"


@pytest.mark.parametrize("value", [["x"], "x", ["a", "a"], 3.0, [1], [["a"]]])
def test_an_answer_names_options_of_the_question(value: object) -> None:
    quiz = story(QUIZ)
    assert refused(quiz, play(quiz), Answer(value)) == "play.bad-answer"


REPLY = """
criteria: {ack: {competency: c, points: 4, anchors: [a, b, c, d, e]}}
variables: {trust: {type: number, range: [0, 9]}}
scenes:
  - id: r
    kind: reply
    criteria: [{use: ack}]
    max_characters: 20
    branch: [{when: {level: r.ack, at_least: 3}, add: {trust: 2}, goto: good}]
    otherwise: {goto: poor}
    if_not_assessed: {ask: Nearest?, samples: [{text: Kind, add: {trust: 5}, goto: good}, {text: Cold, goto: poor}]}
  - {id: good, kind: ending, outcome: good}
  - {id: poor, kind: ending, outcome: poor}
"""


def test_a_reply_awaits_its_judgement_and_levels_choose_the_branch() -> None:
    told = story(REPLY)
    waiting = play(told, Write("  I see.  "))
    assert (waiting.awaits, waiting.trail[-1].text) == ("judgement", "I see.")
    assert refused(told, waiting, Write("again")) == "play.not-offered"
    assert refused(told, waiting, Judged({"nobody": 1})) == "play.unknown-criterion"
    judged = advance(told, waiting, Judged({"ack": 3}, "coach"))
    assert (judged.graded_at, judged.variables, judged.levels) == ("good", {"trust": 2}, {"r.ack": 3})
    assert advance(told, waiting, Judged({"ack": None})).graded_at == "poor"


def test_a_reply_that_nobody_assessed_is_matched_to_a_sample() -> None:
    told = story(REPLY)
    matching = play(told, Write("I see."), Judged())
    assert (matching.stage, matching.awaits, matching.trail[-1].assessed) == ("match", "learner", False)
    assert refused(told, matching, Choose("s9")) == "play.not-offered"
    done = advance(told, matching, Choose("s1"))
    assert (done.graded_at, done.variables, done.trail[0].took) == ("good", {"trust": 5}, "s1")


@pytest.mark.parametrize(("text", "code"), [(" \n", "play.empty-reply"), ("x" * 21, "play.reply-too-long")])
def test_a_reply_has_a_length(text: str, code: str) -> None:
    assert refused(story(REPLY), play(story(REPLY)), Write(text)) == code


STOPPABLE = """
safety: {if_stopped: {offer: read, text: Fine.}}
scenes:
  - {id: a, kind: page, text: x, goto: b}
  - {id: b, kind: ending, outcome: good, afterwards: c}
  - {id: c, kind: page, text: y, done: true}
  - {id: read, kind: ending, outcome: read, grade: none}
"""


def test_stopping_offers_an_equal_alternative_and_counts_for_nothing() -> None:
    told = story(STOPPABLE)
    stopped = play(told, Stop())
    assert (stopped.stopped, stopped.over, stopped.graded_at) == (True, False, "")
    done = advance(told, stopped, Choose("read"))
    assert (done.stopped, done.over, done.graded_at) == (False, True, "read")
    assert refused(told, stopped, Choose("b")) == "play.not-offered"


def test_stopping_after_the_ending_keeps_the_grade() -> None:
    told = story(STOPPABLE)
    state = play(told, Continue(), Stop())
    assert (state.stopped, state.over, state.graded_at) == (False, True, "b")


CHANCE = """
scenes:
  - {id: r, kind: route, draw: {from: [a, b, c], count: 2, then: z}}
  - {id: a, kind: page, text: a, goto: next_drawn}
  - {id: b, kind: page, text: b, goto: next_drawn}
  - {id: c, kind: page, text: c, goto: next_drawn}
  - {id: z, kind: route, random: [{goto: y}, {goto: n, chance: 3}]}
  - {id: y, kind: ending, outcome: good}
  - {id: n, kind: ending, outcome: good}
"""


def test_chance_depends_on_the_seed_alone() -> None:
    told = story(CHANCE)
    plays = {
        seed: [v.scene for v in play(told, Continue(), Continue(), seed=seed).trail] for seed in map(str, range(200))
    }
    assert all(len(set(path[:2])) == 2 for path in plays.values())
    assert {frozenset(path[:2]) for path in plays.values()} == {frozenset("ab"), frozenset("ac"), frozenset("bc")}
    assert 0.15 < sum(path[2] == "y" for path in plays.values()) / 200 < 0.35
    assert play(told, Continue(), Continue(), seed="7").trail[-1].scene == plays["7"][2]


def test_a_choice_for_once_is_not_offered_again():
    of = story(
        """
scenes:
  - {id: ask, kind: decision, choices: [{id: one, text: a, once: true, goto: ask}, {id: two, text: b, goto: ask}]}
  - {id: done, kind: ending, outcome: good}
"""
    )
    state = advance(of, advance(of, start(of, "seed"), Choose("two")), Choose("one"))

    assert [visit.offered for visit in state.trail] == [["one", "two"], ["one", "two"], ["two"]]
    with pytest.raises(ActionRefused) as refused:
        advance(of, state, Choose("one"))
    assert refused.value.code == "play.not-offered"


def test_the_first_ending_fixes_the_grade_whatever_follows():
    of = story(
        """
scoring: {grade: ending}
scenes:
  - {id: first, kind: ending, outcome: mixed, grade: 0.5, afterwards: second}
  - {id: second, kind: ending, outcome: stopped, grade: 1}
"""
    )
    state = advance(of, start(of, "seed"), Continue())

    assert (state.scene, state.graded_at, state.stopped, state.over) == ("second", "first", False, True)
    assert score(of, state).grade == 0.5
