"""What one more try adds to the total, by the rules of `worth`. Vectors are numbered, so that comparing is cheap."""

from collections.abc import Hashable
from fractions import Fraction

from scenario_engine.document import Decision, Scene
from scenario_engine.proof.situations import Collected, Tries
from scenario_engine.story import Story
from scenario_engine.worth import (
    Vector,
    add_vectors,
    choice_vector,
    hub_vector,
    improve,
    retry_rate,
    scale_vector,
    value_of,
    weigh,
)

NOTHING = 0


class Gains:
    """Numbered vectors, and what trying a moment (again) adds. Number 0 is the empty vector."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._weights = weigh(story.scenario)
        self._numbers: dict[Hashable, int] = {(): NOTHING}
        self.vectors: list[Vector] = [{}]
        self.values: list[Fraction] = [Fraction(0)]
        self._improved: dict[Hashable, tuple[int, int]] = {}
        self._collected: dict[Hashable, int] = {}

    def number(self, vector: Vector) -> int:
        """Return the number of `vector`."""
        key = tuple(sorted(vector.items()))
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.vectors)
            self.vectors.append(vector)
            self.values.append(value_of(vector, self._weights))
        return found

    def add(self, one: int, other: int) -> int:
        """Return the number of two vectors together."""
        return (
            one or other
            if NOTHING in (one, other)
            else self.number(add_vectors(self.vectors[one], self.vectors[other]))
        )

    def try_moment(self, scene: Scene, before: Tries | None, vector: int) -> tuple[Tries, int]:
        """Return (what is known of the moment after this try, number of the gain)."""
        if before is None:
            return (vector, vector), vector
        first, counted = before
        key = (scene.id if scene.retry_credit is not None else "", first, counted, vector)
        if key not in self._improved:
            rate = retry_rate(self._story.scenario, scene)
            vectors = self.vectors
            after = improve(vectors[first], vectors[counted], vectors[vector], rate, self._weights)
            self._improved[key] = (self.number(after), self.number(_less(after, vectors[counted])))
        now, gain = self._improved[key]
        return (first, now), gain

    def try_hub(self, hub: Decision, before: Collected, choice: str) -> tuple[Collected, int]:
        """Return (the choices collected after this one, number of the gain)."""
        if choice in before:
            return before, NOTHING
        after = tuple(sorted((*before, choice)))
        gain = _less(self.vectors[self._collect(hub, after)], self.vectors[self._collect(hub, before)])
        return after, self.number(gain)

    def _collect(self, hub: Decision, choices: Collected) -> int:
        key = (hub.id, choices)
        if key not in self._collected:
            taken = [choice_vector(choice) for choice in hub.choices if choice.id in choices]
            self._collected[key] = self.number(hub_vector(hub, taken))
        return self._collected[key]


def _less(one: Vector, other: Vector) -> Vector:
    return add_vectors(one, scale_vector(Fraction(-1), other))
