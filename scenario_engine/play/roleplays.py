"""A role-play turn by turn: the learner speaks, code heeds it, the character answers, and one of four ends comes."""

from scenario_engine.actions import CharacterSays
from scenario_engine.cues import cues_in, families
from scenario_engine.document import Roleplay
from scenario_engine.document.replies import RoleplayEvent
from scenario_engine.errors import ActionRefused
from scenario_engine.folding import clean
from scenario_engine.play.entering import enter
from scenario_engine.play.heeding import heed, meet_goal, move_mood
from scenario_engine.play.lines import authored_turn
from scenario_engine.play.talks import settle
from scenario_engine.rules import spoken_beats
from scenario_engine.state import RoleplayEnd, State, Turn
from scenario_engine.story import Story


def say(story: Story, state: State, scene: Roleplay, text: str) -> None:
    """Take the learner's turn. Raises ActionRefused when it is not the learner's, or there are no words."""
    _check_open(state)
    words = clean(text)
    if not words:
        raise ActionRefused("play.empty-reply", "Say something first.")
    if len(words) > scene.max_characters:
        raise ActionRefused("play.reply-too-long", f"At most {scene.max_characters:,} characters, please.")
    talk, visit = state.talks[-1], state.trail[-1]
    talk.turns += 1
    cues = cues_in(story, scene, words, state)
    turn = Turn(by="learner", text=words, mood=talk.mood, cues=cues)
    turn.learned = heed(state, scene, cues)
    visit.turns.append(turn)
    event = _event_due(state, scene)
    if event is not None:
        _happen(story, state, scene, event)
    else:
        _let_answer(state, scene)


def character_says(story: Story, state: State, scene: Roleplay, action: CharacterSays) -> None:
    """Take the turn that a model spoke, or the authored line where it said nothing."""
    if state.awaits != "character":
        raise ActionRefused("play.not-offered", "It is not the character's turn.")
    known = families(story, scene)
    unknown = [name for name in action.cues if name not in known]
    if unknown:
        raise ActionRefused("play.unknown-cue", f"This role-play knows no cue “{unknown[0]}”.")
    state.awaits = "learner"
    _heed_more(state, scene, action.cues)
    words = clean(action.text)
    if not words:
        _answer(state, scene)
        return
    mood = state.talks[-1].mood if scene.moods else action.mood
    state.trail[-1].turns.append(Turn(by="character", text=words, mood=mood))
    settle(state, scene)


def _heed_more(state: State, scene: Roleplay, cues: list[str]) -> None:
    """Let what a model saw in the last turn take effect, beyond what patterns have found already."""
    talk, turns = state.talks[-1], state.trail[-1].turns
    said = turns[-1]
    fresh = [name for name in dict.fromkeys(cues) if name not in said.cues]
    learned = heed(state, scene, fresh, moves_mood=False)
    if talk.mood == said.mood:  # patterns have not moved it in this turn
        move_mood(scene, talk, fresh)
    turns[-1] = Turn(
        by="learner", text=said.text, mood=said.mood, cues=[*said.cues, *fresh], learned=[*said.learned, *learned]
    )


def tick(state: State, scene: Roleplay, goal_id: str) -> None:
    """Take the learner's word that a goal is met. Raises ActionRefused where the author does not leave it to them."""
    _check_open(state)
    goal = next((each for each in scene.goals if each.id == goal_id), None)
    if goal is None or not goal.met_by.learner or goal.id in state.talks[-1].goals:
        raise ActionRefused("play.not-offered", f"The goal “{goal_id}” cannot be ticked here.")
    meet_goal(state, scene, goal)
    settle(state, scene)


def can_leave(state: State, scene: Roleplay) -> bool:
    """Return whether the learner may end the conversation now."""
    is_open = state.awaits == "learner" and state.stage == "scene" and bool(state.talks)
    return is_open and bool(scene.exits.learner) and state.talks[-1].turns >= scene.ends.learner_may_end_after


def leave(story: Story, state: State, scene: Roleplay) -> None:
    """End the conversation as the learner's own decision."""
    if not can_leave(state, scene):
        needed = scene.ends.learner_may_end_after
        raise ActionRefused("play.not-offered", f"This conversation can be ended after {needed} turns.")
    finish(story, state, scene, "learner")


def finish(story: Story, state: State, scene: Roleplay, ended: RoleplayEnd) -> None:
    """End the conversation: somebody reads it where there is something to read for, then its exit is taken."""
    state.trail[-1].ended = ended
    state.stage = "scene"
    if state.talks[-1].turns and (scene.criteria or scene.if_not_assessed):
        state.awaits = "judgement"
    else:
        take_exit(story, state, scene)


def take_exit(story: Story, state: State, scene: Roleplay, instead: str = "") -> None:
    """Follow the way out that belongs to how the conversation ended, or the one given instead."""
    ways = {"goals": scene.exits.goals, "turns": scene.exits.turns, "learner": scene.exits.learner}
    target = instead or ways.get(state.trail[-1].ended, "")
    state.talks.pop()
    enter(story, state, target)


def _check_open(state: State) -> None:
    if state.awaits != "learner" or state.stage != "scene":
        raise ActionRefused("play.not-offered", "It is not your turn.")


def _let_answer(state: State, scene: Roleplay) -> None:
    if state.voice:
        state.awaits = "character"
    else:
        _answer(state, scene)


def _answer(state: State, scene: Roleplay) -> None:
    line = authored_turn(state, scene)
    if line is not None:
        state.trail[-1].turns.append(line)
    settle(state, scene)


def _event_due(state: State, scene: Roleplay) -> RoleplayEvent | None:
    talk = state.talks[-1]
    for event in scene.events:
        late = event.at.turn is None or talk.turns >= event.at.turn
        moody = event.at.mood is None or talk.mood == event.at.mood
        if event.id not in talk.happened and late and moody:
            return event
    return None


def _happen(story: Story, state: State, scene: Roleplay, event: RoleplayEvent) -> None:
    """Let an authored event answer the turn; a decision inside comes back to the role-play afterwards."""
    talk = state.talks[-1]
    talk.happened.append(event.id)
    beats = spoken_beats(event.beats, state)
    if beats:
        state.trail[-1].turns.append(Turn(by="event", line=event.id, mood=talk.mood, beats=beats))
    if event.then == "decide":
        talk.knew = list(state.facts)
        enter(story, state, event.decision)
    elif beats:
        settle(state, scene)
    else:
        _let_answer(state, scene)
