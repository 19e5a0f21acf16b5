"""Which kind of scene rows describe, where they do not say it."""

from __future__ import annotations

from functools import cache
from typing import get_args

from scenario_engine.document import Scene
from scenario_exchange.imported import Report, shortened
from scenario_exchange.storyboards.draft import SceneDraft
from scenario_exchange.storyboards.words import outcome_of

_BY_LIST = (("option", "question"), ("choice", "decision"), ("sample", "reply"), ("rule", "route"))
# What a kind cannot be without and no column says.
_NEEDED = {"reflection": ("prompts",), "roleplay": ("plays", "ends", "exits")}
_SCORED = frozenset({"points", "add", "set", "learn", "when", "then", "feedback", "better", "once", "pin"})


def settle_kind(scene: SceneDraft, report: Report) -> None:
    """Set the kind of a scene; an ending gets an outcome, a question its type."""
    if not scene.kind:
        scene.kind = _guess(scene, report)
    if lacking := [field for field in _NEEDED.get(scene.kind, ()) if field not in scene.fields]:
        report.changed(
            scene.place, f"A {scene.kind} without its {', '.join(lacking)} became a page.", "Build it in the editor."
        )
        scene.kind = "page" if not scene.lists.get("choice") else "decision"
    choices = scene.lists.get("choice", [])
    if scene.kind == "page" and any(_SCORED & set(choice) for choice in choices):
        scene.kind = "decision"
        report.changed(scene.place, "A page whose choices have points, feedback or conditions became a decision.")
    elif scene.kind == "line" and choices:
        scene.kind = "decision"
        report.changed(scene.place, "A line with choices became a decision.")
    foreign = [field for field in scene.fields if field not in fields_of(scene.kind)]
    for field in foreign:
        del scene.fields[field]
    if foreign:
        report.dropped(scene.place, f"A {scene.kind} has no {', '.join(shortened(field) for field in foreign)}.")
    if scene.kind == "ending" and "outcome" not in scene.fields:
        scene.fields["outcome"] = outcome_of(scene.called) or outcome_of(scene.cells.get("title", "")) or "mixed"
        report.changed(
            scene.place,
            f"The outcome of this ending was set to “{scene.fields['outcome']}”.",
            "Check it in the editor.",
        )
    if scene.kind == "question" and "type" not in scene.fields:
        _settle_question(scene, report)


@cache
def fields_of(kind: str) -> frozenset[str]:
    """Return the names of the fields that scenes of a kind have."""
    found = next(each for each in get_args(Scene) if each.__struct_config__.tag == kind)
    return frozenset(found.__struct_encode_fields__)


def _guess(scene: SceneDraft, report: Report) -> str:
    for part, kind in _BY_LIST:
        if scene.lists.get(part):
            return kind
    if scene.cells.get("goto"):
        return "page" if scene.cells.get("text") or not scene.lists.get("beat") else "line"
    report.changed(
        scene.place, "Nothing leads on from here: it became an ending.", "Give it a target if the story goes on."
    )
    return "ending"


def _settle_question(scene: SceneDraft, report: Report) -> None:
    options = scene.lists.get("option", [])
    several = sum(bool(option.get("right")) for option in options) > 1
    scene.fields["type"] = "multiple" if several else "single"
    if not several:
        for option in options:
            if "right" in option:
                option["credit"] = 1 if option.pop("right") else 0
    if "points" not in scene.fields and "points" not in scene.cells:
        scene.fields["points"] = 1
        report.changed(scene.place, "The question is worth one point.", "Say its points if it is worth more.")
