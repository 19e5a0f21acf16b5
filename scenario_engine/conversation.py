"""A role-play's conversation as plain turns, for whoever reads it: a judge, a coach, a model that speaks."""

import msgspec

from scenario_engine.document import Roleplay
from scenario_engine.document.replies import SpokenLine
from scenario_engine.document.shared import Beat
from scenario_engine.state import State, Turn, Visit
from scenario_engine.story import Story

# The name of the turn that holds what is said before the learner's first.
OPENING = "opening"


class Spoken(msgspec.Struct, frozen=True):
    """One thing said: `who` is a cast id ("" for narration), `by_model` whether a model made it up."""

    who: str
    text: str
    mood: str = ""
    is_learner: bool = False
    by_model: bool = False


def words_to_judge(state: State) -> str:
    """Return what the learner wrote in the visit that is going on: a reply, or the turns of a role-play, one a line."""
    turns = (turn for visit in parts_of(state, state.trail[-1]) for turn in visit.turns if turn.by == "learner")
    return state.trail[-1].text or "\n".join(turn.text for turn in turns)


def conversation_of(story: Story, state: State, visit: Visit | None = None) -> list[Spoken]:
    """Return everything said in the role-play that `visit` (else the present one) is part of, in order."""
    last = visit or state.trail[-1]
    scene = story.scenes.get(last.scene)
    if not isinstance(scene, Roleplay):
        return []
    return [said for part in stretch_of(story, state, last) for said in _said_in(story, scene, part)]


def _said_in(story: Story, scene: Roleplay, visit: Visit) -> list[Spoken]:
    if visit.scene == scene.id:
        return [said for turn in visit.turns for said in spoken_in(scene, turn)]
    choice = story.choices[visit.took][1]
    answer = (Spoken(beat.who or "", beat.text, beat.mood or "") for beat in choice.then if beat.id in visit.reaction)
    return [Spoken(scene.plays.learner, choice.text, is_learner=True), *answer]


def stretch_of(story: Story, state: State, visit: Visit) -> list[Visit]:
    """Return the parts of the conversation of `visit`, and between them the decisions that were called and taken."""
    parts = parts_of(state, visit)
    first, last = state.trail.index(parts[0]), state.trail.index(parts[-1]) + 1
    if any(talk.scene == visit.scene and talk.first == parts[0].seq for talk in state.talks):
        last = max(last, len(state.trail) - 1)  # still going on: the scene on screen now tells its own story
    return [
        each
        for each in state.trail[first:last]
        if each in parts or (story.scenes[each.scene].inside == visit.scene and each.took in story.choices)
    ]


def parts_of(state: State, visit: Visit) -> list[Visit]:
    """Return the visits that the conversation of `visit` is made of, oldest first."""
    first = visit.seq if visit.resumes is None else visit.resumes
    return [
        each
        for each in state.trail
        if each.scene == visit.scene and (each.seq if each.resumes is None else each.resumes) == first
    ]


def spoken_in(scene: Roleplay, turn: Turn) -> list[Spoken]:
    """Return what one turn says, in the author's words where they are the author's."""
    if turn.by == "learner":
        return [Spoken(scene.plays.learner, turn.text, is_learner=True)]
    if turn.by == "event":
        return [Spoken(beat.who or "", beat.text, beat.mood or "") for beat in beats_of(scene, turn)]
    line = line_called(scene, turn.line)
    text = line.text if line else turn.text
    return [Spoken(scene.plays.character, text, turn.mood, by_model=not turn.line)]


def beats_of(scene: Roleplay, turn: Turn) -> list[Beat]:
    """Return the beats of the opening or of an event that were spoken in a turn."""
    beats = scene.opening if turn.line == OPENING else []
    for event in scene.events:
        beats = event.beats if event.id == turn.line and turn.line != OPENING else beats
    return [beat for beat in beats if beat.id in turn.beats]


def line_called(scene: Roleplay, name: str) -> SpokenLine | None:
    """Return an authored line by its name: its mood and its id ("angry.l2")."""
    mood, _, wanted = name.partition(".")
    lines = (line for line in scene.lines.get(mood, []) if isinstance(line, SpokenLine))
    return next((line for line in lines if line.id == wanted), None)
