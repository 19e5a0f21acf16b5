"""How an attempt is played rather than what is done in it: who speaks for characters, and whether time runs."""

from scenario_engine.actions import Arranged
from scenario_engine.document import Decision
from scenario_engine.errors import ActionRefused
from scenario_engine.state import State


def arrange(state: State, action: Arranged) -> None:
    """Take over the host's settings; None leaves one as it is."""
    if action.voice is not None:
        state.voice = action.voice
    if action.time_factor is not None:
        state.time_factor = float(action.time_factor)


def switch_clock(state: State, scene: object, on: bool) -> None:
    """Switch time limits off or on for this attempt. Raises ActionRefused where the author keeps the clock."""
    if not isinstance(scene, Decision) or scene.timed is None or state.stage != "scene":
        raise ActionRefused("play.not-offered", "No time is running here.")
    if not scene.timed.learner_may_switch_off:
        raise ActionRefused("play.not-offered", "The time limit belongs to this exercise.")
    state.hurry = on


def seconds_for(state: State, scene: Decision) -> int | None:
    """Return the seconds this learner has at a decision; None without a time limit."""
    if scene.timed is None or state.time_factor == 0:
        return None
    return max(1, round(scene.timed.seconds * state.time_factor))


def time_runs(state: State, scene: Decision) -> bool:
    """Return whether the clock of a decision is running."""
    if seconds_for(state, scene) is None or state.stage != "scene" or scene.timed is None:
        return False
    return state.hurry or not scene.timed.learner_may_switch_off
