"""A scenario as a list that can be read without the graph: scenes in order, what is said, and where each way leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scenario_engine.codec import decode_raw
from scenario_engine.document import (
    Beat,
    Decision,
    Ending,
    Line,
    Page,
    Question,
    Reflection,
    Reply,
    Roleplay,
    Route,
)
from scenario_engine.document import Scenario as Document

KINDS = {
    "page": "Page",
    "line": "Line",
    "decision": "Decision",
    "question": "Question",
    "reply": "Reply",
    "roleplay": "Role-play",
    "reflection": "Reflection",
    "route": "Route",
    "ending": "Ending",
}


@dataclass
class Way:
    """A way on: what the learner does or what must hold, and the scene it leads to."""

    text: str
    target: str = ""
    target_title: str = ""
    note: str = ""
    points: str = ""
    reaction: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class SceneCard:
    """One scene, as the storyboard shows it."""

    id: str
    kind: str
    kind_word: str
    title: str
    beats: list[tuple[str, str]]
    text: str
    ways: list[Way]
    outcome: str = ""


def make_storyboard(raw: Any) -> list[SceneCard] | None:
    """Return the scenes of a raw document in the author's order; None when it cannot be read."""
    document = decode_raw(raw).scenario
    if document is None:
        return None
    titles = {scene.id: scene.title or scene.id for scene in document.scenes}
    cards = [_card(document, scene) for scene in document.scenes]
    for card in cards:
        for way in card.ways:
            way.target_title = titles.get(way.target, way.target)
    return cards


def _card(document: Document, scene: Any) -> SceneCard:
    kind = scene.__struct_config__.tag
    return SceneCard(
        id=scene.id,
        kind=kind,
        kind_word=KINDS[kind],
        title=scene.title or scene.id,
        beats=[_beat(document, beat) for beat in scene.beats],
        text=getattr(scene, "text", "") or getattr(scene, "prompt", ""),
        ways=_ways(document, scene),
        outcome=scene.outcome if isinstance(scene, Ending) else "",
    )


def _beat(document: Document, beat: Beat) -> tuple[str, str]:
    if beat.who is None:
        return "", beat.text
    member = document.cast.get(beat.who)
    name = member.name if member and isinstance(member.name, str) else beat.who
    return name, beat.text


def _ways(document: Document, scene: Any) -> list[Way]:
    if isinstance(scene, Decision):
        return [_choice(document, choice) for choice in scene.choices]
    if isinstance(scene, Page) and scene.choose:
        return [Way(way.text, way.goto) for way in scene.choose]
    if isinstance(scene, Route):
        return _route(scene)
    if isinstance(scene, Reply):
        rules = [Way(f"Rule {number}", rule.goto) for number, rule in enumerate(scene.branch, 1)]
        samples = scene.if_not_assessed.samples if scene.if_not_assessed else []
        matched = [Way(sample.text, sample.goto, note="not assessed: nearest sample") for sample in samples]
        return [*rules, Way("Otherwise", scene.otherwise.goto), *matched]
    if isinstance(scene, Roleplay):
        ways = scene.exits
        exits = {"Goals met": ways.goals, "Turns used up": ways.turns, "Learner ends": ways.learner}
        return [Way(text, goto) for text, goto in exits.items() if goto]
    if isinstance(scene, Question):
        return [*(Way(option.text) for option in scene.options), Way("Then", scene.goto)]
    if isinstance(scene, Ending):
        return [Way("Afterwards", scene.afterwards)] if scene.afterwards else []
    if isinstance(scene, Line | Page | Reflection):
        return [Way("Continue", scene.goto)] if scene.goto else []
    return []


def _choice(document: Document, choice: Any) -> Way:
    notes = ["on a condition"] if choice.when is not None else []
    notes += ["once"] if choice.once else []
    points = [f"{_title(document, name)} {value:+g}" for name, value in choice.points.items()]
    reaction = [_beat(document, beat) for beat in choice.then]
    return Way(choice.text, choice.goto, note=", ".join(notes), points=", ".join(points), reaction=reaction)


def _route(scene: Route) -> list[Way]:
    ways = [Way(f"Rule {number}", rule.goto) for number, rule in enumerate(scene.rules, 1)]
    ways += [Way(f"By chance ({arm.chance:g})", arm.goto) for arm in scene.random]
    if scene.draw is not None:
        ways += [Way("Drawn", goto) for goto in scene.draw.from_] + [Way("Then", scene.draw.then)]
    return [*ways, Way("Otherwise", scene.otherwise)] if scene.otherwise else ways


def _title(document: Document, competency: str) -> str:
    found = document.competencies.get(competency)
    return found.title if found else competency
