"""Entering a scene: passing through routes, counting the visit, fixing what is said and offered there.

`return` goes back to the role-play that called the scene, which is no new visit for conditions.

Works on a state that the caller has forked for itself.
"""

from scenario_engine.document import Decision, Ending, Page, Question, Reflection, Roleplay, Route, Scene
from scenario_engine.document.base import NEXT_DRAWN, RETURN
from scenario_engine.document.scenes import Choice
from scenario_engine.errors import ActionRefused
from scenario_engine.play.answers import offered_parts
from scenario_engine.play.chance import pick_arm, shuffled
from scenario_engine.play.draws import begin_draw, next_drawn
from scenario_engine.play.heeding import note_facts, note_goals
from scenario_engine.play.reflecting import recall
from scenario_engine.play.talks import begin_talk, leave_talks, settle
from scenario_engine.rules import apply_effects, first_that_holds, offered_choices, spoken_beats
from scenario_engine.state import State, Visit
from scenario_engine.story import Story

# A route may lead to a route; more than this in a row can only be a circle.
MAX_HOPS = 200


def enter(story: Story, state: State, target: str) -> None:
    """Move `state` to `target`, or to the first scene with a screen that routes lead to from there."""
    for _ in range(MAX_HOPS):
        if target == NEXT_DRAWN:
            target = next_drawn(state)
            continue
        if target == RETURN and state.talks:
            _return_to(story, state)
            return
        scene = _scene_at(story, state, target)
        state.visits[scene.id] = state.visits.get(scene.id, 0) + 1
        if not isinstance(scene, Route):
            _arrive(story, state, scene)
            return
        target = _follow_route(story, state, scene)
    raise ActionRefused("play.endless-route", f"Scene “{target}”: routes lead to routes without end.")


def _scene_at(story: Story, state: State, target: str) -> Scene:
    if target == RETURN or not target:
        raise ActionRefused("play.leads-nowhere", f"Scene “{state.scene}” does not lead anywhere from here.")
    scene = story.scenes.get(target)
    if scene is None:
        raise ActionRefused("play.unknown-target", f"Scene “{state.scene}” leads to “{target}”, which does not exist.")
    return scene


def _follow_route(story: Story, state: State, route: Route) -> str:
    rule = first_that_holds(route.rules, state)
    if rule is not None:
        apply_effects(story.scenario, state, rule.add, rule.set, rule.learn)
        return rule.goto
    visit = state.visits[route.id]
    if route.random:
        return pick_arm(route.random, state.seed, route.id, visit).goto
    if route.call is not None:
        message = f"Scene “{route.id}” calls “{route.call.scenario}”, which has not been linked in."
        raise ActionRefused("play.not-linked", message)
    if route.draw is not None:
        begin_draw(state, route, route.draw)
        return NEXT_DRAWN
    return route.otherwise


def _arrive(story: Story, state: State, scene: Scene) -> None:
    leave_talks(state, scene)
    state.scene, state.stage, state.target, state.awaits = scene.id, "scene", "", "learner"
    beats, offered = spoken_beats(scene.beats, state), _offered(state, scene)
    visit = Visit(scene=scene.id, seq=state.seq, beats=beats, offered=offered)
    state.trail.append(visit)
    if isinstance(scene, Roleplay):
        begin_talk(state, scene, visit)
    elif isinstance(scene, Reflection):
        recall(state, visit)
    elif isinstance(scene, Ending):
        _reach_ending(state, scene)
    elif isinstance(scene, Page) and not scene.goto and not scene.choose:
        finish_attempt(state)


def _return_to(story: Story, state: State) -> None:
    """Go on with the innermost role-play where it was interrupted."""
    talk = state.talks[-1]
    scene = story.scenes[talk.scene]
    state.scene, state.stage, state.target, state.awaits = scene.id, "scene", "", "learner"
    state.trail.append(Visit(scene=scene.id, seq=state.seq, resumes=talk.first))
    if isinstance(scene, Roleplay):
        note_facts(state)
        note_goals(state, scene)
        settle(state, scene)


def _offered(state: State, scene: Scene) -> list[str]:
    if isinstance(scene, Decision):
        return [choice.id for choice in _ordered(state, scene, offered_choices(scene, state))]
    if isinstance(scene, Page):
        return [way.id for way in scene.choose]
    if isinstance(scene, Question):
        return offered_parts(state, scene)
    return []


def _ordered(state: State, scene: Decision, choices: list[Choice]) -> list[Choice]:
    if not scene.shuffle:
        return choices
    mixed = shuffled(choices, lambda choice: choice.id, state.seed, scene.id)
    rank = {"first": 0, None: 1, "last": 2}
    return sorted(mixed, key=lambda choice: rank[choice.pin])


def _reach_ending(state: State, ending: Ending) -> None:
    if not state.graded_at:
        state.graded_at = ending.id
        state.stopped = ending.outcome == "stopped"
    if not ending.afterwards:
        finish_attempt(state)


def finish_attempt(state: State) -> None:
    """Close the attempt: nothing more can be done in it."""
    state.over = True
    state.awaits = "nothing"
