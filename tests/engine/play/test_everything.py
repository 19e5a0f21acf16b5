"""Properties of play over random scenarios of every kind and random players who see only the view."""

import json
import re
from fractions import Fraction
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenario_engine.actions import Action, Answer, Arranged, CharacterSays, Choose, Judged, Reflected, Say, Tick
from scenario_engine.debrief import debrief
from scenario_engine.errors import ActionRefused
from scenario_engine.hosting import set_apart
from scenario_engine.play import advance, start
from scenario_engine.proof import maximum_of
from scenario_engine.scoring import score
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.view import view
from tests.engine.everything import PRIVATE, pick_action, random_story

STEPS = 30
# Names of fields that belong to the document or the score; a view that had one would tell what it must not.
SECRET_FIELDS = {
    *("when", "goto", "points", "right", "cues", "any", "met_by", "releases", "moves", "lines", "events", "branch"),
    *("otherwise", "forbidden", "note", "tolerance", "matched", "seed", "draws", "add", "set", "learn", "answers"),
}

thoroughly = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
chances = st.randoms(use_true_random=False)


def begin(chance: Random) -> tuple[Story, State]:
    story = random_story(chance)
    return story, start(story, f"seed-{chance.randint(0, 9)}", chance.randint(1, 2))


def play(chance: Random, story: Story, state: State, steps: int = STEPS) -> list[tuple[Action, State]]:
    """Return what was done and the state after it, at most `steps` times."""
    played: list[tuple[Action, State]] = []
    while len(played) < steps and (action := pick_action(chance, story, state)) is not None:
        state = advance(story, state, action)
        played.append((action, state))
    return played


@given(chances)
@thoroughly
def test_play_never_refuses_what_the_view_offers(chance: Random) -> None:
    story, state = begin(chance)

    play(chance, story, state)  # raises where an offered action is refused


@given(chances)
@thoroughly
def test_replaying_what_was_recorded_gives_the_same_state(chance: Random) -> None:
    story, first = begin(chance)
    played = play(chance, story, first)

    state = first
    before = first
    for action, after in played:
        recorded, _ = set_apart(before, action)
        stored = msgspec.json.decode(msgspec.json.encode(state), type=State)
        state = advance(story, stored, recorded)
        assert msgspec.json.encode(state) == msgspec.json.encode(after)
        before = after


@given(chances)
@thoroughly
def test_an_action_leaves_the_state_before_it_as_it_was(chance: Random) -> None:
    story, state = begin(chance)
    for _ in range(STEPS):
        before = msgspec.json.encode(state)
        action = pick_action(chance, story, state)
        if action is None:
            break
        after = advance(story, state, action)
        assert msgspec.json.encode(state) == before
        state = after


@given(chances)
@thoroughly
def test_a_view_tells_nothing_that_is_not_there_yet(chance: Random) -> None:
    story, state = begin(chance)

    for _, after in [(None, state), *play(chance, story, state)]:
        check_view(story, after)


def check_view(story: Story, state: State) -> None:
    shown = msgspec.to_builtins(view(story, state))
    told = json.dumps(shown, ensure_ascii=False)
    fields = set(_fields({**shown, "reaction": None}))
    assert not fields & SECRET_FIELDS
    own = story.scenes[state.scene]
    allowed = {state.scene.split("_")[0], (own.inside or "").split("_")[0]}
    assert set(re.findall(r"scn\d+", told)) <= allowed
    assert not re.search(r"itm\d|hush, ", told), "an authored id, or a cue, pattern or note"
    visit = state.trail[-1]
    decided = {each.took for each in state.trail}
    assert set(re.findall(r"scn\d+(?:_in)?_c\d", told)) <= {*visit.offered, *decided}
    if own.__struct_config__.tag == "question" and state.stage == "scene" and not visit.answers:
        assert '"credit"' not in told


def _fields(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(name for each in value.values() for name in _fields(each))]
    return [name for each in value for name in _fields(each)] if isinstance(value, list) else []


@given(chances)
@thoroughly
def test_what_is_not_offered_is_refused_and_nothing_else_happens(chance: Random) -> None:
    story, state = begin(chance)
    states = [state, *(after for _, after in play(chance, story, state, 15))]
    odd: list[Any] = [[], ["x"], [["a", "b"]], [["a"]], [[[], {}]], "ü", 10.0**300, ["itm0", "itm1"]]
    wild: list[Action] = [
        *(Choose(choice) for choice in story.choices),
        *(Answer(value) for value in odd),
        *(Tick("g0"), Say("x"), CharacterSays("x", cues=["nobody"]), Judged({"nobody": 4}), Reflected("none", True)),
        *(Arranged(), Say(" \0 "), Say("x" * 5000)),
    ]
    for at in chance.sample(states, min(3, len(states))):
        offered = {choice.id for choice in view(story, at).choices}
        for action in wild:
            try:
                after = advance(story, at, action)
            except ActionRefused as refused:
                assert refused.code.startswith("play.")
                continue
            if isinstance(action, Choose):
                assert action.choice in offered
            assert after.seq == at.seq + 1


@given(chances)
@thoroughly
def test_a_score_is_never_outside_its_range(chance: Random) -> None:
    story, state = begin(chance)

    for _, after in play(chance, story, state):
        result = score(story, after, is_due=chance.random() < 0.5)
        for grade in (result.grade, result.so_far):
            assert grade is None or 0 <= grade <= 1
        for entry in result.profile:
            assert entry.share is None or 0 <= entry.share <= 1
            assert entry.moments_shown <= entry.moments
        for moment in result.moments:
            assert all(isinstance(points, Fraction) for points in moment.counted.values())
        if after.graded_at:
            assert debrief(story, after, result).path == [visit.scene for visit in after.trail]


@given(chances)
@thoroughly
def test_no_play_comes_to_more_than_the_proven_maximum(chance: Random) -> None:
    story, state = begin(chance)
    maximum = maximum_of(story, 2_000)

    for _, after in play(chance, story, state):
        result = score(story, after)
        if maximum is not None and after.graded_at and result.reason not in ("stopped", "not_graded"):
            assert result.total <= maximum


@given(chances)
@thoroughly
def test_private_words_are_nowhere_but_with_their_host(chance: Random) -> None:
    story, state = begin(chance)

    for _, after in play(chance, story, state):
        assert PRIVATE.encode() not in msgspec.json.encode(after)
        assert PRIVATE.encode() not in msgspec.json.encode(view(story, after))
        if after.graded_at:
            told = debrief(story, after, score(story, after))
            assert PRIVATE.encode() not in msgspec.json.encode(told)


@pytest.mark.parametrize("seed", range(40))
def test_random_stories_come_to_an_end(seed: int) -> None:
    story, state = begin(Random(seed))

    played = play(Random(seed), story, state, 600)

    assert played[-1][1].over
