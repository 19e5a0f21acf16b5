"""The role-plays that are going on: beginning one, interrupting it for a scene inside, and leaving it."""

import msgspec

from scenario_engine.conversation import OPENING
from scenario_engine.document import Roleplay, Scene
from scenario_engine.rules import spoken_beats
from scenario_engine.state import State, Talk, Turn, Visit


def begin_talk(state: State, scene: Roleplay, visit: Visit) -> None:
    """Begin the conversation of a visit that has just been made; its opening is said at once."""
    mood = scene.moods.start if scene.moods else ""
    state.talks.append(Talk(scene=scene.id, first=visit.seq, mood=mood, knew=list(state.facts)))
    beats = spoken_beats(scene.opening, state)
    if beats:
        visit.turns.append(Turn(by="event", line=OPENING, mood=mood, beats=beats))


def leave_talks(state: State, scene: Scene) -> None:
    """Drop the conversations that `scene` is not inside of: a way on has led out of them before their end."""
    while state.talks and scene.inside != state.talks[-1].scene:
        talk = state.talks.pop()
        index = max(i for i, visit in enumerate(state.trail) if is_part(visit, talk))
        # Older visits are shared between states, so the last part is replaced rather than changed.
        state.trail[index] = msgspec.structs.replace(state.trail[index], ended="left", assessed=False)


def is_part(visit: Visit, talk: Talk) -> bool:
    """Return whether a visit is part of a conversation."""
    return visit.scene == talk.scene and (visit.seq if visit.resumes is None else visit.resumes) == talk.first


def settle(state: State, scene: Roleplay) -> None:
    """See whether the conversation has come to an end. The learner reads the answer first, then goes on."""
    talk = state.talks[-1]
    if scene.ends.goals is not None and len(talk.goals) >= scene.ends.goals:
        state.trail[-1].ended = "goals"
    elif talk.turns >= scene.ends.turns:
        state.trail[-1].ended = "turns"
    if state.trail[-1].ended:
        state.stage = "reaction"


def fork_talk(talk: Talk) -> Talk:
    """Return a copy that can be changed."""
    return msgspec.structs.replace(
        talk,
        goals=list(talk.goals),
        released=list(talk.released),
        knew=list(talk.knew),
        said=list(talk.said),
        happened=list(talk.happened),
    )
