"""Greatest and least totals over a space of situations: from each situation onward, and up to each ending."""

from collections.abc import Callable, Container, Sequence
from fractions import Fraction

from scenario_engine.proof.space import Space
from scenario_engine.proof.units import Units, in_units


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
            for edge in space.edges[index]:
                onward = best[edge.to]
                if onward is not None and (most is None or gains[edge.gain] + onward > most):
                    most = gains[edge.gain] + onward
        for index in knot:
            best[index] = most
    return best


def range_per_ending(space: Space, values: Sequence[Fraction]) -> dict[str, tuple[Fraction, Fraction]]:
    """Return (least, greatest) total for each ending that can be reached, by the values of the numbered gains."""
    units = in_units(values, {index: values[number] for index, number in space.finals.items()})
    least, greatest = so_far(space, units, min), so_far(space, units, max)
    ranges: dict[str, tuple[int, int]] = {}
    for index, own in units.finals.items():
        low, high = least[index], greatest[index]
        if low is None or high is None:
            continue
        known = ranges.get(space.scenes[index], (low + own, high + own))
        ranges[space.scenes[index]] = min(known[0], low + own), max(known[1], high + own)
    return {ending: (units.number(low), units.number(high)) for ending, (low, high) in ranges.items()}


def so_far(space: Space, units: Units, better: Callable[[int, int], int]) -> list[int | None]:
    """Return for each situation the greatest (or least, as `better` says) total of any way there."""
    totals: list[int | None] = [None] * len(space.scenes)
    for index in space.starts:
        totals[index] = 0
    for knot in reversed(space.knots):
        total: int | None = None
        for index in knot:
            arrived = totals[index]
            if arrived is not None:
                total = arrived if total is None else better(arrived, total)
        if total is None:
            continue
        # Edges inside the knot gain nothing: what they write is what the knot comes to anyway.
        for index in knot:
            totals[index] = total
        for index in knot:
            for edge in space.edges[index]:
                known = totals[edge.to]
                arriving = total + units.gains[edge.gain]
                totals[edge.to] = arriving if known is None else better(arriving, known)
    return totals


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
        inside = set(todo)
        ways = [_split(space, index, inside, gains, decided, earned) for index in todo]
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
    chances = sum(edge.chance for edge in edges)
    share = worth = 0.0
    inner: Inner = []
    for edge in edges:
        part, to = edge.chance / chances, edge.to
        if to in inside:
            inner.append((part, to))
        else:
            share += part * decided[to]
            worth += part * (earned[to] + gains[edge.gain] * decided[to])
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
