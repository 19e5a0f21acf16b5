"""Greatest and least totals over a space of situations: from each situation onward, and up to each ending."""

from collections.abc import Callable
from fractions import Fraction

from scenario_engine.proof.space import Space

Worth = Callable[[int], Fraction | None]
Weigh = Callable[[int], Fraction]


def best_onward(space: Space, gain: Weigh, final: Worth) -> list[Fraction | None]:
    """Return for each situation the most that can still be gained; None where no final of any worth is reachable.

    `gain` values the number of a gain, `final` the situations at which play is decided (None: not decided there).
    """
    best: list[Fraction | None] = [None] * len(space.scenes)
    for knot in space.knots:
        most: Fraction | None = None
        for index in knot:
            own = final(index)
            if own is not None and (most is None or own > most):
                most = own
            for edge in space.edges[index]:
                onward = best[edge.to]
                if onward is not None and (most is None or gain(edge.gain) + onward > most):
                    most = gain(edge.gain) + onward
        for index in knot:
            best[index] = most
    return best


def so_far(space: Space, gain: Weigh, better: Callable[[Fraction, Fraction], bool]) -> list[Fraction | None]:
    """Return for each situation the greatest (or least, as `better` says) total of any way there."""
    totals: list[Fraction | None] = [None] * len(space.scenes)
    for index in space.starts:
        totals[index] = Fraction(0)
    for knot in reversed(space.knots):
        inside = set(knot)
        reached = [total for index in knot if (total := totals[index]) is not None]
        if not reached:
            continue
        total = reached[0]
        for other in reached[1:]:
            total = other if better(other, total) else total
        for index in knot:
            totals[index] = total
        for index in knot:
            for edge in space.edges[index]:
                if edge.to not in inside:
                    arriving = total + gain(edge.gain)
                    known = totals[edge.to]
                    if known is None or better(arriving, known):
                        totals[edge.to] = arriving
    return totals


def range_per_ending(space: Space, gain: Weigh) -> dict[str, tuple[Fraction, Fraction]]:
    """Return (least, greatest) total for each ending that can be reached."""
    least = so_far(space, gain, lambda one, other: one < other)
    greatest = so_far(space, gain, lambda one, other: one > other)
    ranges: dict[str, tuple[Fraction, Fraction]] = {}
    for index, number in space.finals.items():
        low, high = least[index], greatest[index]
        if low is None or high is None:
            continue
        low, high = low + gain(number), high + gain(number)
        known = ranges.get(space.scenes[index])
        ranges[space.scenes[index]] = (min(low, known[0]), max(high, known[1])) if known else (low, high)
    return ranges


def gain_of_competency(space: Space, competency: str) -> Weigh:
    """Return a valuation that sees one competency only."""
    parts = [vector.get(competency, Fraction(0)) for vector in space.gains.vectors]
    return parts.__getitem__


def mean_onward(space: Space, gain: Weigh, final: Worth, sweeps: int = 200) -> list[float | None]:
    """Return what a learner who picks at random gains from each situation onward, on average over graded plays.

    Inside a knot the average is approached by repetition; 200 sweeps leave an error far below what is ever shown.
    """
    graded = [0.0] * len(space.scenes)
    earned = [0.0] * len(space.scenes)
    for knot in space.knots:
        is_loop = len(knot) > 1 or any(edge.to == knot[0] for edge in space.edges[knot[0]])
        for _ in range(sweeps if is_loop else 1):
            change = 0.0
            for index in knot:
                before = earned[index]
                graded[index], earned[index] = _mean_at(space, index, gain, final, graded, earned)
                change = max(change, abs(earned[index] - before))
            if change < 1e-9:
                break
    return [e / g if g > 0 else None for e, g in zip(earned, graded, strict=True)]


def _mean_at(
    space: Space, index: int, gain: Weigh, final: Worth, graded: list[float], earned: list[float]
) -> tuple[float, float]:
    own = final(index)
    if own is not None:
        return 1.0, float(own)
    edges = space.edges[index]
    chances = sum(edge.chance for edge in edges)
    share = worth = 0.0
    for edge in edges:
        part = edge.chance / chances
        share += part * graded[edge.to]
        worth += part * (earned[edge.to] + float(gain(edge.gain)) * graded[edge.to])
    return share, worth
