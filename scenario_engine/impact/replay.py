"""Replaying what an attempt recorded on a version: the state it comes to, or the action that is refused there."""

from collections.abc import Sequence

import msgspec

from scenario_engine.actions import Action
from scenario_engine.errors import ActionRefused, NotPlayable
from scenario_engine.play import advance, start
from scenario_engine.state import State
from scenario_engine.story import Story


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """Where a replay came to. `refused` is the number of the action (1 for the first) that was refused, 0 for none."""

    state: State | None
    refused: int = 0
    why: str = ""
    scene: str = ""


def replay(story: Story, seed: str, attempt: int, actions: Sequence[Action]) -> Replayed:
    """Return what the recorded actions come to on a story."""
    try:
        state = start(story, seed, attempt)
    except NotPlayable as error:
        return Replayed(state=None, why=str(error))
    for number, action in enumerate(actions, start=1):
        try:
            state = advance(story, state, action)
        except ActionRefused as error:
            return Replayed(state=None, refused=number, why=str(error), scene=state.scene)
    return Replayed(state=state)
