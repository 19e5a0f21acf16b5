"""How a role-play can end: by which exit, with which facts released and which goals met.

What is said is not followed turn by turn. Any cue may be seen or missed, so every set of facts and goals that later
conditions ask about is tried with every exit that can go with it. This never leaves out what can happen in play; it
may try an end that takes more turns than there are.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple, TypeVar

from scenario_engine.document import Roleplay
from scenario_engine.document.replies import Goal
from scenario_engine.errors import BoundReached

T = TypeVar("T")

# A role-play whose facts and goals combine in more ways than this cannot be searched.
MAX_ENDS = 1_024


class TalkEnd(NamedTuple):
    """One end of a role-play: `exit` is goals, turns or learner; `goals` are named “scene.goal”."""

    exit: str
    facts: tuple[str, ...]
    goals: tuple[str, ...]


def ends_of(scene: Roleplay, asked_facts: set[str], asked_goals: set[str], learned_inside: set[str]) -> list[TalkEnd]:
    """Return every end of `scene` that differs in what is asked about later.

    `learned_inside` are the facts that scenes inside the role-play can teach: they may come up in it too.
    """
    facts = [fact for fact in dict.fromkeys(each.fact for each in scene.releases) if fact in asked_facts]
    goals = [goal for goal in scene.goals if f"{scene.id}.{goal.id}" in asked_goals]
    if 2 ** (len(facts) + len(goals)) > MAX_ENDS:
        raise BoundReached(MAX_ENDS)
    possible = {release.fact for release in scene.releases} | learned_inside
    return [
        TalkEnd(way, released, tuple(f"{scene.id}.{goal.id}" for goal in met))
        for released in _subsets(facts)
        for met in _subsets(goals)
        if all(_fits(goal, goal in met, set(released), set(facts), possible) for goal in goals)
        for way in _exits(scene, _count(scene, goals, len(met), possible))
    ]


def can_be_met(goal: Goal, possible_facts: set[str]) -> bool:
    """Return whether anything can meet a goal, when these facts can come up."""
    by = goal.met_by
    return by.learner or by.cue is not None or bool(by.released and set(by.released) <= possible_facts)


def _fits(goal: Goal, is_met: bool, released: set[str], asked: set[str], possible: set[str]) -> bool:
    """Return whether a goal can be as it is said to be, with exactly these of the asked facts released."""
    by = goal.met_by
    if is_met:
        by_facts = bool(by.released) and set(by.released) <= possible and not (set(by.released) & asked) - released
        return by.learner or by.cue is not None or by_facts
    return not (by.released and set(by.released) <= released)


def _count(scene: Roleplay, asked: list[Goal], met: int, possible: set[str]) -> tuple[int, int]:
    """Return the least and the greatest number of goals met: those nobody asks about may be met or not."""
    free = sum(can_be_met(goal, possible) for goal in scene.goals if goal not in asked)
    return met, met + free


def _exits(scene: Roleplay, met: tuple[int, int]) -> Iterator[str]:
    wanted = scene.ends.goals
    if wanted is not None and met[1] >= wanted and scene.exits.goals:
        yield "goals"
    if wanted is None or met[0] < wanted:
        if scene.exits.turns:
            yield "turns"
        if scene.exits.learner and scene.ends.learner_may_end_after <= scene.ends.turns:
            yield "learner"


def _subsets(things: list[T]) -> Iterator[tuple[T, ...]]:
    for size in range(len(things) + 1):
        yield from combinations(things, size)
