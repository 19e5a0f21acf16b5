"""What a learner who picks at random comes to: every situation is the average of what it leads to, in loops as well."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenario_engine.errors import BoundReached, NotPlayable
from scenario_engine.proof import explore
from scenario_engine.proof.prove import total_units
from scenario_engine.proof.totals import mean_onward
from scenario_engine.story import Story
from tests.engine.proof.random_stories import random_story
from tests.engine.stories import story


def mean_at_start(of: Story) -> float | None:
    space = explore(of)
    return mean_onward(space, total_units(space))[space.starts[0]]


def test_ways_out_at_both_ends_of_a_loop_count_by_how_often_they_are_taken() -> None:
    loop = story(
        """
competencies: {care: {title: Care}}
scenes:
  - {id: a, kind: decision, choices: [{id: out, text: Out., goto: low}, {id: on, text: On., goto: b}]}
  - {id: b, kind: decision, choices: [{id: back, text: Back., goto: a}, {id: end, text: End., goto: high}]}
  - {id: low, kind: ending, outcome: mixed, points: {care: 1}}
  - {id: high, kind: ending, outcome: good, points: {care: 3}}
"""
    )
    assert mean_at_start(loop) == pytest.approx(5 / 3)


def test_a_way_into_a_long_loop_weighs_as_much_as_one_past_it() -> None:
    """However long it takes to come out of it."""
    rooms = "".join(
        f"  - {{id: r{n}, kind: decision, choices: [{{id: on{n}, text: On., goto: r{n + 1}}},"
        f" {{id: back{n}, text: Back., goto: r{max(0, n - 1)}}}]}}\n"
        for n in range(60)
    )
    two = story(
        f"""
competencies: {{care: {{title: Care}}}}
scenes:
  - {{id: a, kind: decision, choices: [{{id: past, text: Past., goto: low}}, {{id: into, text: In., goto: r0}}]}}
{rooms}  - {{id: r60, kind: ending, outcome: good, points: {{care: 3}}}}
  - {{id: low, kind: ending, outcome: mixed, points: {{care: 1}}}}
"""
    )
    assert mean_at_start(two) == pytest.approx(2)


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0, max_value=100_000))
def test_every_mean_is_the_average_of_those_it_leads_to(seed: int) -> None:
    try:
        space = explore(random_story(seed), 500)
    except (NotPlayable, BoundReached):
        assume(False)
        raise
    units = total_units(space)
    found = mean_onward(space, units)
    means = [mean for mean in found if mean is not None]
    assume(len(means) == len(found))  # no play goes round for ever
    for index, edges in enumerate(space.edges):
        if edges:
            onward = [edge.chance * (units.gains[edge.gain] / units.scale + means[edge.to]) for edge in edges]
            assert means[index] == pytest.approx(sum(onward) / sum(edge.chance for edge in edges), abs=1e-4)
