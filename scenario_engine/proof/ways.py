"""The plays that give the least and the greatest of something at an ending, step by step, for people to read."""

from collections import deque
from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec

from scenario_engine.proof.space import Edge, Space
from scenario_engine.proof.steps import Move
from scenario_engine.proof.totals import GREATEST, LEAST, so_far
from scenario_engine.proof.units import in_units


class PathStep(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Something that was decided on the way, in `scene`.

    `kind` is choose, time_up, answer ("best" or "worst"), judged (`levels`), matched, unmatched, event, talked or arm;
    `value` the choice, sample, option of chance or exit. `facts` and `goals` came up in a role-play.
    """

    scene: str
    kind: str
    value: str = ""
    levels: dict[str, int | None] = {}
    facts: list[str] = []
    goals: list[str] = []


class Extremes(msgspec.Struct, frozen=True, kw_only=True):
    """The least and the greatest of something, and a shortest play that gives each."""

    least: Fraction
    greatest: Fraction
    least_path: list[PathStep] = []
    greatest_path: list[PathStep] = []


class Ways:
    """Plays through a space, found backwards from the endings."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._before: list[list[tuple[int, Edge]]] = [[] for _ in space.scenes]
        for index, edges in enumerate(space.edges):
            for edge in edges:
                self._before[edge.to].append((index, edge))

    def extremes(self, values: Sequence[Fraction]) -> dict[str, Extremes]:
        """Return for each ending that can be reached the extremes of what the gains are worth by `values`."""
        least, greatest = self._ends(values, LEAST), self._ends(values, GREATEST)
        return {
            ending: Extremes(
                least=low,
                least_path=low_path,
                greatest=greatest[ending][0],
                greatest_path=greatest[ending][1],
            )
            for ending, (low, low_path) in least.items()
        }

    def _ends(self, values: Sequence[Fraction], sign: int) -> dict[str, tuple[Fraction, list[PathStep]]]:
        space = self._space
        units = in_units(values, {index: values[number] for index, number in space.finals.items()})
        totals = so_far(space, units, sign)
        chosen: dict[str, tuple[int, int]] = {}
        for index, own in units.finals.items():
            total = totals[index]
            if total is None:
                continue
            known = chosen.get(space.scenes[index])
            if known is None or sign * (total + own) > sign * known[0]:
                chosen[space.scenes[index]] = total + own, index
        return {
            ending: (units.number(total), list(_steps(self._back(index, totals, units.gains), space)))
            for ending, (total, index) in chosen.items()
        }

    def _back(self, end: int, totals: Sequence[int | None], gains: Sequence[int]) -> list[tuple[int, Edge]]:
        """Return the fewest edges from a start to `end` on which every total is the extreme one."""
        starts = {index for index in self._space.starts if totals[index] == 0}
        onward: dict[int, tuple[Edge, int]] = {}
        todo, seen = deque([end]), {end}
        while todo:
            at = todo.popleft()
            if at in starts:
                return _walk(at, end, onward)
            for index, edge in self._before[at]:
                total = totals[index]
                if index not in seen and total is not None and total + gains[edge.gain] == totals[at]:
                    seen.add(index)
                    onward[index] = edge, at
                    todo.append(index)
        return []


def _walk(at: int, end: int, onward: dict[int, tuple[Edge, int]]) -> list[tuple[int, Edge]]:
    way: list[tuple[int, Edge]] = []
    while at != end:
        edge, after = onward[at]
        way.append((at, edge))
        at = after
    return way


def _steps(way: Sequence[tuple[int, Edge]], space: Space) -> Iterator[PathStep]:
    for index, edge in way:
        step = step_of(space.scenes[index], edge.move)
        if step is not None and not (step.kind == "arm" and len(space.edges[index]) == 1):
            yield step


def step_of(scene: str, move: Move) -> PathStep | None:
    """Return a move as a step, or None when nothing was decided."""
    if move.kind == "continue":
        return None
    end = move.end
    return PathStep(
        scene=scene,
        kind=move.kind,
        value=move.value,
        levels=dict(move.levels),
        facts=list(end.facts) if end else [],
        goals=list(end.goals) if end else [],
    )
