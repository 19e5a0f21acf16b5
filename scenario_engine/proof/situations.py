"""A situation: where a play stands, with nothing that no rule ahead can ask about. A `World` for the rules of play."""

from collections.abc import Hashable, Mapping
from typing import NamedTuple, TypeVar

from scenario_engine.proof.remembered import NOTHING_KEPT, Remembered
from scenario_engine.rules import Value

V = TypeVar("V")

# What was met of a moment: the numbers (in `gains`) of its first vector and of what counts; at a hub, the choices.
Tries = tuple[int, int]
Collected = tuple[str, ...]


class Draws(NamedTuple):
    """A draw under way: what may still be drawn, how many times, and where it leads then."""

    route: str
    pool: tuple[str, ...]
    left: int
    then: str


class Talking(NamedTuple):
    """A role-play under way, the events that have interrupted it, and what had come up in it by then."""

    scene: str
    happened: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()

    def leads_to(self, facts: tuple[str, ...], goals: tuple[str, ...]) -> bool:
        """Return whether these may have come up later on: what was said is not unsaid."""
        return set(self.facts) <= set(facts) and set(self.goals) <= set(goals)


class Situation:
    """A play at the moment of arriving at `scene`; `tries` and `collected` have the moments that can be met again."""

    __slots__ = (
        "attempt",
        "chosen",
        "collected",
        "draws",
        "facts",
        "goals",
        "levels",
        "opened",
        "scene",
        "talks",
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
        # Draws and role-plays under way, the innermost last.
        self.draws: tuple[Draws, ...] = ()
        self.talks: tuple[Talking, ...] = ()
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
        new.draws, new.talks = self.draws, self.talks
        return new

    def settle(self, kept: Remembered, visit_limits: Mapping[str, int]) -> Hashable:
        """Drop what is no longer asked about and return the key: equal keys have equal futures."""
        if kept is NOTHING_KEPT:
            self._forget()
            return (self.scene, self.draws, self.talks) if self.draws or self.talks else self.scene
        variables, visits = self.variables, self.visits
        self.variables = {name: variables[name] for name in kept.variables if name in variables}
        self.facts = [fact for fact in kept.facts if fact in self.facts] if kept.facts else []
        self.chosen = _keep(self.chosen, kept.chosen)
        self.visits = {name: min(visits[name], visit_limits[name]) for name in kept.visits if name in visits}
        self.levels = _keep(self.levels, kept.levels)
        self.goals = [goal for goal in kept.goals if goal in self.goals] if kept.goals else []
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
            tuple(self.goals),
            self.draws,
            self.talks,
        )

    def _forget(self) -> None:
        self.variables, self.facts, self.chosen, self.visits = {}, [], {}, {}
        self.levels, self.tries, self.collected, self.goals = {}, {}, {}, []


def _keep(found: dict[str, V], names: tuple[str, ...]) -> dict[str, V]:
    return {name: found[name] for name in names if name in found} if found and names else {}
