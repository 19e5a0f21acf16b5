"""The search against every play there is: nothing is left out, and nothing is made up."""

import pytest

from scenario_engine.document import Decision, Route
from scenario_engine.proof import explore, prove
from tests.engine.proof.every_play import Chance, EveryPlay
from tests.engine.proof.wide_stories import wide_story

# Stories with few enough plays, and among them something of everything.
LIMIT = 150
SEEDS = (35, 48, 87, 99, 115, 134, 193, 194, 218, 221, 233, 298, 314, 330, 428, 482, 586)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_search_finds_what_every_play_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    story = wide_story(seed)
    with monkeypatch.context() as patch:
        plays = EveryPlay(story, Chance(patch), LIMIT)
    space, proof = explore(story), prove(story)
    scenes = story.scenario.scenes
    # Where all that is drawn is alike, the search draws one for all.
    drawn = {name for scene in scenes if isinstance(scene, Route) and scene.draw for name in scene.draw.from_}
    decisions = {scene.id for scene in scenes if isinstance(scene, Decision)} - drawn
    taken = {(s, e.move.value) for s, edges in zip(space.scenes, space.edges, strict=True) for e in edges}

    assert set(space.scenes) - drawn == plays.reached - drawn
    assert {one for one in taken if one[0] in decisions} == {one for one in plays.taken if one[0] in decisions}
    assert {each.ending: (each.least, each.greatest) for each in proof.endings} == plays.totals
