"""One scene of a draft to the document's scene, its kind being known."""

from __future__ import annotations

from typing import Any

from scenario_exchange.imported import shortened
from scenario_exchange.storyboards.conditions import Unclear
from scenario_exchange.storyboards.draft import Draft, SceneDraft
from scenario_exchange.storyboards.notation import UNNAMED, parse_points
from scenario_exchange.storyboards.row import GOTO_FIELDS, TEXT_FIELDS, list_of
from scenario_exchange.storyboards.targets import Targets

_OF_PAGE_CHOICE = ("id", "text", "goto")


def build_scene(scene: SceneDraft, draft: Draft, targets: Targets) -> dict[str, Any]:
    """Return the scene as plain values."""
    made: dict[str, Any] = {"id": scene.id, "kind": scene.kind}
    cells = scene.cells
    title = cells.get("title") or (scene.called if scene.called != scene.id else "")
    if title:
        made["title"] = title
    for part, items in scene.lists.items():
        _put_list(made, scene, part, items, draft, targets)
    _put_text(made, scene)
    if cells.get("goto"):
        _put_goto(made, scene, targets.find(cells["goto"], scene.place), draft)
    if cells.get("points"):
        _put_points(made, scene, draft)
    return _merged(made, scene.fields)


def _merged(made: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    for name, value in fields.items():
        if isinstance(value, dict) and isinstance(made.get(name), dict):
            made[name] = {**made[name], **value}
        else:
            made[name] = value
    return made


def _put_list(
    made: dict[str, Any],
    scene: SceneDraft,
    part: str,
    items: list[dict[str, Any]],
    draft: Draft,
    targets: Targets,
) -> None:
    way = list_of(part, scene.kind)
    if way is None:
        draft.report.dropped(scene.place, f"A scene of kind {scene.kind} has no {part}s: {len(items)} left out.")
        return
    for item in items:
        if isinstance(item.get("goto"), str) and item["goto"]:
            item["goto"] = targets.find(item["goto"], scene.place)
    if scene.kind == "page" and part == "choice":
        items = [{name: value for name, value in item.items() if name in _OF_PAGE_CHOICE} for item in items]
    holder = made
    for step in way[:-1]:
        holder = holder.setdefault(step, {})
    holder[way[-1]] = items


def _put_text(made: dict[str, Any], scene: SceneDraft) -> None:
    text = scene.cells.get("text")
    if not text:
        return
    field = TEXT_FIELDS.get(scene.kind)
    if field:
        made[field] = text
    else:
        made["beats"] = [{"text": text}, *made.get("beats", [])]


def _put_goto(made: dict[str, Any], scene: SceneDraft, target: str, draft: Draft) -> None:
    field = GOTO_FIELDS.get(scene.kind)
    if field:
        made[field] = target
    elif scene.kind == "reply":
        made["otherwise"] = {"goto": target}
    elif scene.kind == "decision":
        for choice in made.get("choices", []):
            choice.setdefault("goto", target)
    else:
        draft.report.dropped(scene.place, f"The way on to “{target}”: a {scene.kind} has ways of its own.")


def _put_points(made: dict[str, Any], scene: SceneDraft, draft: Draft) -> None:
    cell = scene.cells["points"]
    try:
        points = parse_points(cell)
    except Unclear as error:
        draft.report.dropped(scene.place, f"“{shortened(cell)}” in the column “points”: {error}")
        return
    if scene.kind == "ending":
        made["points"] = points
    elif scene.kind == "question" and len(points) == 1:
        ((name, value),) = points.items()
        made["points"] = value
        made |= {"competency": name} if name != UNNAMED else {}
    else:
        draft.report.dropped(scene.place, f"“{shortened(cell)}”: points belong to choices.")
