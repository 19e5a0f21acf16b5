"""Taking a choice: its effects, then its reaction, then the way on."""

from scenario_engine.document import Choice, Decision
from scenario_engine.errors import ActionRefused
from scenario_engine.play.entering import enter
from scenario_engine.rules import apply_effects, spoken_beats
from scenario_engine.state import State
from scenario_engine.story import Story


def choose_choice(story: Story, state: State, scene: Decision, choice_id: str, by_clock: bool = False) -> None:
    """Take the choice. Raises ActionRefused when it is not offered in this visit."""
    visit = state.trail[-1]
    choice = _find_choice(scene, choice_id)
    if choice is None or (choice_id not in visit.offered and not by_clock):
        raise ActionRefused("play.not-offered", f"“{choice_id}” is not offered here.")
    visit.took = choice.id
    state.chosen[choice.id] = state.chosen.get(choice.id, 0) + 1
    apply_effects(story.scenario, state, choice.add, choice.set, choice.learn)
    visit.reaction = spoken_beats(choice.then, state)
    if visit.reaction or _has_note(story, scene, choice):
        state.stage, state.target = "reaction", choice.goto
    else:
        enter(story, state, choice.goto)


def _find_choice(scene: Decision, choice_id: str) -> Choice | None:
    for choice in scene.choices:
        if choice.id == choice_id:
            return choice
    return None


def _has_note(story: Story, scene: Decision, choice: Choice) -> bool:
    return bool(choice.feedback or choice.better) and shows_feedback_at_once(story, scene)


def shows_feedback_at_once(story: Story, scene: Decision) -> bool:
    """Return whether this scene's feedback comes at once rather than in the debrief."""
    return (scene.feedback or story.scenario.scoring.feedback) == "at_once"
