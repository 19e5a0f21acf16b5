"""A scenario as Twee 3 for SugarCube: plays in Twine; what Twine does not know stands in remarks, read back here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from scenario_engine.codec import to_raw
from scenario_engine.document import Scenario
from scenario_engine.links import first_scene
from scenario_exchange.imported import Report
from scenario_exchange.storyboards.remarks import ENDS, write_remark
from scenario_exchange.storyboards.row import Row
from scenario_exchange.storyboards.write_rows import more_cell, write_rows
from scenario_exchange.writers import sugarcube
from scenario_exchange.writers.back import tell_rows
from scenario_exchange.writers.exported import Job

SETTINGS = "BranchwiseSettings"
MARK = "branchwise"
_NAMESPACE = UUID("5f0b8f0c-3a58-4a53-9d6c-7d1f6c1c8a11")
_UNSAFE = re.compile(r"^::|\n::|<<|>>|\[\[|\]\]|/\*|\*/|/%|<!--|\$|^\s|\s$|\r|^\\|\n\\")
_UNSAFE_IN_LINK = re.compile(r"[|\]\[\n<>$]|->|<-")


def write_twee(job: Job, report: Report) -> bytes:
    """Return the story in UTF-8."""
    scenario = job.scenarios[0]
    layout = job.layouts.get(scenario.id, {})
    raw = to_raw(scenario)
    rows = list(write_rows(raw))
    passages = [_head(scenario), _settings([row for row in rows if "scene" not in row.cells])]
    by_scene: dict[str, list[Row]] = {}
    for row in rows:
        if "scene" in row.cells:
            by_scene.setdefault(row.cells["scene"], []).append(row)
    for scene in raw.get("scenes", ()):
        passages.append(_passage(scene, by_scene[scene["id"]], scenario, layout.get(scene["id"]), report))
    report.kept(
        scenario.title,
        "Scenes, texts, choices, targets, variables and conditions, to be played in Twine with SugarCube.",
    )
    if any("points" in choice for scene in raw.get("scenes", ()) for choice in scene.get("choices", ())):
        report.changed(
            scenario.title,
            "Points, feedback and what else Twine does not know stand in remarks: read back by us, not played there.",
        )
    for key in sorted(job.media):
        report.dropped(key, "A Twee file carries no media, only their names.")
    data = "\n\n".join(passages).encode() + b"\n"
    tell_rows(scenario.title, len(rows), report, len(data))
    return data


def _head(scenario: Scenario) -> str:
    data = {
        "ifid": str(uuid5(_NAMESPACE, scenario.id)).upper(),
        "format": "SugarCube",
        "format-version": "2.37.3",
        "start": first_scene(scenario),
        MARK: 1,
    }
    title = " ".join(scenario.title.split()) or scenario.id
    # A line that begins with two colons would begin a passage.
    safe = title if not title.startswith("::") else f" {title}"
    first = "".join(f"<<set {each}>>\n" for each in sugarcube.first_values(scenario))
    told = json.dumps(data, indent=2, ensure_ascii=False)
    return f":: StoryTitle\n{safe}\n\n:: StoryData\n{told}\n\n:: StoryInit\n{first}".rstrip()


def _settings(rows: list[Row]) -> str:
    lines = [write_remark(row.cells["part"], _remark_cells(row)) for row in rows]
    return f":: {SETTINGS}\n" + "\n".join(lines)


def _remark_cells(row: Row, without: tuple[str, ...] = ()) -> dict[str, str]:
    cells = {name: cell for name, cell in row.cells.items() if name not in ("part", "scene", "kind", *without)}
    more = more_cell(row.more)
    return {**cells, "more": more} if more else cells


def _passage(scene: dict[str, Any], rows: list[Row], scenario: Scenario, at: Any, report: Report) -> str:
    metadata = f' {{"position":"{round(at["x"])},{round(at["y"])}"}}' if at else ""
    lines = [f":: {scene['id']} [{scene['kind']}]{metadata}"]
    choices = {each["id"]: each for each in [*scene.get("choices", ()), *scene.get("choose", ())] if each.get("id")}
    for row in rows:
        lines += _visible(row, choices, scenario, report, scene)
    lines += _routes(scene, scenario, report)
    return "\n".join(lines)


def _visible(
    row: Row, choices: dict[str, Any], scenario: Scenario, report: Report, scene: dict[str, Any]
) -> Iterator[str]:
    part = row.cells["part"]
    text = row.cells.get("text", "")
    if part == "choice":
        yield from _choice(row, choices.get(row.cells.get("id", ""), {}), scenario, report, scene)
    elif part in ("scene", "beat") and is_plain(words := text.rstrip("\n")):
        ends = {ENDS: str(len(text) - len(words))} if words != text else {}
        yield write_remark(part, {**_remark_cells(row, ("text",)), **ends})
        yield words
    else:
        yield write_remark(part, _remark_cells(row))
    if part == "scene" and row.cells.get("goto"):
        yield f"[[{row.cells['goto']}]]" if row.cells["goto"] not in ("next_drawn", "return") else ""


def is_plain(text: str) -> bool:
    """Return whether a text means itself in a passage."""
    return bool(text) and not _UNSAFE.search(text)


def _choice(
    row: Row, choice: dict[str, Any], scenario: Scenario, report: Report, scene: dict[str, Any]
) -> Iterator[str]:
    text, target = row.cells.get("text", ""), row.cells.get("goto", "")
    plain = bool(text) and bool(target) and is_plain(text) and not _UNSAFE_IN_LINK.search(text) and "'" not in text[:1]
    yield write_remark("choice", _remark_cells(row, ("text", "goto") if plain else ()))
    if not target:
        return
    shown = text if plain else " ".join(re.sub(r"[^\w\s.,;:!?'’-]", " ", text).split())
    setters = sugarcube.changes(choice, scenario)
    setters += [sugarcube.chosen(choice["id"])] if choice.get("id") and scene["kind"] == "decision" else []
    setter = f"[{'; '.join(setters)}]" if setters else ""
    link = f"[[{shown}|{target}]{setter}]"
    said = sugarcube.expression(choice.get("when"))
    if said is None:
        report.changed(
            scene.get("title") or scene["id"],
            f"“{text[:80]}” is always offered in Twine: its condition has no counterpart.",
        )
    tests = [each for each in (said, sugarcube.not_chosen(choice["id"]) if choice.get("once") else "") if each]
    yield f"<<if {' and '.join(tests)}>>{link}<</if>>" if tests else link


def _routes(scene: dict[str, Any], scenario: Scenario, report: Report) -> Iterator[str]:
    kind = scene["kind"]
    place = scene.get("title") or scene["id"]
    if kind == "route":
        word = "if"
        for rule in scene.get("rules", ()):
            said = sugarcube.expression(rule.get("when"))
            if not said:
                report.changed(place, "A rule of this route is not played in Twine: its condition has no counterpart.")
                continue
            sets = "".join(f"<<set {each}>>" for each in sugarcube.changes(rule, scenario))
            yield f"<<{word} {said}>>{sets}<<goto {json.dumps(rule.get('goto', ''))}>>"
            word = "elseif"
        targets = [arm.get("goto", "") for arm in scene.get("random", ())] or (scene.get("draw") or {}).get("from", [])
        if targets:
            other = f"<<goto either({', '.join(map(json.dumps, targets))})>>"
        else:
            other = f"<<goto {json.dumps(scene['otherwise'])}>>" if scene.get("otherwise") else ""
        yield (f"<<else>>{other}" if other else "") + "<</if>>" if word == "elseif" else other
    elif kind in ("question", "reply", "roleplay", "reflection"):
        report.changed(place, f"A scene of kind {kind} is a plain passage in Twine; all of it stands in remarks.")
        targets = [
            (scene.get("otherwise") or {}).get("goto", "") if kind == "reply" else "",
            *(scene.get("exits") or {}).values(),
        ]
        yield from (f"[[{target}]]" for target in dict.fromkeys(targets) if target)
