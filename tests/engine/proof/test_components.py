"""The one walk through a graph says what is reached, what comes to an end and what hangs together."""

from hypothesis import given
from hypothesis import strategies as st

from scenario_engine.proof.components import components, walk

PLACES = 9


def reach(successors: list[list[int]], start: int) -> set[int]:
    """Return what `start` leads to, itself among it."""
    found, todo = set(), [start]
    while todo:
        at = todo.pop()
        if at not in found:
            found.add(at)
            todo += successors[at]
    return found


GRAPHS = st.integers(1, PLACES).flatmap(
    lambda count: st.lists(st.lists(st.integers(0, count - 1), max_size=4), min_size=count, max_size=count)
)


@given(GRAPHS, st.sets(st.integers(0, PLACES - 1)), st.sets(st.integers(0, PLACES - 1)))
def test_a_walk_agrees_with_looking_from_every_place(
    successors: list[list[int]], starts: set[int], ends: set[int]
) -> None:
    places = range(len(successors))
    starts, ends = starts & set(places), ends & set(places)
    leads = [reach(successors, place) for place in places]

    found = walk(successors, sorted(starts), sorted(ends))

    assert {place for place in places if found.reached[place]} == set().union(*(leads[start] for start in starts))
    assert {place for place in places if found.ends[place]} == {place for place in places if leads[place] & ends}
    together = {frozenset(b for b in places if b in leads[a] and a in leads[b]) for a in places}
    assert {frozenset(knot) for knot in found.knots} == together
    assert sorted(place for knot in found.knots for place in knot) == list(places)


@given(GRAPHS)
def test_every_knot_comes_after_those_it_leads_to(successors: list[list[int]]) -> None:
    turn = {place: number for number, knot in enumerate(components(successors)) for place in knot}

    assert all(turn[to] <= turn[place] for place, targets in enumerate(successors) for to in targets)


def test_a_walk_of_a_hundred_thousand_places_in_a_row_comes_back() -> None:
    row = [[place + 1] for place in range(100_000)] + [[]]

    found = walk(row, [0], [100_000])

    assert found.reached == found.ends == bytearray([1]) * 100_001
    assert len(found.knots) == 100_001
