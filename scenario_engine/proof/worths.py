"""What every situation is worth to a learner, in what the grade is made of: totals, or the grades of endings."""

from collections.abc import Collection
from fractions import Fraction
from functools import cached_property

from scenario_engine.credits import exact
from scenario_engine.proof.prove import best_start, total_units
from scenario_engine.proof.space import Edge, Space
from scenario_engine.proof.totals import best_onward, mean_onward
from scenario_engine.proof.units import Units, in_units
from scenario_engine.worth import ending_fixes_a_grade, grade_policy

Length = tuple[int, int]


class Worths:
    """The worths of a space, worked out when first asked for. Compare in units; show as numbers."""

    def __init__(self, space: Space) -> None:
        self.space = space
        by_ending = grade_policy(space.story.scenario) == "ending"
        self.units = _ending_units(space) if by_ending else total_units(space)

    @cached_property
    def best(self) -> list[int | None]:
        """The most that can still be gained from each situation; None where no graded ending can be reached."""
        return best_onward(self.space, self.units)

    @cached_property
    def maximum(self) -> Fraction | None:
        """The most that any play can come to."""
        return best_start(self.space, self.units, self.best)

    def through(self, edge: Edge) -> int | None:
        """Return the most that can be gained by way of an edge."""
        onward = self.best[edge.to]
        return None if onward is None else self.units.gains[edge.gain] + onward

    def shown(self, units: int | None) -> str:
        """Return a worth as people read it."""
        return "nothing" if units is None else f"{units / self.units.scale:g}"

    def mean_grade(self, index: int) -> float | None:
        """Return what a learner who picks at random adds to the grade from a situation onward, on average."""
        mean, scenario = self._means[index], self.space.story.scenario
        policy = grade_policy(scenario)
        if policy == "ending":
            return mean
        measure = self.maximum if policy == "best_path" else exact(scenario.scoring.max or 0)
        return mean / float(measure) if mean is not None and measure else None

    @cached_property
    def _means(self) -> list[float | None]:
        return mean_onward(self.space, self.units)

    def by_length(self, endings: Collection[str]) -> tuple[tuple[int, Fraction], tuple[int, Fraction]] | None:
        """Return (moments met, best total) of the plays to `endings` that meet the fewest and the most moments."""
        shortest, longest = self._lengths(endings, -1), self._lengths(endings, 1)
        if shortest is None or longest is None:
            return None
        return (shortest[0], self.units.number(shortest[1])), (longest[0], self.units.number(longest[1]))

    def _lengths(self, endings: Collection[str], prefer: int) -> Length | None:
        """Search as `best_onward` does, for the number of moments (times `prefer`) first and the total second."""
        space, gains = self.space, self.units.gains
        onward: list[Length | None] = [None] * len(space.scenes)
        for knot in space.knots:
            found: Length | None = None
            for index in knot:
                final = self.units.finals.get(index)
                if final is not None and space.scenes[index] in endings and (found is None or (0, final) > found):
                    found = (0, final)
                for _, gain, to, _, opens in space.edges[index]:
                    rest = onward[to]
                    if rest is not None:
                        length = (rest[0] + prefer * opens, rest[1] + gains[gain])
                        found = length if found is None or length > found else found
            for index in knot:
                onward[index] = found
        begun = [reached for index in space.starts if (reached := onward[index]) is not None]
        best = max(begun, default=None)
        return None if best is None else (abs(best[0]), best[1])


def _ending_units(space: Space) -> Units:
    """Return the grades that endings fix; nothing else gains."""
    grades: dict[int, Fraction] = {}
    for index in space.finals:
        ending = space.ending_at(index)
        if ending and ending_fixes_a_grade(ending) and isinstance(ending.grade, int | float):
            grades[index] = exact(ending.grade)
    return in_units([Fraction(0)] * len(space.gains.values), grades)
