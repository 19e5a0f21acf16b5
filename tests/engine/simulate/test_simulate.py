"""Simulated plays: deterministic, true to play and scoring, and drawn so that everybody can read it."""

import xml.etree.ElementTree as ET

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenario_engine.errors import BoundReached, NotPlayable
from scenario_engine.proof import prove
from scenario_engine.scoring import score
from scenario_engine.simulate import PLAYERS, draw, simulate
from scenario_engine.simulate.driver import Driver
from scenario_engine.simulate.grading import Grades
from scenario_engine.simulate.players import politeness
from scenario_engine.story import compile_story
from tests.engine.driving import read_story, scenario_of
from tests.engine.proof.random_stories import random_story

SEEDS = st.integers(min_value=0, max_value=100_000)
EXAMPLES = ("faulty-gift", "letting-someone-go", "meeting-across-cultures")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_player_comes_to_an_ending_of_every_example(name):
    found = simulate(read_story(name), count=45)

    assert found.plays == 45
    assert [result.player for result in found.players] == [player.name for player in PLAYERS]
    assert all(result.unfinished == 0 and sum(result.endings.values()) == result.plays for result in found.players)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_best_player_earns_everything_and_the_worst_least(name):
    found = simulate(read_story(name), count=45)
    best, worst = found.of("best"), found.of("worst")

    assert best is not None
    assert worst is not None
    assert best.mean_grade == 1
    assert worst.mean_grade is not None
    assert worst.mean_grade <= 0.2


def test_the_same_seed_gives_the_same_plays_and_another_gives_others():
    story = read_story("faulty-gift")
    once, again = simulate(story, count=90, seed="a"), simulate(story, count=90, seed="a")

    assert once == again
    assert once.players != simulate(story, count=90, seed="b").players


def test_always_the_longest_choice_gives_the_faulty_gift_away():
    found = simulate(read_story("faulty-gift"), count=90).of("longest")

    assert found is not None
    assert (found.endings, found.mean_grade) == ({"moon": 10}, 1.0)


@settings(max_examples=60, deadline=None)
@given(SEEDS, SEEDS)
def test_simulated_plays_are_graded_as_scoring_does(seed, play_seed):
    story = random_story(seed)
    try:
        prove(story, bound=3_000)
        state = Driver(story, 200).play(PLAYERS[play_seed % len(PLAYERS)], f"s{play_seed}")
    except (NotPlayable, BoundReached):
        assume(False)
        raise
    scored = score(story, state)
    expected = scored.grade if scored.grade is not None else scored.so_far

    assert Grades(story).of(state) == (None if expected is None else float(expected))


def test_who_gets_nowhere_is_counted_as_unfinished():
    stuck = "scenes: [{id: a, kind: decision, choices: [{id: x, text: x, once: true, goto: a}]}]"
    found = simulate(compile_story(scenario_of(stuck)), count=9)

    assert all((result.endings, result.unfinished, result.mean_grade) == ({}, 1, None) for result in found.players)


def test_a_question_with_nothing_to_pick_is_counted_as_unfinished():
    empty = "scenes: [{id: a, kind: question, type: single, goto: z}, {id: z, kind: ending, outcome: good}]"
    found = simulate(compile_story(scenario_of(empty)), count=9)

    assert all((result.endings, result.unfinished) == ({}, 1) for result in found.players)


def test_a_story_without_a_start_cannot_be_simulated():
    with pytest.raises(NotPlayable):
        simulate(compile_story(scenario_of("scenes: []")), count=9)


def test_politeness_knows_the_language_and_none_it_has_no_list_for():
    assert politeness("Please, could you wait? Thank you.", "en-GB") == 3
    assert politeness("Please.", "de") == 0
    assert politeness("Bitte, danke.", "de") == 2
    assert politeness("s'il vous plaît", "xx") == 0


def test_the_picture_is_well_formed_named_and_escaped():
    story = compile_story(
        scenario_of(
            "scenes: [{id: a, kind: page, text: x, goto: z}, {id: z, kind: ending, outcome: good, title: '<b>'}]"
        )
    )
    found = msgspec.structs.replace(simulate(story, count=9), title='<script>"&')
    picture = draw(found)
    root = ET.fromstring(picture)  # noqa: S314 (our own)
    names = {child.tag.rpartition("}")[2]: child.text for child in root[:2]}

    assert root.get("role") == "img"
    assert names["title"] == 'Simulated plays of “<script>"&”'
    assert (names["desc"] or "").startswith("Picks at random: 1 good; ")
    assert "<script>" not in picture
    assert "style" not in picture
