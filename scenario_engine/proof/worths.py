"""What every situation is worth to a learner, in what the grade is made of: totals, or the grades of endings."""

from collections.abc import Collection
from fractions import Fraction
from functools import cached_property

from scenario_engine.credits import exact
from scenario_engine.proof.prove import FinalTotal
from scenario_engine.proof.space import Edge, Space
from scenario_engine.proof.totals import Weigh, Worth, best_onward, mean_onward
from scenario_engine.worth import ending_fixes_a_grade, grade_policy

Length = tuple[int, Fraction]


class Worths:
    """The worths of a space, worked out when first asked for."""

    def __init__(self, space: Space) -> None:
        self.space = space
        by_ending = grade_policy(space.story.scenario) == "ending"
        self._gain: Weigh = (lambda number: Fraction(0)) if by_ending else space.value
        self._final: Worth = _EndingGrade(space) if by_ending else FinalTotal(space)

    @cached_property
    def best(self) -> list[Fraction | None]:
        """The most that can still be gained from each situation; None where no graded ending can be reached."""
        return best_onward(self.space, self._gain, self._final)

    @cached_property
    def maximum(self) -> Fraction | None:
        """The most that any play can come to."""
        return max((best for index in self.space.starts if (best := self.best[index]) is not None), default=None)

    def through(self, edge: Edge) -> Fraction | None:
        """Return the most that can be gained by way of an edge."""
        onward = self.best[edge.to]
        return None if onward is None else self._gain(edge.gain) + onward

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
        return mean_onward(self.space, self._gain, self._final)

    def by_length(self, endings: Collection[str]) -> tuple[Length, Length] | None:
        """Return (moments met, best total) of the plays to `endings` that meet the fewest and the most moments."""
        shortest, longest = self._lengths(endings, -1), self._lengths(endings, 1)
        return None if shortest is None or longest is None else (shortest, longest)

    def _lengths(self, endings: Collection[str], prefer: int) -> Length | None:
        """Search as `best_onward` does, for the number of moments first and the total second."""
        space = self.space
        onward: list[Length | None] = [None] * len(space.scenes)

        def rank(length: Length) -> tuple[int, Fraction]:
            return prefer * length[0], length[1]

        for knot in space.knots:
            found: Length | None = None
            for index in knot:
                final = self._final(index) if space.scenes[index] in endings else None
                lengths: list[Length] = [] if final is None else [(0, final)]
                for edge in space.edges[index]:
                    rest = onward[edge.to]
                    if rest is not None:
                        lengths.append((rest[0] + edge.opens, rest[1] + self._gain(edge.gain)))
                for length in lengths:
                    if found is None or rank(length) > rank(found):
                        found = length
            for index in knot:
                onward[index] = found
        begun = [found for index in space.starts if (found := onward[index]) is not None]
        return max(begun, key=rank, default=None)


class _EndingGrade:
    """Callable: the grade that the ending at a situation fixes; None elsewhere."""

    def __init__(self, space: Space) -> None:
        self._grades: dict[int, Fraction] = {}
        for index in space.finals:
            ending = space.ending_at(index)
            if ending and ending_fixes_a_grade(ending) and isinstance(ending.grade, int | float):
                self._grades[index] = exact(ending.grade)

    def __call__(self, index: int) -> Fraction | None:
        return self._grades.get(index)
