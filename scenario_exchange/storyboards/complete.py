"""A draft to a document that decodes: kinds inferred, targets found, names defined, each guess told."""

from __future__ import annotations

from typing import Any

from scenario_engine.codec import decode_raw, to_raw
from scenario_exchange.imported import Document, ImportRefused, Report, shortened
from scenario_exchange.storyboards.bounds import clip
from scenario_exchange.storyboards.define import define_names
from scenario_exchange.storyboards.draft import Draft
from scenario_exchange.storyboards.kinds import settle_kind
from scenario_exchange.storyboards.naming import make_id, slug
from scenario_exchange.storyboards.scene import build_scene
from scenario_exchange.storyboards.targets import Targets

_ORDER = ("format", "id", "title")


def complete(draft: Draft, name: str, *, is_own: bool = False) -> Document:
    """Return the document of a draft. Raises ImportRefused when what its rows say cannot be a scenario."""
    head = draft.head
    title = str(head.get("title") or name or "Storyboard")
    identifier = str(head.get("id") or "")
    head["title"] = title
    head["id"] = make_id(identifier, (), "storyboard") if identifier else slug(title) or "storyboard"
    targets = Targets(draft)
    for scene in draft.scenes:
        settle_kind(scene, draft.report)
    scenes = [build_scene(scene, draft, targets) for scene in draft.scenes]
    document: Document = {"format": 1, **head, "scenes": [*scenes, *targets.made]}
    _give_choice_ids(scenes)
    for made in scenes:
        draft.report.kept(str(made.get("title") or made["id"]), _told(made))
    if not is_own:
        define_names(document, draft)
        _count_finishing(document, scenes, draft.report)
    clip(document, draft.report)
    return checked(document, draft.report)


def _told(scene: dict[str, Any]) -> str:
    lists = {name: _dicts(scene.get(name)) for name in ("beats", "choices", "choose", "options", "rules")}
    counts = [f"{len(items)} {name}" for name, items in lists.items() if items]
    return f"A scene of kind {scene['kind']}" + (f" with {', '.join(counts)}." if counts else ".")


def checked(document: Document, report: Report) -> Document:
    """Return the document as the codec reads it, with every id filled in. Raises ImportRefused with the first fault."""
    decoded = decode_raw(document)
    if decoded.scenario is not None:
        return to_raw(decoded.scenario)
    first, *others = decoded.problems
    also = f" ({len(others)} more faults)" if others else ""
    report.dropped(first.path, first.message)
    raise ImportRefused(
        "import.structure",
        f"{first.path}: {first.message}{also}",
        first.hint or "Correct it and import again.",
        shortened(first.path),
    )


def _count_finishing(document: Document, scenes: list[dict[str, Any]], report: Report) -> None:
    """Let finishing count where nothing gives points: what was earned of nothing is no grade."""
    if "scoring" in document or "purpose" in document or any(map(_gives_points, scenes)):
        return
    document |= {"purpose": "practice", "scoring": {"grade": "completion"}}
    told = "Nothing in it gives points: who finishes it has done it."
    report.changed(str(document["title"]), told, "Give points where an answer should count.")


def _gives_points(scene: dict[str, Any]) -> bool:
    own = scene["kind"] in ("question", "reply", "roleplay") or "grade" in scene or bool(scene.get("points"))
    return own or any(choice.get("points") for choice in _dicts(scene.get("choices")))


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _give_choice_ids(scenes: list[dict[str, Any]]) -> None:
    choices = [(scene["id"], choice) for scene in scenes for choice in _dicts(scene.get("choices"))]
    taken = {choice["id"] for _, choice in choices if isinstance(choice.get("id"), str)}
    number: dict[str, int] = {}
    for scene, choice in choices:
        number[scene] = number.get(scene, 0) + 1
        if not choice.get("id"):
            choice["id"] = make_id(f"{scene[:54]}_c{number[scene]}", taken, "choice")
            taken.add(choice["id"])
