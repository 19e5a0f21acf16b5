"""Draws: n of m without repetition, one inside another, and the same again for the same seed."""

import pytest

from scenario_engine.actions import Continue
from scenario_engine.play import advance, start
from scenario_engine.story import Story
from tests.engine.stories import story

BODY = """
purpose: practice
scenes:
  - {id: outer, kind: route, draw: {from: [a, b, inner], count: 3, then: end}}
  - {id: a, kind: line, goto: next_drawn}
  - {id: b, kind: line, goto: next_drawn}
  - {id: inner, kind: route, draw: {from: [x, y, z], count: 2, then: after}}
  - {id: x, kind: line, goto: next_drawn}
  - {id: y, kind: line, goto: next_drawn}
  - {id: z, kind: line, goto: next_drawn}
  - {id: after, kind: line, goto: next_drawn}
  - {id: end, kind: ending, outcome: good}
"""


def walked(of: Story, seed: str) -> list[str]:
    state = start(of, seed)
    while not state.over:
        state = advance(of, state, Continue())
    return [visit.scene for visit in state.trail]


@pytest.mark.parametrize("seed", [f"seed-{n}" for n in range(20)])
def test_a_draw_inside_a_draw_is_played_out_and_the_outer_one_goes_on(seed: str) -> None:
    scenes = walked(story(BODY), seed)

    assert scenes == walked(story(BODY), seed)
    assert [scenes.count(name) for name in ("a", "b", "after", "end")] == [1, 1, 1, 1]
    assert sum(scenes.count(name) for name in "xyz") == 2
    at = scenes.index("after")
    assert set(scenes[at - 2 : at]) < set("xyz"), "the inner draw is not interrupted"


def test_seeds_draw_differently() -> None:
    assert len({tuple(walked(story(BODY), f"seed-{n}")) for n in range(30)}) > 5


def test_a_draw_that_is_entered_again_begins_anew() -> None:
    again = story("""
purpose: practice
scenes:
  - {id: pool, kind: route, draw: {from: [a, b], count: 2, then: end}}
  - {id: a, kind: route, rules: [{when: {visits: pool, at_most: 1}, goto: pool}], otherwise: next_drawn}
  - {id: b, kind: line, goto: next_drawn}
  - {id: end, kind: ending, outcome: good}
""")

    assert {tuple(walked(again, f"seed-{n}")) for n in range(20)} == {("b", "end"), ("b", "b", "end")}
