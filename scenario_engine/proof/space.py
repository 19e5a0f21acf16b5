"""The space of situations: everything that can happen in a story, each situation once, up to a stated bound."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from scenario_engine.document import Ending
from scenario_engine.errors import BoundReached, NotPlayable
from scenario_engine.links import first_scene, scene_graph
from scenario_engine.proof.components import Walk, walk
from scenario_engine.proof.gains import Gains
from scenario_engine.proof.moves import Moves
from scenario_engine.proof.remembered import Memory, remember
from scenario_engine.proof.situations import Situation
from scenario_engine.proof.steps import Move
from scenario_engine.story import Story

DEFAULT_BOUND = 200_000
# A situation that remembers a thousand tries takes as long as a hundred that remember ten.
VALUES_PER_SITUATION = 10


# (least, greatest) total by ending.
Ranges = Mapping[str, tuple[Fraction, Fraction]]


class Edge(NamedTuple):
    """A step between two situations. `gain` is the number of a vector, `opens` 1 when a moment is new."""

    move: Move
    gain: int
    to: int
    chance: float
    opens: int


class Space:
    """Situations by index. `finals` has the gain of reaching the ending at a situation; `starts` where play begins."""

    def __init__(self, story: Story, gains: Gains) -> None:
        self.story, self.gains = story, gains
        self.scenes: list[str] = []
        self.edges: list[list[Edge]] = []
        self.finals: dict[int, int] = {}
        self.starts: list[int] = []
        # Places where a learner can get stuck: (situation, why), to be reported and never to be published.
        self.stuck: list[int] = []
        # What `totals` found for each ending, by the values of the gains.
        self.ranges: dict[tuple[Fraction, ...], Ranges] = {}

    @cached_property
    def walk(self) -> Walk:
        """One walk through all situations; an end is an ending, or where a learner gets stuck."""
        return walk([[to for _, _, to, _, _ in edges] for edges in self.edges], (), [*self.finals, *self.stuck])

    @property
    def knots(self) -> list[list[int]]:
        """The knots of situations that lead to one another, each after every one it leads to.

        Inside a knot nothing can be gained: a gain changes what is remembered of its moment (or of a hub) for good,
        and as long as the moment can be met again that is part of the situation, so the way back does not exist.
        Hence no cycle has a gain, positive or negative, and longest and shortest paths are exact in one pass.
        """
        return self.walk.knots

    def ending_at(self, index: int) -> Ending | None:
        """Return the ending that a situation is at."""
        scene = self.story.scenes[self.scenes[index]]
        return scene if isinstance(scene, Ending) else None


def explore(
    story: Story,
    bound: int = DEFAULT_BOUND,
    *,
    scored: bool = True,
    graph: Mapping[str, Sequence[str]] | None = None,
) -> Space:
    """Return all situations of a story; without `scored`, those that differ in the story itself, whatever was earned.

    Raises BoundReached when there are more than `bound` (or together they remember more than `VALUES_PER_SITUATION`
    times as many values), NotPlayable when the story has a scene that no search knows.
    `graph` (of `links.scene_graph`) saves a walk where it is known already.
    """
    first = first_scene(story.scenario)
    if first not in story.scenes:
        raise NotPlayable("The story has no scene to start at.")
    memory = remember(story.scenario, graph or scene_graph(story.scenario), scored=scored)
    return _Explorer(story, bound, memory, scored).explore(first)


class _Explorer:
    def __init__(self, story: Story, bound: int, memory: Memory, scored: bool) -> None:
        self._space = Space(story, Gains(story))
        self._moves = Moves(story, self._space.gains, memory, scored=scored)
        self._memory = memory
        self._sizes = {id(kept): kept.size for kept in memory.at.values()}
        self._bound = bound
        self._values_left = bound * VALUES_PER_SITUATION
        self._found: dict[Situation, int] = {}
        self._todo: list[tuple[int, Situation]] = []

    def explore(self, first: str) -> Space:
        space = self._space
        for attempt in range(1, self._memory.attempts + 1):
            begun = self._moves.begin(attempt, first)
            if begun is not None and (index := self._place(begun)) not in space.starts:
                space.starts.append(index)
        while self._todo:
            index, situation = self._todo.pop()
            ending = space.ending_at(index)
            if ending is not None:
                space.finals[index] = self._moves.final_gain(situation, ending)
                continue
            edges = space.edges[index]
            for move, gain, after, chance, opens in self._moves.of(situation):
                if after is not None:
                    edges.append(Edge(move, gain, self._place(after), chance, opens))
            if not edges:
                space.stuck.append(index)
        return space

    def _place(self, situation: Situation) -> int:
        index = self._found.get(situation)
        if index is None:
            index = self._found[situation] = len(self._space.scenes)
            self._values_left -= self._sizes[id(self._memory.at[situation.scene])]
            if index >= self._bound or self._values_left < 0:
                raise BoundReached(self._bound, earned=self._memory.earned)
            self._space.scenes.append(situation.scene)
            self._space.edges.append([])
            self._todo.append((index, situation))
        return index
