"""Everything that can come of words that somebody reads: every reading that makes a difference, once per scene."""

from collections.abc import Sequence, Set
from itertools import product
from math import prod
from typing import NamedTuple

from scenario_engine.document import Reply, Roleplay
from scenario_engine.document.replies import Sample
from scenario_engine.errors import BoundReached
from scenario_engine.proof.gains import Gains
from scenario_engine.story import Story
from scenario_engine.worth import add_vectors, best_level, criterion_maximum, criterion_vector

# Words with more combinations of levels than this cannot be searched.
MAX_LEVEL_COMBINATIONS = 8_000

Levels = tuple[tuple[str, int | None], ...]


class Reading(NamedTuple):
    """One way in which words are read: `kind` is judged, matched (to a sample) or unmatched.

    `vector` is the number of what it is worth; None where it is no try at the moment.
    """

    kind: str
    levels: Levels = ()
    sample: Sample | None = None
    vector: int | None = None


class Words:
    """The readings of the replies and role-plays of a story."""

    def __init__(self, story: Story, gains: Gains, asked_levels: Set[str]) -> None:
        self._story, self._gains, self._asked = story, gains, asked_levels
        self._known: dict[str, Sequence[Reading]] = {}

    def read(self, scene: Reply | Roleplay) -> Sequence[Reading]:
        """Return every reading of a scene that differs in points or in what conditions ask about."""
        if scene.id not in self._known:
            self._known[scene.id] = [*self._judged(scene), *self._unassessed(scene)]
        return self._known[scene.id]

    def _judged(self, scene: Reply | Roleplay) -> list[Reading]:
        names = [use.use for use in scene.criteria]
        levels = [self._levels_to_try(scene, name) for name in names]
        if prod(map(len, levels)) > MAX_LEVEL_COMBINATIONS:
            raise BoundReached(MAX_LEVEL_COMBINATIONS)
        combinations = [tuple(zip(names, each, strict=True)) for each in product(*levels)] if names else []
        return [Reading("judged", each, None, self._worth(scene, each)) for each in combinations]

    def _levels_to_try(self, scene: Reply | Roleplay, criterion: str) -> Sequence[int | None]:
        """Return all levels where a condition asks for them, else the best and the worst."""
        if f"{scene.id}.{criterion}" in self._asked:
            return (4, 3, 2, 1, 0, None)
        definition = self._story.scenario.criteria.get(criterion)
        values = definition.values if definition else (0, 0, 0, 0, 1)
        return tuple(dict.fromkeys((best_level(self._story.scenario, criterion), values.index(min(values)))))

    def _worth(self, scene: Reply | Roleplay, levels: Levels) -> int | None:
        given = [(name, level) for name, level in levels if level is not None]
        vectors = [criterion_vector(self._story.scenario, scene, name, level) for name, level in given]
        return self._gains.number(add_vectors(*vectors)) if given else None

    def _unassessed(self, scene: Reply | Roleplay) -> list[Reading]:
        ways: list[Sample | None] = [None]
        if scene.if_not_assessed is not None:
            ways = [*scene.if_not_assessed.samples]
        kind = "unmatched" if ways == [None] else "matched"
        return [Reading(kind, (), way, vector) for vector in self.read_later(scene) for way in ways]

    def read_later(self, scene: Reply | Roleplay) -> Sequence[int | None]:
        """Return what words that nothing assessed may be worth: a coach who must confirm them still reads them."""
        return [self._most(scene), 0] if scene.counts == "confirmed" and scene.criteria else [None]

    def _most(self, scene: Reply | Roleplay) -> int:
        most = [criterion_maximum(self._story.scenario, scene, use.use) for use in scene.criteria]
        return self._gains.number(add_vectors(*most))
