"""How a role-play can go: what may have come up in it by then, and by which exit it ends.

What is said is not followed turn by turn. Any cue may be seen or missed, so every set of facts and goals that later
conditions ask about is tried with every exit that can go with it. This never leaves out what can happen in play; it
may try an end that takes more turns than there are.
"""

from collections.abc import Collection, Iterator, Sequence, Set
from itertools import combinations
from typing import NamedTuple, TypeVar

from scenario_engine.document import Roleplay
from scenario_engine.document.replies import Goal, RoleplayEvent
from scenario_engine.errors import BoundReached

T = TypeVar("T")

# A role-play whose facts and goals combine in more ways than this cannot be searched.
MAX_ENDS = 1_024


class TalkEnd(NamedTuple):
    """One end of a role-play: `exit` is goals, turns or learner, "" where it only goes on after an event.

    `goals` are named “scene.goal”.
    """

    exit: str
    facts: tuple[str, ...]
    goals: tuple[str, ...]


class Talks:
    """What can come of one role-play, as far as later conditions ask about it.

    `learned_inside` are the facts that scenes inside the role-play can teach: they may come up in it too.
    """

    def __init__(self, scene: Roleplay, asked_facts: Set[str], asked_goals: Set[str], learned_inside: Set[str]) -> None:
        self._scene = scene
        self._facts = [fact for fact in dict.fromkeys(each.fact for each in scene.releases) if fact in asked_facts]
        self._goals = [goal for goal in scene.goals if f"{scene.id}.{goal.id}" in asked_goals]
        if 2 ** (len(self._facts) + len(self._goals)) > MAX_ENDS:
            raise BoundReached(MAX_ENDS)
        self._possible = {release.fact for release in scene.releases} | learned_inside
        self.interruptions = [TalkEnd("", facts, self._named(met)) for facts, met in self._come_up()]
        self.ends = [
            TalkEnd(way, facts, self._named(met))
            for facts, met in self._come_up()
            for way in _exits(scene, self._count(facts, len(met)))
        ]
        self.silent_ends = list(self._silent_ends())

    def _come_up(self) -> Iterator[tuple[tuple[str, ...], tuple[Goal, ...]]]:
        for released in _subsets(self._facts):
            for met in _subsets(self._goals):
                if all(self._fits(goal, goal in met, released) for goal in self._goals):
                    yield released, met

    def _silent_ends(self) -> Iterator[TalkEnd]:
        """Yield the ends before the first word: the learner ticks goals, or leaves where that is open at once."""
        ticked = [goal for goal in self._scene.goals if goal.met_by.learner]
        for met in _subsets([goal for goal in self._goals if goal in ticked]):
            free = sum(goal not in self._goals for goal in ticked)
            for way in _exits(self._scene, (len(met), len(met) + free)):
                if way == "goals" or (way == "learner" and self._scene.ends.learner_may_end_after == 0):
                    yield TalkEnd(way, (), self._named(met))

    def _named(self, goals: Sequence[Goal]) -> tuple[str, ...]:
        return tuple(f"{self._scene.id}.{goal.id}" for goal in goals)

    def _count(self, released: tuple[str, ...], met: int) -> tuple[int, int]:
        """Return the least and the greatest number of goals met: those nobody asks about are free within reason."""
        others = [goal for goal in self._scene.goals if goal not in self._goals]
        surely = sum(not self._fits(goal, False, released) for goal in others)
        return met + surely, met + sum(self._fits(goal, True, released) for goal in others)

    def _fits(self, goal: Goal, is_met: bool, released: tuple[str, ...]) -> bool:
        """Return whether a goal can be as it is said to be, with exactly these of the asked facts released."""
        by, known = goal.met_by, set(released)
        if is_met:
            by_facts = bool(by.released) and set(by.released) <= self._possible
            by_facts = by_facts and set(by.released) & set(self._facts) <= known
            return by.learner or by.cue is not None or by_facts
        return not (by.released and set(by.released) <= known)


def can_be_met(goal: Goal, possible_facts: set[str]) -> bool:
    """Return whether anything can meet a goal, when these facts can come up."""
    by = goal.met_by
    return by.learner or by.cue is not None or bool(by.released and set(by.released) <= possible_facts)


def can_happen(scene: Roleplay, event: RoleplayEvent) -> bool:
    """Return whether there are turns enough for an event."""
    return (event.at.turn or 1) <= scene.ends.turns


def can_end(scene: Roleplay, happened: Collection[str], way: str) -> bool:
    """Return whether an exit, after a word at least, goes with the events that have happened or not."""
    decisive = [event for event in scene.events if event.then == "decide"]
    # What happens in the last turn is followed by the end, not by a learner who might leave.
    if way == "learner" and any(e.id in happened and (e.at.turn or 1) >= scene.ends.turns for e in decisive):
        return False
    return not any(_has_come_by(scene, event, way) for event in decisive if event.id not in happened)


def _has_come_by(scene: Roleplay, event: RoleplayEvent, way: str) -> bool:
    """Return whether an event has surely happened before an exit: it waits for no mood, and others have had their turn.

    One event answers a turn; each of the others may have taken one of this event's.
    """
    turns = {"turns": scene.ends.turns, "learner": max(1, scene.ends.learner_may_end_after), "goals": 1}[way]
    return event.at.mood is None and (event.at.turn or 1) + len(scene.events) - 1 <= turns


def _exits(scene: Roleplay, met: tuple[int, int]) -> Iterator[str]:
    wanted = scene.ends.goals
    if wanted is not None and met[1] >= wanted and scene.exits.goals:
        yield "goals"
    if wanted is None or met[0] < wanted:
        if scene.exits.turns:
            yield "turns"
        # After the last turn it is over by itself.
        if scene.exits.learner and scene.ends.learner_may_end_after < scene.ends.turns:
            yield "learner"


def _subsets(things: list[T]) -> Iterator[tuple[T, ...]]:
    for size in range(len(things) + 1):
        yield from combinations(things, size)
