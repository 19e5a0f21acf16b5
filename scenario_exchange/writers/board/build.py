"""`board`: a scenario to the parts of its storyboard, scenes in the order of the story."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from scenario_engine.codec import digest
from scenario_engine.document import Ending, Scenario
from scenario_engine.links import first_scene, scene_graph
from scenario_exchange.writers.board.front import Label, front
from scenario_exchange.writers.board.labels import labels_for, language_of_labels
from scenario_exchange.writers.board.parts import Board, BoardPart, Heading, SignOff
from scenario_exchange.writers.board.scenes import scene_parts


def board(scenario: Scenario, version: str = "") -> Board:
    """Return the storyboard of a scenario."""
    label = labels_for(scenario.language)
    graph = scene_graph(scenario)
    told = _endings_last(scenario, story_order(first_scene(scenario), graph))
    reached = set(told)
    untold = [scene.id for scene in scenario.scenes if scene.id not in reached]
    names = _names(scenario, [*told, *untold])
    checksum = digest(scenario)
    parts: list[BoardPart] = list(front(scenario, version, checksum, label))
    parts += _scenes(scenario, told, names, graph, "Scenes", label)
    if untold:
        parts += _scenes(scenario, untold, names, graph, "Scenes that nothing leads to", label)
    parts.append(_sign_off(label))
    return Board(
        title=scenario.title or scenario.id,
        language=scenario.language,
        label_language=language_of_labels(scenario.language),
        version=version or label("Draft"),
        digest=checksum,
        parts=parts,
        names=names,
    )


def _endings_last(scenario: Scenario, order: list[str]) -> list[str]:
    """Return the order with the endings at the end, and behind them what only follows an ending."""
    before = set(story_order(first_scene(scenario), scene_graph(scenario, after_endings=False)))
    endings = {scene.id for scene in scenario.scenes if isinstance(scene, Ending)}
    return sorted(order, key=lambda name: 1 if name in endings else 0 if name in before else 2)


def story_order(start: str, graph: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the scenes that can be reached, each as early as the story can come to it."""
    found: dict[str, None] = {start: None} if start in graph else {}
    todo = deque(found)
    while todo:
        for target in graph[todo.popleft()]:
            if target not in found:
                found[target] = None
                todo.append(target)
    return list(found)


def _names(scenario: Scenario, order: Sequence[str]) -> dict[str, str]:
    titles = {scene.id: scene.title or scene.id for scene in scenario.scenes}
    return {scene: f"{number}. {titles[scene]}" for number, scene in enumerate(order, 1)}


def _scenes(
    scenario: Scenario,
    order: Sequence[str],
    names: Mapping[str, str],
    graph: Mapping[str, Sequence[str]],
    heading: str,
    label: Label,
) -> list[BoardPart]:
    scenes = {scene.id: scene for scene in scenario.scenes}
    sources: dict[str, list[str]] = {}
    for source, targets in graph.items():
        for target in targets:
            sources.setdefault(target, []).append(source)
    people = {key: member.name for key, member in scenario.cast.items() if isinstance(member.name, str)}
    place = {name: number for number, name in enumerate(names)}
    parts: list[BoardPart] = [Heading(2, label(heading))]
    for name in order:
        reached = sorted(sources.get(name, ()), key=place.__getitem__)
        parts += scene_parts(scenes[name], names[name], reached, people, label)
    return parts


def _sign_off(label: Label) -> SignOff:
    return SignOff(
        title=label("Sign-off by the subject expert"),
        statement=label("I have read this storyboard and confirm that its content is right."),
        corrections=label("With these corrections:"),
        lines=[label("Name"), label("Role"), label("Date"), label("Signature")],
    )
