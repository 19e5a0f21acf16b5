"""Questions of all six types: what may be answered, what it earns, what is said of it."""

from fractions import Fraction
from typing import Any

import pytest

from scenario_engine.actions import Action, Answer, Continue, Hint, Stop
from scenario_engine.debrief import debrief
from scenario_engine.errors import ActionRefused
from scenario_engine.play import advance, start
from scenario_engine.play.answers import masked
from scenario_engine.rich import plain
from scenario_engine.scoring import Judgement, score
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story
from scenario_engine.view import view
from tests.engine.stories import story

HEAD = """
scoring: {grade: declared_max, max: 4, feedback: at_once, retry_credit: 0.5}
competencies: {wit: {title: Wit}}
scenes:
  - {id: end, kind: ending, outcome: good}
start: q
"""


def asked(fields: str, head: str = HEAD) -> Story:
    question = f"  - {{id: q, kind: question, competency: wit, points: 4, prompt: Well?, goto: end, {fields}}}\n"
    return story(head.replace("start: q\n", question + "start: q\n"))


def answer(of: Story, *values: Any) -> State:
    state = start(of, "seed")
    for value in values:
        state = advance(of, state, value if isinstance(value, Hint) else Answer(value))
    return state


def grade(of: Story, *values: Any) -> Fraction | None:
    return score(of, advance(of, answer(of, *values), Continue())).grade


def refused(of: Story, action: Action) -> str:
    with pytest.raises(ActionRefused) as caught:
        advance(of, start(of, "seed"), action)
    return caught.value.code


NUMBER = "type: numeric, unit: {text: '{n, plural, one {minute} other {minutes}}'}, answers: [{value: 8.5, tolerance: 0.1, feedback: Just so.}, {value: 10, credit: 0.5}], no_match: {credit: 0.25, feedback: Count again.}"


@pytest.mark.parametrize(
    ("value", "share"), [(8.5, 1), ("8,6", 1), ("8.61", Fraction(1, 4)), (10, Fraction(1, 2)), ("0", Fraction(1, 4))]
)
def test_a_number_earns_what_the_first_fitting_answer_says(value: Any, share: Fraction) -> None:
    assert grade(asked(NUMBER), value) == share


@pytest.mark.parametrize("value", ["eight", "", "1e3", [8], float("inf"), float("nan"), 10.0**20])
def test_what_is_no_number_costs_no_try(value: Any) -> None:
    assert refused(asked(NUMBER), Answer(value)) == "play.not-a-number"


def test_a_number_is_read_in_the_language_of_the_story_and_said_with_its_unit() -> None:
    german = compile_story(
        asked(NUMBER).scenario, {"scenes.q.unit.text": "{n, plural, one {Minute} other {Minuten}}"}, locale="de"
    )

    state = answer(german, "1.000,5")
    shown = view(german, state).reaction

    assert state.trail[0].answers == [["1000.5"]]
    assert shown is not None
    assert [plain(shown.said), [plain(note) for note in shown.notes]] == ["1.000,5 Minuten", ["Count again."]]
    first = view(german, start(german, "seed")).question
    assert first is not None and first.unit == "Minuten"


TEXT = "type: short_text, answers: [{any: [stereotyping, a stereotype]}, {any: ['well-being'], credit: 0.5}], no_match: {send_to_coach: true}"


@pytest.mark.parametrize("value", ["stereotyping", " A  Stereotype. ", "“STEREOTYPING”", "stéréotyping"])
def test_a_short_text_is_compared_without_case_spacing_and_punctuation(value: str) -> None:
    expected = None if value == "stéréotyping" else Fraction(1)

    assert grade(asked(TEXT), value) == expected


def test_a_word_that_nobody_foresaw_waits_for_a_coach() -> None:
    text = asked(TEXT)
    state = answer(text, "pigeonholing")
    shown = view(text, state).reaction
    assert shown is not None
    assert (shown.awaits_coach, shown.credit) == (True, None)

    ended = advance(text, state, Continue())
    waiting = score(text, ended)
    accepted = score(text, ended, [Judgement(kind="credit", seq=0, value=1)])

    assert (waiting.grade, waiting.reason) == (None, "pending")
    assert accepted.grade == 1
    assert [entry.credit for entry in debrief(text, ended, waiting).script] == [None]


def test_what_was_matched_is_kept_with_the_answer_whatever_language_is_scored_in() -> None:
    german = compile_story(asked(TEXT).scenario, {"scenes.q.answers.n1.any.0": "Vorurteil"}, locale="de")

    state = advance(german, answer(german, "vorurteil"), Continue())

    assert score(asked(TEXT), state).grade == 1


ITEMS = "type: ordering, tries: 2, items: [one, two, three, four, five]"


def test_an_order_is_never_shown_solved_and_its_ids_tell_nothing() -> None:
    order = asked(ITEMS)
    for n in range(200):
        state = start(order, f"seed-{n}")
        shown = view(order, state).question
        assert shown is not None
        assert [plain(option.text) for option in shown.options] != ["one", "two", "three", "four", "five"]
        assert not {option.id for option in shown.options} & {"i1", "i2", "i3", "i4", "i5"}


def in_order(of: Story, state: State, *names: str) -> Answer:
    return Answer([masked(state, of.scenes["q"], name) for name in names])


