"""The search against real plays: what it promises can be played, and no play goes beyond it."""

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenario_engine.actions import Action
from scenario_engine.errors import ActionRefused, BoundReached, NotPlayable
from scenario_engine.play import advance, start
from scenario_engine.proof import Proof, prove
from scenario_engine.scoring import score
from scenario_engine.scoring.judgements import Ledger
from scenario_engine.scoring.moments import score_moments
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story
from tests.engine.driving import play, read_story, scenario_of
from tests.engine.proof.random_stories import random_play, random_story

SEEDS = st.integers(min_value=0, max_value=100_000)


def proven(seed: int) -> tuple[Story, Proof]:
    """Return a random story and its proof. Too large ones, and routes in circles, are passed over."""
    story = random_story(seed)
    try:
        start(story, "seed")
        return story, prove(story, bound=3_000)
    except (NotPlayable, BoundReached):
        assume(False)
        raise


def played(story: Story, seed: int) -> tuple[State, list[Action]]:
    """Return the state after playing at random, and the actions that led there."""
    try:
        return random_play(story, seed)
    except ActionRefused as error:
        assume(error.code != "play.endless-route")
        raise


@settings(max_examples=120, deadline=None)
@given(SEEDS)
def test_the_best_path_really_earns_the_maximum(seed):
    story, proof = proven(seed)
    assume(proof.best_path)
    state = start(story, proof.seed)
    for action in proof.best_path:
        state = advance(story, state, action)

    scored = score(story, state)
    assert scored.finished
    assert scored.total == proof.maximum


@settings(max_examples=120, deadline=None)
@given(SEEDS, SEEDS)
def test_no_play_leaves_the_proven_range(seed, play_seed):
    story, proof = proven(seed)
    state, _ = played(story, play_seed)
    assume(state.graded_at)
    scored = score(story, state)
    ranges = {each.ending: each for each in proof.endings}

    # A reply that is not applicable is excused: it adds nothing, as the least level does.
    assert ranges[state.graded_at].least <= scored.total <= ranges[state.graded_at].greatest
    for competency, (least, greatest) in proof.competencies.items():
        assert least <= scored.points.get(competency, 0) <= greatest
    assert scored.grade is None or 0 <= scored.grade <= 1


@settings(max_examples=60, deadline=None)
@given(SEEDS, SEEDS)
def test_replaying_the_recorded_actions_gives_the_same_state_and_score(seed, play_seed):
    story, _ = proven(seed)
    state, actions = played(story, play_seed)
    again = start(story, state.seed)
    for action in actions:
        again = advance(story, again, action)

    assert msgspec.json.encode(again) == msgspec.json.encode(state)
    assert score(story, again) == score(story, state)


def test_situations_are_few_where_nothing_is_asked_about():
    text = "scenes:\n"
    for i in range(40):
        choices = ", ".join(f"{{id: c{i}_{j}, text: x, points: {{a: {j}}}, goto: s{i + 1}}}" for j in range(3))
        text += f"  - {{id: s{i}, kind: decision, choices: [{choices}]}}\n"
    text += "  - {id: s40, kind: ending, outcome: good}\n"
    proof = prove(compile_story(scenario_of("competencies: {a: {title: A}}\n" + text)))

    assert proof.situations == 41
    assert proof.maximum == 80


def test_a_loop_is_searched_once():
    text = """
competencies: {a: {title: A}}
scenes:
  - {id: s, kind: decision, choices: [{id: again, text: x, points: {a: 5}, goto: s}, {id: out, text: y, goto: e}]}
  - {id: e, kind: ending, outcome: good}
"""
    proof = prove(compile_story(scenario_of(text)))

    assert proof.maximum == 5
    assert proof.situations < 6


def test_the_bound_is_stated_when_it_is_met():
    with pytest.raises(BoundReached, match="More than 50 situations"):
        prove(read_story("faulty-gift"), bound=50)


def test_both_arms_of_a_random_route_are_searched():
    story = read_story("three-callers")
    proof = prove(story)

    assert proof.maximum == 10
    ranges = {each.ending: [float(each.least), float(each.greatest)] for each in proof.endings}
    assert ranges == {"thanks": [0, 10], "click": [-2, 4]}


def test_a_time_out_is_searched_even_where_its_choice_is_hidden():
    text = """
competencies: {a: {title: A}}
scenes:
  - id: s
    kind: decision
    timed: {seconds: 9, on_timeout: late}
    choices: [{id: now, text: x, points: {a: 1}, goto: e}, {id: late, text: y, when: {visits: s, at_least: 9}, points: {a: 2}, goto: e}]
  - {id: e, kind: ending, outcome: good}
"""
    proof = prove(compile_story(scenario_of(text)))

    assert proof.maximum == 2
    assert [type(action).__name__ for action in proof.best_path] == ["TimeUp"]


def test_the_first_words_of_the_search_are_those_of_play():
    story = read_story("quiet-colleague")
    state = play(story, "go", "task")

    assert state.scene == "mend"
    assert [moment.counted for moment in score_moments(story, state, Ledger(()))] == [{"noticing": -1, "agreeing": 1}]
