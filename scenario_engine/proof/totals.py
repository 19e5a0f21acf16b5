"""Greatest and least totals over a space of situations: from each situation onward, and up to each ending."""

from collections.abc import Container, Sequence
from fractions import Fraction

from scenario_engine.proof.space import Ranges, Space
from scenario_engine.proof.units import Units, in_units

LEAST, GREATEST = -1, 1


def best_onward(space: Space, units: Units) -> list[int | None]:
    """Return for each situation the most that can still be gained; None where no play is decided any more."""
    gains, finals = units.gains, units.finals
    best: list[int | None] = [None] * len(space.scenes)
    for knot in space.knots:
        most: int | None = None
        for index in knot:
            own = finals.get(index)
            if own is not None and (most is None or own > most):
                most = own
            for _, gain, to, _, _ in space.edges[index]:
                onward = best[to]
                if onward is not None and (most is None or gains[gain] + onward > most):
                    most = gains[gain] + onward
        for index in knot:
            best[index] = most
    return best


def range_per_ending(space: Space, values: Sequence[Fraction]) -> Ranges:
    """Return (least, greatest) total for each ending that can be reached, by the values of the numbered gains."""
    known = space.ranges.get(tuple(values))
    if known is None:
        known = space.ranges[tuple(values)] = _find_ranges(space, values)
    return known


def _find_ranges(space: Space, values: Sequence[Fraction]) -> Ranges:
    units = in_units(values, {index: values[number] for index, number in space.finals.items()})
    least, greatest = so_far(space, units, LEAST), so_far(space, units, GREATEST)
    ranges: dict[str, tuple[int, int]] = {}
    for index, own in units.finals.items():
        low, high = least[index], greatest[index]
        if low is None or high is None:
            continue
        known = ranges.get(space.scenes[index], (low + own, high + own))
        ranges[space.scenes[index]] = min(known[0], low + own), max(known[1], high + own)
    return {ending: (units.number(low), units.number(high)) for ending, (low, high) in ranges.items()}


def so_far(space: Space, units: Units, sign: int) -> list[int | None]:
    """Return for each situation the GREATEST (or LEAST) total of any way there: `sign` says which of the two."""
    totals: list[int | None] = [None] * len(space.scenes)
    for index in space.starts:
        totals[index] = 0
    gains = [sign * gain for gain in units.gains]
    for knot in reversed(space.knots):
        arrived = [total for index in knot if (total := totals[index]) is not None]
        if not arrived:
            continue
        # Edges inside the knot gain nothing: what they write is what the knot comes to anyway.
        total = max(arrived)
        for index in knot:
            totals[index] = total
        for index in knot:
            for _, gain, to, _, _ in space.edges[index]:
                known = totals[to]
                arriving = total + gains[gain]
                if known is None or arriving > known:
                    totals[to] = arriving
    return totals if sign == GREATEST else [None if total is None else -total for total in totals]


def values_of_competency(space: Space, competency: str) -> list[Fraction]:
    """Return the numbered gains as seen by one competency only."""
    return [vector.get(competency, Fraction(0)) for vector in space.gains.vectors]


def mean_onward(space: Space, units: Units, sweeps: int = 200) -> list[float | None]:
    """Return what a learner who picks at random gains from each situation onward, on average over decided plays.

    Inside a knot nothing is gained (see `Space.knots`), so the average is one of what its ways out come to. It is
    approached by repetition, from the middle of them all: where they agree, the first sweep changes nothing.
    """
    gains = [gain / units.scale for gain in units.gains]
    decided = [0.0] * len(space.scenes)
    earned = [0.0] * len(space.scenes)
    for index, final in units.finals.items():
        decided[index], earned[index] = 1.0, final / units.scale
    for knot in space.knots:
        todo = [index for index in reversed(knot) if index not in units.finals]
        inside = frozenset(todo)
        ways = [_split(space, index, inside, gains, decided, earned) for index in todo]
        if len(ways) == 1 and not ways[0][2]:
            decided[todo[0]], earned[todo[0]], _ = ways[0]
            continue
        leaving = sum(1 - sum(part for part, _ in inner) for _, _, inner in ways)
        if leaving <= 0:
            continue
        middle = sum(share for share, _, _ in ways) / leaving, sum(worth for _, worth, _ in ways) / leaving
        for index in todo:
            decided[index], earned[index] = middle
        for _ in range(sweeps):
            if _sweep(todo, ways, decided, earned) < 1e-9:
                break
    return [e / d if d > 0 else None for e, d in zip(earned, decided, strict=True)]


Inner = list[tuple[float, int]]


def _split(
    space: Space, index: int, inside: Container[int], gains: list[float], decided: list[float], earned: list[float]
) -> tuple[float, float, Inner]:
    """Return (share decided, gain, ways inside the knot): what leads out of it is known and is added up once."""
    edges = space.edges[index]
    chances = sum([chance for _, _, _, chance, _ in edges])
    share = worth = 0.0
    inner: Inner = []
    for _, gain, to, chance, _ in edges:
        part = chance / chances
        if to in inside:
            inner.append((part, to))
        else:
            share += part * decided[to]
            worth += part * (earned[to] + gains[gain] * decided[to])
    return share, worth, inner


def _sweep(
    todo: Sequence[int], ways: Sequence[tuple[float, float, Inner]], decided: list[float], earned: list[float]
) -> float:
    """Average each situation of a knot once more; return how much has changed in all."""
    change = 0.0
    for index, (share, worth, inner) in zip(todo, ways, strict=True):
        for part, to in inner:
            share += part * decided[to]
            worth += part * earned[to]
        change += abs(share - decided[index]) + abs(worth - earned[index])
        decided[index], earned[index] = share, worth
    return change
