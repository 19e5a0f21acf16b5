"""A state that is loaded and saved is the same state, however much of it was looked at."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenario_engine.actions import Choose, Continue
from scenario_engine.errors import ActionRefused
from scenario_engine.play import advance, start
from scenario_engine.scoring import score
from scenario_engine.simulate import PLAYERS
from scenario_engine.simulate.driver import Driver
from scenario_engine.state import State
from scenario_engine.storage import load, save
from tests.engine.driving import read_story

EXAMPLES = ("faulty-gift", "letting-someone-go", "meeting-across-cultures")
STORIES = {name: read_story(name) for name in EXAMPLES}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EXAMPLES), st.integers(0, 10_000), st.integers(1, 40))
def test_loading_and_saving_changes_nothing(name, seed, steps):
    story = STORIES[name]
    state = Driver(story, steps).play(PLAYERS[seed % len(PLAYERS)], f"s{seed}")
    stored = save(state)
    loaded = load(stored)

    assert stored == msgspec.json.encode(state)
    assert save(load(stored)) == stored
    assert loaded == state
    assert score(story, loaded) == score(story, state)
    assert save(loaded) == stored
    assert msgspec.json.decode(stored, type=State) == loaded


def test_a_step_after_loading_is_the_step_without():
    story = STORIES["faulty-gift"]
    kept = start(story, "s")
    for action in (Continue(), Continue(), Choose("fw_policy"), Continue(), Choose("st_own"), Continue()):
        stored = load(save(kept))
        kept = advance(story, kept, action)
        after = advance(story, stored, action)

        assert save(after) == save(kept)
        assert [visit.scene for visit in reversed(after.trail)] == [visit.scene for visit in kept.trail[::-1]]


def test_older_visits_are_not_decoded_by_a_step():
    story = STORIES["faulty-gift"]
    state = start(story, "s")
    for action in (Continue(), Continue(), Choose("fw_policy"), Continue()):
        state = advance(story, load(save(state)), action)
    kinds = [type(item).__name__ for item in list.__iter__(state.trail)]

    assert kinds == ["Raw", "Raw", "Visit", "Visit"]


def test_a_refused_step_leaves_a_loaded_state_as_it_was():
    story = STORIES["faulty-gift"]
    state = load(save(start(story, "s")))
    before = save(state)
    with pytest.raises(ActionRefused):
        advance(story, state, Choose("nothing"))

    assert save(state) == before