def test_an_order_earns_by_its_inversions_and_the_last_try_is_shown_again() -> None:
    order = asked(ITEMS)
    first = start(order, "seed")
    state = advance(order, first, in_order(order, first, "i2", "i1", "i3", "i4", "i5"))

    shown = view(order, state).question
    assert shown is not None
    assert state.trail[0].credits == ["4/5"]
    assert shown.last_answer == in_order(order, first, "i2", "i1", "i3", "i4", "i5").value
    done = advance(order, state, in_order(order, first, "i1", "i2", "i3", "i4", "i5"))
    assert score(order, advance(order, done, Continue())).grade == Fraction(9, 10)


@pytest.mark.parametrize("value", [["i1", "i2", "i3", "i4", "i5"], [], "i1", [["i1"]], [1, 2, 3, 4, 5]])
def test_an_order_is_given_in_the_ids_of_the_view(value: Any) -> None:
    assert refused(asked(ITEMS), Answer(value)) == "play.bad-answer"


PAIRS = "type: matching, pairs: [{left: a, right: A}, {left: b, right: B}, {left: c, right: C}], extra_right: [D]"


def in_pairs(of: Story, state: State, **pairs: str) -> Answer:
    return Answer([[left, masked(state, of.scenes["q"], right)] for left, right in pairs.items()])


def test_pairs_earn_by_those_that_are_right_and_may_stay_open() -> None:
    match = asked(PAIRS)
    state = start(match, "seed")
    shown = view(match, state).question
    assert shown is not None
    assert [plain(option.text) for option in shown.options] == ["a", "b", "c"]
    assert sorted(plain(option.text) for option in shown.right_side) == ["A", "B", "C", "D"]

    done = advance(match, state, in_pairs(match, state, p1="p1", p2="+1"))

    assert done.trail[0].answers == [["p1=p1", "p2=+1"]]
    assert done.trail[0].credits == ["1/3"]
    told = view(match, done).reaction
    assert told is not None and plain(told.said) == "a → A b → D"


def test_a_side_is_used_once() -> None:
    match = asked(PAIRS)
    state = start(match, "seed")
    both = in_pairs(match, state, p1="p1", p2="p1")
    twice = Answer([*in_pairs(match, state, p1="p1").value, *in_pairs(match, state, p1="p2").value])

    assert (refused(match, both), refused(match, twice)) == ("play.bad-answer", "play.bad-answer")
    assert refused(match, Answer([["p1", "p1"]])) == "play.bad-answer"


def test_all_or_nothing_gives_no_part() -> None:
    whole = asked(ITEMS + ", partial: false")
    state = start(whole, "seed")

    assert advance(whole, state, in_order(whole, state, "i2", "i1", "i3", "i4", "i5")).trail[0].credits == ["0"]


SINGLE = "type: single, confidence: ask, tries: 3, hints: [{text: Think., cost: 0.5}, {text: Again., cost: 0.25}], options: [{id: a, text: A, credit: 0.5}, {id: b, text: B, credit: 1}]"


def test_a_hint_costs_the_tries_after_it() -> None:
    single = asked(SINGLE)

    assert grade(single, ["a"], Hint(), ["b"]) == Fraction(1, 2)
    assert grade(single, Hint(), Hint(), ["b"]) == Fraction(1, 4)


def test_confidence_is_kept_and_told_but_never_scored() -> None:
    single = asked(SINGLE)
    states = [advance(single, start(single, "seed"), Answer(["b"], sure)) for sure in (None, 0, 4)]
    ended = [advance(single, state, Continue()) for state in states]

    assert {score(single, state).grade for state in ended} == {Fraction(1)}
    told = [debrief(single, state, score(single, state)).calibration for state in ended]
    assert told[0] is None
    assert [(each.sure_and_right, each.unsure_and_right) for each in told[1:]] == [(0, 1), (1, 0)]


def test_options_of_a_shuffled_question_keep_their_order_between_tries() -> None:
    options = ", ".join(f"{{id: o{n}, text: '{n}', right: {str(n == 3).lower()}}}" for n in range(8))
    mixed = asked(f"type: multiple, shuffle: true, tries: 2, options: [{options}]")
    first = view(mixed, start(mixed, "seed")).question
    again = view(mixed, answer(mixed, ["o1"])).question

    assert first is not None and again is not None
    assert [option.id for option in first.options] == [option.id for option in again.options]
    assert [option.id for option in first.options] != [f"o{n}" for n in range(8)]


def test_an_answer_is_not_taken_after_stopping() -> None:
    body = HEAD.replace("scenes:", "safety: {if_stopped: {offer: end}}\nscenes:")
    single = asked(SINGLE, body)

    stopped = advance(single, start(single, "seed"), Stop())

    with pytest.raises(ActionRefused):
        advance(single, stopped, Answer(["b"]))


def test_after_the_right_answer_and_after_the_last_try_nothing_more_is_taken() -> None:
    of = asked("type: single, tries: 2, hints: [{text: h}], options: [{id: a, text: A, credit: 1}, {id: b, text: B}]")
    right, spent, open_still = answer(of, ["a"]), answer(of, ["b"], ["b"]), answer(of, ["b"])

    for state in (right, spent):
        assert view(of, state).reaction is not None
        assert view(of, state).question is None
        for action, code in ((Answer(["a"]), "play.no-try-left"), (Hint(), "play.no-hint")):
            with pytest.raises(ActionRefused) as caught:
                advance(of, state, action)
            assert caught.value.code == code
    assert advance(of, open_still, Answer(["a"])).trail[-1].credits == ["0", "1"]
