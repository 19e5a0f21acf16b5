"""`advance`: one action, one new state. Each action has its own small function."""

from collections.abc import Callable
from typing import Any

import msgspec

from scenario_engine.actions import (
    Action,
    Answer,
    Arranged,
    CharacterSays,
    Choose,
    Clock,
    Continue,
    Hint,
    Judged,
    Leave,
    Reflect,
    Reflected,
    Say,
    Stop,
    Tick,
    TimeUp,
    Write,
)
from scenario_engine.document import Decision, Ending, Line, Page, Question, Reflection, Reply, Roleplay, Scene
from scenario_engine.errors import ActionRefused
from scenario_engine.play.arranging import arrange, switch_clock, time_runs
from scenario_engine.play.decisions import choose_choice
from scenario_engine.play.entering import enter, finish_attempt
from scenario_engine.play.judging import match_sample, record_judgement
from scenario_engine.play.questions import answer_question, take_hint
from scenario_engine.play.reflecting import reflect
from scenario_engine.play.replies import write_reply
from scenario_engine.play.roleplays import character_says, finish, leave, say, tick
from scenario_engine.play.talks import fork_talk
from scenario_engine.state import State, Visit
from scenario_engine.story import Story

# No conversation is this long; a loop that can be walked for ever must not grow the state for ever.
MAX_ACTIONS = 2000


def advance(story: Story, state: State, action: Action) -> State:
    """Return the state after `action`; `state` itself is left as it was.

    Points are not added here: see `scoring`. Raises ActionRefused when the action does not fit where the attempt is.
    """
    new = fork(state)
    step(story, new, action)
    return new


def step(story: Story, state: State, action: Action) -> None:
    """Move `state` itself on by `action`: for whoever made it and lets nobody else see it (simulated plays).

    Raises ActionRefused as `advance` does; the state may be half-way then and is of no more use.
    """
    if state.over:
        raise ActionRefused("play.over", "This attempt is over.")
    if state.seq >= MAX_ACTIONS:
        raise ActionRefused("play.too-long", f"An attempt may have at most {MAX_ACTIONS:,} steps.")
    if state.stage == "stopped" and not isinstance(action, Choose | Arranged):
        raise ActionRefused("play.not-offered", "You have stopped here.")
    state.seq += 1
    _HANDLERS[type(action)](story, state, action)


def fork(state: State) -> State:
    """Return a copy that can be changed without touching `state`. Older visits are shared: they never change."""
    trail = state.trail.copy()  # what a stored trail has not decoded yet stays so
    if trail:
        last = trail[-1] = msgspec.structs.replace(trail[-1])
        last.answers, last.credits, last.hinted = list(last.answers), list(last.credits), list(last.hinted)
        last.matched, last.turns = list(last.matched), list(last.turns)
    return msgspec.structs.replace(
        state,
        variables=dict(state.variables),
        facts=list(state.facts),
        visits=dict(state.visits),
        chosen=dict(state.chosen),
        levels=dict(state.levels),
        goals=list(state.goals),
        talks=[fork_talk(talk) for talk in state.talks],
        draws=list(state.draws),
        trail=trail,
    )


def _continue(story: Story, state: State, action: Continue) -> None:
    scene = story.scenes[state.scene]
    if not can_continue(story, state):
        raise ActionRefused("play.not-offered", "There is nothing to continue from here.")
    if isinstance(scene, Roleplay):
        finish(story, state, scene, here(state).ended)
    elif isinstance(scene, Reflection) and not scene.goto:
        finish_attempt(state)
    else:
        enter(story, state, _way_on(scene, state))


def can_continue(story: Story, state: State) -> bool:
    """Return whether `continue` is offered here."""
    scene = story.scenes[state.scene]
    if state.over or state.awaits != "learner" or state.stage in ("match", "stopped"):
        return False
    if isinstance(scene, Roleplay):
        return state.stage == "reaction"
    return isinstance(scene, Reflection) or bool(_way_on(scene, state))


def _way_on(scene: Scene, state: State) -> str:
    if state.stage == "reaction":
        return state.target
    if isinstance(scene, Page):
        return "" if scene.choose else scene.goto
    if isinstance(scene, Line | Reflection):
        return scene.goto
    return scene.afterwards if isinstance(scene, Ending) else ""


def _choose(story: Story, state: State, action: Choose) -> None:
    scene = story.scenes[state.scene]
    if state.stage == "stopped":
        _accept_offer(story, state, action.choice)
    elif state.stage == "match" and isinstance(scene, Reply | Roleplay):
        match_sample(story, state, scene, action.choice)
    elif state.stage == "scene" and isinstance(scene, Decision):
        choose_choice(story, state, scene, action.choice)
    elif state.stage == "scene" and isinstance(scene, Page):
        _choose_way(story, state, scene, action.choice)
    else:
        raise ActionRefused("play.not-offered", "There is nothing to choose here.")


