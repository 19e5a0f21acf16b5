"""The first state of an attempt."""

from scenario_engine.errors import ActionRefused, NotPlayable
from scenario_engine.play.entering import enter
from scenario_engine.rules import start_values
from scenario_engine.state import State
from scenario_engine.story import Story


def start(story: Story, seed: str, attempt: int = 1) -> State:
    """Return the state at the first screen. Raises NotPlayable when the story has no scene to start at."""
    scenario = story.scenario
    state = State(seed=seed, attempt=attempt, variables=start_values(scenario))
    try:
        enter(story, state, scenario.start or (scenario.scenes[0].id if scenario.scenes else ""))
    except ActionRefused as error:
        raise NotPlayable(str(error)) from error
    return state
