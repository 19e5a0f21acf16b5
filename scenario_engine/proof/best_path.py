"""The best path as real actions: a play that earns the greatest total, found in the space and then truly played."""

from collections.abc import Sequence
from typing import NamedTuple

from scenario_engine.actions import Action, Answer, Choose, Continue, Judged, TimeUp, Write
from scenario_engine.credits import option_credit
from scenario_engine.document import Question, Route
from scenario_engine.errors import ActionRefused
from scenario_engine.play import start
from scenario_engine.play.advance import step
from scenario_engine.proof.space import Edge, Space
from scenario_engine.proof.steps import Move
from scenario_engine.proof.units import Units
from scenario_engine.state import State
from scenario_engine.story import Story

# How many seeds are tried until chance takes the arms of the best path.
MAX_SEEDS = 300
WORDS = "(the best possible reply)"


class Leg(NamedTuple):
    """A scene and the move made there."""

    scene: str
    move: Move


def trace_best(space: Space, units: Units, best: Sequence[int | None]) -> tuple[list[Leg], str]:
    """Return the legs of a shortest play that gains `best` from the best start, and the ending it comes to."""
    starts = [index for index in space.starts if best[index] is not None]
    if not starts:
        return [], ""
    at = max(starts, key=lambda index: (best[index] or 0, -index))
    knots = _knot_numbers(space)
    legs: list[Leg] = []
    while units.finals.get(at) != best[at]:
        for edge_from, edge in _way_to_gain(space, knots, at, units, best):
            legs.append(Leg(space.scenes[edge_from], edge.move))
            at = edge.to
    return legs, space.scenes[at]


def _way_to_gain(
    space: Space, knots: list[int], at: int, units: Units, best: Sequence[int | None]
) -> list[tuple[int, Edge]]:
    """Return the fewest edges from `at` that stay on a best play and leave the knot, or end it."""
    came: dict[int, tuple[int, Edge]] = {}
    todo = [at]
    for index in todo:
        for edge in space.edges[index]:
            onward = best[edge.to]
            if onward is None or units.gains[edge.gain] + onward != best[index] or edge.to in came or edge.to == at:
                continue
            came[edge.to] = (index, edge)
            if knots[edge.to] != knots[at] or edge.to in units.finals:
                return _walk_back(came, at, edge.to)
            todo.append(edge.to)
    raise AssertionError("a best play always leaves the knot it is in")


def _knot_numbers(space: Space) -> list[int]:
    numbers = [0] * len(space.scenes)
    for number, knot in enumerate(space.knots):
        for index in knot:
            numbers[index] = number
    return numbers


def _walk_back(came: dict[int, tuple[int, Edge]], start_at: int, end: int) -> list[tuple[int, Edge]]:
    way: list[tuple[int, Edge]] = []
    while end != start_at:
        way.append(came[end])
        end = came[end][0]
    return way[::-1]


def play_legs(story: Story, legs: Sequence[Leg], ending: str) -> tuple[str, list[Action]] | None:
    """Return (seed, actions) that play the legs for real to `ending`; None when no seed tried takes the same arms."""
    tries = MAX_SEEDS if any(_is_chance(story, leg) for leg in legs) else 1
    for number in range(tries):
        seed = f"best-{number}"
        try:
            actions = _play_with(story, legs, ending, seed)
        except ActionRefused:  # longer than any attempt, say: chance has no part in it
            return None
        if actions is not None:
            return seed, actions
    return None


def _is_chance(story: Story, leg: Leg) -> bool:
    scene = story.scenes[leg.scene]
    return isinstance(scene, Route) and leg.move.rule is None and bool(scene.random or scene.draw)


def _play_with(story: Story, legs: Sequence[Leg], ending: str, seed: str) -> list[Action] | None:
    """Return the actions of the legs; None where chance leads elsewhere. Raises ActionRefused."""
    state = start(story, seed)
    played: list[Action] = []
    for leg in legs:
        if not story.has_screen(leg.scene):
            continue
        if state.scene != leg.scene:
            return None
        for action in _actions_of(story, state, leg.move):
            step(story, state, action)
            played.append(action)
        if state.stage == "reaction":
            step(story, state, Continue())
            played.append(Continue())
    return played if state.graded_at == ending else None


def _actions_of(story: Story, state: State, move: Move) -> list[Action]:
    if move.kind == "choose":
        return [Choose(move.value)]
    if move.kind == "time_up":
        return [TimeUp()]
    if move.kind == "answer":
        question = story.scenes[state.scene]
        return [Answer(_answer(question, move.value))] if isinstance(question, Question) else []
    if move.kind == "judged":
        return [Write(WORDS), Judged(dict(move.levels))]
    if move.kind == "matched":
        return [Write(WORDS), Judged(), Choose(move.value)]
    if move.kind == "unmatched":
        return [Write(WORDS), Judged()]
    return [Continue()]


def _answer(question: Question, name: str) -> list[str]:
    """Return the best or worst answer to a single or multiple question."""
    pick = max if name == "best" else min
    if question.type == "single":
        return [pick((option.id for option in question.options), key=lambda each: option_credit(question, [each]))]
    right = [option.id for option in question.options if option.right or (option.credit or 0) > 0]
    return right if name == "best" else []
