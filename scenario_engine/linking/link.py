"""`link`: put every called scenario in the place of its call. Recursion, unknown names and misfits are findings."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec

from scenario_engine.document import Condition, Decision, Ending, Page, Route, Scenario, Scene
from scenario_engine.document.scenes import Call, RouteRule
from scenario_engine.findings import Finding, has_errors
from scenario_engine.linking.copies import Copy, Origin, copy_for
from scenario_engine.linking.fitting import Misfit, find_misfits
from scenario_engine.links import first_scene, scene_graph
from scenario_engine.rules import start_values

# Calls inside calls multiply; no conversation needs more scenes than this.
MAX_SCENES = 20_000

Library = Mapping[str, Scenario]
V = TypeVar("V")


class Linked(msgspec.Struct, frozen=True):
    """One scenario without calls, or None and every problem that keeps it from being one (warnings come with either).

    `origins` says for each text key of a called scenario where it came from, `media` for each key which scenario (by
    its name in the library) has the file under which key.
    """

    scenario: Scenario | None
    problems: list[Finding] = []
    origins: dict[str, Origin] = {}
    media: dict[str, tuple[str, str]] = {}


def link(scenario: Scenario, library: Library) -> Linked:
    """Return `scenario` with every scenario that it calls put in place. Without calls it is returned as it is.

    `library` maps the names that calls use to scenarios; hosts choose the names (an id, a uuid).
    """
    return _Linker(library).link(scenario, ())


class _Linker:
    def __init__(self, library: Library) -> None:
        self._library = library

    def link(self, scenario: Scenario, through: Sequence[str]) -> Linked:
        linked = Linked(scenario)
        for place, scene in enumerate(scenario.scenes):
            if isinstance(scene, Route) and scene.call is not None and linked.scenario is not None:
                path = f"$.scenes[{place}].call"
                linked = self._put_in_place(linked, linked.scenario, scene, scene.call, path, through)
        return linked

    def _put_in_place(
        self, linked: Linked, caller: Scenario, route: Route, call: Call, path: str, through: Sequence[str]
    ) -> Linked:
        called = self._library.get(call.scenario)
        if call.scenario in through:
            chain = " → ".join([*through, call.scenario])
            return _refused(
                linked, route, path, Misfit("link.recursion", f"It calls itself: {chain}.", "Break the circle.")
            )
        if called is None:
            hint = "Choose a scenario that exists, and publish it first."
            message = f"There is no scenario “{call.scenario}”."
            return _refused(linked, route, path, Misfit("link.unknown-scenario", message, hint))
        inner = self.link(called, (*through, call.scenario))
        problems = [_moved_out(each, route, path, call) for each in inner.problems]
        if inner.scenario is None:
            return Linked(None, [*linked.problems, *problems])
        problems += [_finding(each, route, path) for each in find_misfits(caller, inner.scenario, call)]
        if has_errors(problems):
            return Linked(None, [*linked.problems, *problems])
        copy = copy_for(caller, inner.scenario, route.id, call, (inner.origins, inner.media))
        collision = _collision(caller, copy)
        if collision:
            message = f"The name “{collision}” is needed for what is called here, and is taken."
            return _refused(linked, route, path, Misfit("link.taken-name", message, "Rename one of the two."))
        whole = _joined(caller, route, call, copy)
        if len(whole.scenes) > MAX_SCENES:
            message = f"With everything it calls it has more than {MAX_SCENES:,} scenes."
            return _refused(linked, route, path, Misfit("link.too-large", message, "Call fewer scenarios."))
        origins, media = {**linked.origins, **copy.origins}, {**linked.media, **copy.media}
        return Linked(whole, [*linked.problems, *problems], origins, media)


def _refused(linked: Linked, route: Route, path: str, misfit: Misfit) -> Linked:
    return Linked(None, [*linked.problems, _finding(misfit, route, path)])


def _finding(misfit: Misfit, route: Route, path: str) -> Finding:
    return Finding(
        code=misfit.code,
        level=misfit.level,
        message=misfit.message,
        hint=misfit.hint,
        scene=route.id,
        path=path + misfit.path,
    )


def _moved_out(problem: Finding, route: Route, path: str, call: Call) -> Finding:
    """Return a problem inside a called scenario at the call, which is what the author of the caller can change."""
    message = f"In “{call.scenario}”: {problem.message}"
    return msgspec.structs.replace(problem, message=message, scene=route.id, part="", path=path)


def _collision(caller: Scenario, copy: Copy) -> str:
    """Return a name that both have although they do not share it, or ""."""
    ours, theirs = caller, copy.scenario
    pairs = (
        (_scene_names(ours), _scene_names(theirs)),
        (set(ours.variables), copy.own_variables),
        (set(ours.facts), set(theirs.facts) - copy.shared_facts),
    )
    return min((name for one, other in pairs for name in one & other), default="")


def _scene_names(scenario: Scenario) -> set[str]:
    choices = {choice.id for scene in scenario.scenes if isinstance(scene, Decision) for choice in scene.choices}
    return choices | {scene.id for scene in scenario.scenes}


def _joined(caller: Scenario, route: Route, call: Call, copy: Copy) -> Scenario:
    """Return the caller with the copy of the called scenario behind the route, its endings leading on by outcome."""
    called = copy.scenario
    scenes = [_led_on(scene, call) for scene in called.scenes]
    met = _reachable(msgspec.structs.replace(called, scenes=scenes))
    entered = _entry(route, copy)
    own: list[Scene] = [entered if scene.id == route.id else scene for scene in caller.scenes]
    return msgspec.structs.replace(
        caller,
        scenes=[*own, *(scene for scene in scenes if scene.id in met)],
        cast={**called.cast, **caller.cast},
        variables={**caller.variables, **{name: called.variables[name] for name in copy.own_variables}},
        facts={**called.facts, **caller.facts},
        competencies={**caller.competencies, **_without(called.competencies, caller.competencies)},
        criteria={**caller.criteria, **called.criteria},
        cues={**caller.cues, **called.cues},
        glossary={**called.glossary, **caller.glossary},
        scoring=msgspec.structs.replace(caller.scoring, weights={**called.scoring.weights, **caller.scoring.weights}),
    )


def _without(found: Mapping[str, V], known: Mapping[str, V]) -> dict[str, V]:
    return {name: each for name, each in found.items() if name not in known}


def _entry(route: Route, copy: Copy) -> Route:
    """Return the route that enters the copy: its own variables begin anew each time."""
    starts = start_values(copy.scenario)
    own = {name: starts[name] for name in sorted(copy.own_variables)}
    always = Condition(all=[])
    rule = RouteRule(when=always, set={**own, **copy.given}, goto=first_scene(copy.scenario))
    return msgspec.structs.replace(route, call=None, rules=[*route.rules, rule], otherwise=first_scene(copy.scenario))


def _led_on(scene: Scene, call: Call) -> Scene:
    """Return an ending of the called scenario as a page that leads on; stopping without a way ends the whole."""
    if not isinstance(scene, Ending):
        return scene
    target = call.ways.get(scene.outcome, "" if scene.outcome == "stopped" else call.otherwise)
    if not target:
        return msgspec.structs.replace(scene, afterwards="")
    return Page(
        id=scene.id,
        title=scene.title,
        beats=scene.beats,
        media=scene.media,
        audio=scene.audio,
        note=scene.note,
        text=scene.text,
        goto=target,
    )


def _reachable(scenario: Scenario) -> set[str]:
    """Return the scenes that play can come to: what followed the endings is not part of a call."""
    graph = scene_graph(scenario)
    todo, found = [first_scene(scenario)], set[str]()
    while todo:
        scene = todo.pop()
        if scene in graph and scene not in found:
            found.add(scene)
            todo.extend(graph[scene])
    return found
