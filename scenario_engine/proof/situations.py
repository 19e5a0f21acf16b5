"""A situation: where a play stands, with nothing that no rule ahead can ask about. A `World` for the rules of play."""

from collections.abc import Hashable
from typing import TypeVar

from scenario_engine.proof.remembered import Remembered
from scenario_engine.rules import Value

V = TypeVar("V")

# What was met of a moment: the numbers (in `gains`) of its first vector and of what counts; at a hub, the choices.
Tries = tuple[int, int]
Collected = tuple[str, ...]


class Situation:
    """A play at the moment of arriving at `scene`; `tries` and `collected` have the moments that can be met again."""

    __slots__ = (
        "attempt",
        "chosen",
        "collected",
        "drawn",
        "facts",
        "goals",
        "left",
        "levels",
        "opened",
        "scene",
        "then",
        "tries",
        "variables",
        "visits",
    )

    def __init__(self) -> None:
        self.scene = ""
        self.attempt = 1
        self.variables: dict[str, Value] = {}
        self.facts: list[str] = []
        self.goals: list[str] = []
        self.chosen: dict[str, int] = {}
        self.visits: dict[str, int] = {}
        self.levels: dict[str, int | None] = {}
        self.tries: dict[str, Tries] = {}
        self.collected: dict[str, Collected] = {}
        # A draw under way: what may still be drawn, how many times, and where it leads then.
        self.drawn: tuple[str, ...] = ()
        self.left = 0
        self.then = ""
        # Whether the step that led here met a moment for the first time. It belongs to the step, not to the key.
        self.opened = 0

    def fork(self) -> "Situation":
        """Return a copy that can be changed."""
        new = Situation()
        new.scene, new.attempt = self.scene, self.attempt
        new.variables, new.facts = self.variables.copy(), self.facts.copy()
        new.chosen, new.visits = self.chosen.copy(), self.visits.copy()
        new.levels, new.goals = self.levels.copy(), self.goals.copy()
        new.tries, new.collected = self.tries.copy(), self.collected.copy()
        new.drawn, new.left, new.then = self.drawn, self.left, self.then
        return new

    def settle(self, kept: Remembered, visit_limits: dict[str, int]) -> Hashable:
        """Drop what is no longer asked about and return the key: equal keys have equal futures."""
        variables, visits = self.variables, self.visits
        self.variables = {name: variables[name] for name in kept.variables if name in variables}
        self.facts = [fact for fact in kept.facts if fact in self.facts] if kept.facts else []
        self.chosen = _keep(self.chosen, kept.chosen)
        self.visits = {name: min(visits[name], visit_limits[name]) for name in kept.visits if name in visits}
        self.levels = _keep(self.levels, kept.levels)
        self.tries = _keep(self.tries, kept.moments)
        self.collected = _keep(self.collected, kept.moments)
        return (
            self.scene,
            self.attempt if kept.attempt else 0,
            tuple(self.variables.values()),
            tuple(self.facts),
            tuple(self.chosen),
            tuple(self.visits.items()),
            tuple(self.levels.items()),
            tuple(self.tries.items()),
            tuple(self.collected.items()),
            (self.drawn, self.left, self.then) if self.left or self.then else (),
        )


def _keep(found: dict[str, V], names: tuple[str, ...]) -> dict[str, V]:
    return {name: found[name] for name in names if name in found} if found and names else {}
