"""The graph of a scenario as drawn: every way out of a scene, whether or not a learner can ever take it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from scenario_engine.document import (
    Decision,
    Ending,
    Line,
    Page,
    Question,
    Reflection,
    Reply,
    Roleplay,
    Route,
    Scenario,
    Scene,
)
from scenario_engine.document.base import NEXT_DRAWN, RETURN


class Way(NamedTuple):
    """One way out. `part` is the choice, option or sample it belongs to; `path` is relative to the scene."""

    target: str
    part: str = ""
    path: str = ""
    is_optional: bool = False


def ways_out(scene: Scene) -> Iterator[Way]:
    """Yield every way out of `scene` in authored order, also those not drawn yet (target "")."""
    if isinstance(scene, Decision):
        for i, choice in enumerate(scene.choices):
            yield Way(choice.goto, choice.id, f".choices[{i}].goto")
    elif isinstance(scene, Page):
        for i, way in enumerate(scene.choose):
            yield Way(way.goto, way.id, f".choose[{i}].goto")
        if scene.goto or not scene.choose:
            yield Way(scene.goto, "", ".goto", is_optional=scene.done)
    elif isinstance(scene, Line | Question):
        yield Way(scene.goto, "", ".goto")
    elif isinstance(scene, Reflection):
        yield Way(scene.goto, "", ".goto", is_optional=scene.done)
    elif isinstance(scene, Ending):
        yield Way(scene.afterwards, "", ".afterwards", is_optional=True)
    elif isinstance(scene, Reply):
        yield from _ways_out_of_reply(scene)
    elif isinstance(scene, Route):
        yield from _ways_out_of_route(scene)
    else:
        yield from _ways_out_of_roleplay(scene)


def _ways_out_of_reply(scene: Reply) -> Iterator[Way]:
    for i, rule in enumerate(scene.branch):
        yield Way(rule.goto, "", f".branch[{i}].goto")
    yield Way(scene.otherwise.goto, "", ".otherwise.goto")
    yield from _ways_of_samples(scene)


def _ways_of_samples(scene: Reply | Roleplay) -> Iterator[Way]:
    for i, sample in enumerate(scene.if_not_assessed.samples if scene.if_not_assessed else []):
        yield Way(sample.goto, sample.id, f".if_not_assessed.samples[{i}].goto")


def _ways_out_of_route(scene: Route) -> Iterator[Way]:
    for i, rule in enumerate(scene.rules):
        yield Way(rule.goto, "", f".rules[{i}].goto")
    for i, arm in enumerate(scene.random):
        yield Way(arm.goto, "", f".random[{i}].goto")
    if scene.draw is not None:
        for i, target in enumerate(scene.draw.from_):
            yield Way(target, "", f".draw.from[{i}]")
        yield Way(scene.draw.then, "", ".draw.then")
    if scene.call is not None:
        for outcome, target in scene.call.ways.items():
            yield Way(target, outcome, f".call.ways.{outcome}")
        yield Way(scene.call.otherwise, "", ".call.otherwise", is_optional=True)
    if scene.otherwise:
        yield Way(scene.otherwise, "", ".otherwise")


def _ways_out_of_roleplay(scene: Roleplay) -> Iterator[Way]:
    yield Way(scene.exits.turns, "turns", ".exits.turns")
    yield Way(scene.exits.learner, "learner", ".exits.learner")
    yield Way(scene.exits.stopped, "stopped", ".exits.stopped")
    yield Way(scene.exits.goals, "goals", ".exits.goals", is_optional=scene.ends.goals is None)
    for i, event in enumerate(scene.events):
        yield Way(event.decision, event.id, f".events[{i}].decision", is_optional=event.then != "decide")
    yield from _ways_of_samples(scene)


Ways = Sequence[tuple[Scene, Sequence[Way]]]


def all_ways(scenario: Scenario) -> Ways:
    """Return every scene with its ways out."""
    return [(scene, list(ways_out(scene))) for scene in scenario.scenes]


def scene_graph(
    scenario: Scenario, *, after_endings: bool = True, ways: Ways | None = None
) -> Mapping[str, Sequence[str]]:
    """Return the existing scenes that each scene may lead to. `ways` saves the walk where they are known already.

    `next_drawn` leads to everything that can be drawn and to what follows a draw; `return` to the scene it is inside.
    """
    known = {scene.id: scene.id for scene in scenario.scenes}  # one object per id: it is looked up more quickly
    drawn = _drawn(scenario)
    graph: dict[str, Sequence[str]] = {}
    for scene, ways_of_scene in ways if ways is not None else all_ways(scenario):
        targets: dict[str, None] = {}
        for way in ways_of_scene if after_endings or not isinstance(scene, Ending) else ():
            if way.target == NEXT_DRAWN:
                targets.update(drawn)
            elif way.target == RETURN:
                targets[scene.inside or ""] = None
            else:
                targets[way.target] = None
        graph[known[scene.id]] = [known[target] for target in targets if target in known]
    return graph


def _drawn(scenario: Scenario) -> dict[str, None]:
    found: dict[str, None] = {}
    for scene in scenario.scenes:
        if isinstance(scene, Route) and scene.draw is not None:
            found.update(dict.fromkeys([*scene.draw.from_, scene.draw.then]))
    return found


_READ = (Page, Reflection)


def may_end(scene: Scene) -> bool:
    """Return whether play may be over in this scene."""
    return isinstance(scene, Ending) or (isinstance(scene, _READ) and scene.done)


def first_scene(scenario: Scenario) -> str:
    """Return the id of the scene that play starts at, or "" when there is none."""
    return scenario.start or (scenario.scenes[0].id if scenario.scenes else "")