def _choose_way(story: Story, state: State, page: Page, way_id: str) -> None:
    way = next((each for each in page.choose if each.id == way_id), None)
    if way is None:
        raise ActionRefused("play.not-offered", f"“{way_id}” is not offered here.")
    here(state).took = way.id
    enter(story, state, way.goto)


def _answer(story: Story, state: State, action: Answer) -> None:
    answer_question(story, state, _scene(story, state, Question), action)


def _hint(story: Story, state: State, action: Hint) -> None:
    take_hint(state, _scene(story, state, Question))


def _write(story: Story, state: State, action: Write) -> None:
    write_reply(state, _scene(story, state, Reply), action.text)


def _judged(story: Story, state: State, action: Judged) -> None:
    scene = story.scenes[state.scene]
    if not isinstance(scene, Reply | Roleplay):
        raise ActionRefused("play.not-offered", "No words are waiting for a judgement.")
    record_judgement(story, state, scene, action)


def _say(story: Story, state: State, action: Say) -> None:
    say(story, state, _scene(story, state, Roleplay), action.text)


def _character_says(story: Story, state: State, action: CharacterSays) -> None:
    character_says(story, state, _scene(story, state, Roleplay), action)


def _tick(story: Story, state: State, action: Tick) -> None:
    tick(state, _scene(story, state, Roleplay), action.goal)


def _leave(story: Story, state: State, action: Leave) -> None:
    leave(story, state, _scene(story, state, Roleplay))


def _reflect(story: Story, state: State, action: Reflect | Reflected) -> None:
    reflect(state, _scene(story, state, Reflection), action)


def _arranged(story: Story, state: State, action: Arranged) -> None:
    arrange(state, action)
    if state.awaits == "character" and not state.voice:  # nobody will speak any more: the author's line does
        character_says(story, state, _scene(story, state, Roleplay), CharacterSays())


def _clock(story: Story, state: State, action: Clock) -> None:
    switch_clock(state, story.scenes[state.scene], action.on)


def _time_up(story: Story, state: State, action: TimeUp) -> None:
    scene = _scene(story, state, Decision)
    if scene.timed is None or state.stage != "scene":
        raise ActionRefused("play.not-offered", "No time is running here.")
    if not time_runs(state, scene):
        raise ActionRefused("play.no-clock", "The time limit is switched off.")
    # The named choice is taken even where a condition hides it: somebody who says nothing has said this.
    choose_choice(story, state, scene, scene.timed.on_timeout, by_clock=True)


def _stop(story: Story, state: State, action: Stop) -> None:
    safety = story.scenario.safety
    if not safety.can_stop:
        raise ActionRefused("play.not-offered", "This scenario cannot be stopped half-way.")
    stopped_exit = _stopped_exit(story, state)
    if stopped_exit:
        state.talks.clear()
        enter(story, state, stopped_exit)
        return
    state.stage, state.target, state.awaits = "stopped", "", "learner"
    state.stopped = not state.graded_at
    offer = safety.if_stopped.offer if safety.if_stopped else ""
    if not state.stopped or not offer:
        state.over, state.awaits = True, "nothing"


def _stopped_exit(story: Story, state: State) -> str:
    """Return the way out that a role-play going on has for a learner who stops."""
    talking = [scene for talk in state.talks if isinstance(scene := story.scenes.get(talk.scene), Roleplay)]
    return next((scene.exits.stopped for scene in reversed(talking) if scene.exits.stopped), "")


def _accept_offer(story: Story, state: State, offered: str) -> None:
    safety = story.scenario.safety
    if safety.if_stopped is None or offered != safety.if_stopped.offer:
        raise ActionRefused("play.not-offered", f"“{offered}” is not offered here.")
    state.stopped, state.opted_out = False, True
    enter(story, state, offered)


def _scene(story: Story, state: State, kind: type[Any]) -> Any:
    scene: Scene = story.scenes[state.scene]
    if not isinstance(scene, kind):
        raise ActionRefused("play.not-offered", f"That is not possible in the scene “{scene.title or scene.id}”.")
    return scene


def here(state: State) -> Visit:
    """Return the visit that is going on."""
    return state.trail[-1]


_HANDLERS: dict[type[Any], Callable[[Story, State, Any], None]] = {
    Continue: _continue,
    Choose: _choose,
    Answer: _answer,
    Hint: _hint,
    Write: _write,
    Say: _say,
    Tick: _tick,
    Reflect: _reflect,
    Clock: _clock,
    Leave: _leave,
    Stop: _stop,
    Judged: _judged,
    CharacterSays: _character_says,
    TimeUp: _time_up,
    Reflected: _reflect,
    Arranged: _arranged,
}
