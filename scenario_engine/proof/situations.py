"""A situation: where a play stands, and of its past only what some rule ahead can ask about."""

from collections.abc import Hashable, Mapping
from typing import NamedTuple, TypeVar

from scenario_engine.proof.remembered import Remembered
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


class Past:
    """What is remembered of a play: a `World` for the rules of play.

    One that belongs to a situation is settled, and never changes again (see `Pasts`). A draft may, by putting other
    lists and dicts in the place of those it shares with the past it was copied from.
    """

    __slots__ = (
        "attempt",
        "chosen",
        "collected",
        "draws",
        "facts",
        "goals",
        "is_settled",
        "levels",
        "talks",
        "tries",
        "variables",
        "visits",
    )

    def __init__(self, attempt: int, variables: dict[str, Value]) -> None:
        self.attempt = attempt
        self.variables = variables
        self.facts: list[str] = []
        self.goals: list[str] = []
        self.chosen: dict[str, int] = {}
        self.visits: dict[str, int] = {}
        self.levels: dict[str, int | None] = {}
        # Of the moments that can be met again.
        self.tries: dict[str, Tries] = {}
        self.collected: dict[str, Collected] = {}
        # Draws and role-plays under way, the innermost last.
        self.draws: tuple[Draws, ...] = ()
        self.talks: tuple[Talking, ...] = ()
        self.is_settled = False

    def draft(self) -> "Past":
        """Return one that may be changed: this, unless it belongs to a situation."""
        return self.copy() if self.is_settled else self

    def copy(self) -> "Past":
        """Return a draft that remembers the same."""
        new = Past(self.attempt, self.variables)
        new.facts, new.goals, new.chosen, new.visits = self.facts, self.goals, self.chosen, self.visits
        new.levels, new.tries, new.collected = self.levels, self.tries, self.collected
        new.draws, new.talks = self.draws, self.talks
        return new

    def keep(self, kept: Remembered, visit_limits: Mapping[str, int]) -> Hashable:
        """Drop what is not `kept` and return the rest as a key: of two with the same `kept`, equal keys are alike."""
        self.variables = _only(kept.variables, self.variables)
        self.chosen = _only(kept.chosen, self.chosen)
        self.levels = _only(kept.levels, self.levels)
        self.tries = _only(kept.moments, self.tries)
        self.collected = _only(kept.moments, self.collected)
        visits = _only(kept.visits, self.visits)
        self.visits = {name: min(count, visit_limits[name]) for name, count in visits.items()} if visits else visits
        self.facts = [fact for fact in kept.facts if fact in self.facts] if self.facts else self.facts
        self.goals = [goal for goal in kept.goals if goal in self.goals] if self.goals else self.goals
        key: list[Hashable] = [self.draws, self.talks, *self.variables.values()]
        # With the same `kept`, the same parts of the key are there.
        if kept.moments:
            key += tuple(self.tries.items()), tuple(self.collected.items())
        if kept.facts:
            key.append(tuple(self.facts))
        if kept.chosen:
            key.append(tuple(self.chosen))
        if kept.visits:
            key.append(tuple(self.visits.items()))
        if kept.levels:
            key.append(tuple(self.levels.items()))
        if kept.goals:
            key.append(tuple(self.goals))
        if kept.attempt:
            key.append(self.attempt)
        return tuple(key)


def _only(names: tuple[str, ...], found: dict[str, V]) -> dict[str, V]:
    """Return what of `found` has one of these names, in their order."""
    if not found or tuple(found) == names:
        return found
    return {name: found[name] for name in names if name in found} if names else {}


class Situation(NamedTuple):
    """A play at the moment of arriving at `scene`. Equal situations have equal futures."""

    scene: str
    past: Past
