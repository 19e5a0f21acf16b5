"""What the learner's words do in a role-play: cues release facts, move the mood and meet goals. Code alone decides."""

from collections.abc import Collection

from scenario_engine.document import Roleplay
from scenario_engine.document.replies import Goal
from scenario_engine.rules import learn_facts
from scenario_engine.state import State, Talk


def heed(state: State, scene: Roleplay, cues: Collection[str], *, moves_mood: bool = True) -> list[str]:
    """Let cues take effect and return the facts that they released now, in authored order."""
    talk = state.talks[-1]
    released = [release.fact for release in scene.releases if release.on.cue in cues]
    fresh = [fact for fact in dict.fromkeys(released) if fact not in talk.released]
    talk.released += fresh
    learn_facts(state, fresh)
    if moves_mood:
        move_mood(scene, talk, cues)
    note_goals(state, scene, cues)
    return fresh


def move_mood(scene: Roleplay, talk: Talk, cues: Collection[str]) -> bool:
    """Take the first move out of the present mood whose cue was seen; at most one a turn. Say whether there was one."""
    for move in scene.moods.moves if scene.moods else []:
        if move.from_ == talk.mood and move.on.cue in cues:
            talk.mood = move.to
            return True
    return False


def note_facts(state: State) -> None:
    """Count what was learned in scenes inside the role-play as come up in it."""
    talk = state.talks[-1]
    talk.released += [fact for fact in state.facts if fact not in talk.knew and fact not in talk.released]
    talk.knew = list(state.facts)


def note_goals(state: State, scene: Roleplay, cues: Collection[str] = ()) -> None:
    """Note the goals that are met now."""
    talk = state.talks[-1]
    for goal in scene.goals:
        if goal.id not in talk.goals and _is_met(goal, talk, cues):
            meet_goal(state, scene, goal)


def meet_goal(state: State, scene: Roleplay, goal: Goal) -> None:
    """Note that a goal is met, in this conversation and for conditions of later scenes."""
    state.talks[-1].goals.append(goal.id)
    name = f"{scene.id}.{goal.id}"
    if name not in state.goals:
        state.goals.append(name)


def _is_met(goal: Goal, talk: Talk, cues: Collection[str]) -> bool:
    by = goal.met_by
    if by.released and all(fact in talk.released for fact in by.released):
        return True
    return by.cue is not None and by.cue in cues
