"""A document as rows. Nothing is lost: what no column can say exactly stands in `more`."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

from scenario_exchange.storyboards.conditions import Unclear, format_condition, parse_condition
from scenario_exchange.storyboards.notation import format_changes, format_points, parse_changes, parse_points
from scenario_exchange.storyboards.row import GOTO_FIELDS, LISTS, TEXT_FIELDS, Row, trimmed

_BY_KEY = ("competencies", "cast", "variables", "facts", "criteria", "glossary")
_SAME = ("id", "title", "who", "mood", "goto", "feedback", "better")


def write_rows(document: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of a document given as plain values (`codec.to_raw`)."""
    rest = {name: value for name, value in document.items() if name != "scenes"}
    rest.pop("format", None)
    cells = {"part": "scenario"}
    for field, column in (("id", "id"), ("title", "title"), ("summary", "text")):
        if _is_tidy(rest.get(field)):
            cells[column] = rest.pop(field)
    untidy: dict[str, Any] = {field: rest.pop(field) for field in ("id", "title", "summary") if field in rest}
    yield Row(cells=cells, more=untidy)
    for name, value in rest.items():
        if name in _BY_KEY and value:
            yield from (_setting(f"{name}.{key}", each) for key, each in value.items())
        else:
            yield _setting(name, value)
    for scene in document.get("scenes", ()):
        yield from _scene(scene)


def _setting(name: str, value: Any) -> Row:
    if _is_tidy(value):
        return Row(cells={"part": "setting", "id": name, "text": value})
    return Row(cells={"part": "setting", "id": name}, more={"value": value})


def _scene(scene: Mapping[str, Any]) -> Iterator[Row]:
    rest = copy.deepcopy(dict(scene))
    kind = rest.pop("kind")
    name = rest.pop("id")
    lists = [(part, _take_list(rest, way)) for part, fits, way in LISTS if fits in ("", kind)]
    cells = {"scene": name, "kind": kind, "part": "scene"}
    _move(rest, "title", cells, "title")
    _move(rest, TEXT_FIELDS.get(kind, ""), cells, "text")
    _move(rest, GOTO_FIELDS.get(kind, ""), cells, "goto")
    _points(rest, cells)
    yield Row(cells=cells, more=rest)
    for part, items in lists:
        for item in items:
            yield from _item(name, part, item)


def _take_list(rest: dict[str, Any], way: tuple[str, ...]) -> list[Any]:
    holder: Any = rest
    for step in way[:-1]:
        holder = holder.get(step) or {}
    items = holder.get(way[-1]) or []
    if items:
        del holder[way[-1]]
    return list(items)


def _item(scene: str, part: str, item: dict[str, Any]) -> Iterator[Row]:
    rest = dict(item)
    reactions = rest.pop("then", [])
    cells = {"scene": scene, "part": part}
    for name in (*_SAME, "text"):
        _move(rest, name, cells, name)
    if part == "option":
        _credit(rest, cells)
    _points(rest, cells)
    _changes(rest, cells)
    _when(rest, cells)
    yield Row(cells=cells, more=rest)
    for beat in reactions:
        yield from _item(scene, "then", beat)


def _move(rest: dict[str, Any], field: str, cells: dict[str, str], column: str) -> None:
    """Put a text into its column, unless a reader that trims cells would change it."""
    value = rest.get(field)
    if isinstance(value, str) and value.strip() and "\r" not in value and trimmed(column, value) == value:
        cells[column] = rest.pop(field)


def _is_tidy(value: Any) -> bool:
    return isinstance(value, str) and value != "" and value.strip() == value and "\r" not in value


def _points(rest: dict[str, Any], cells: dict[str, str]) -> None:
    if isinstance(rest.get("points"), dict):
        _fill(
            rest,
            ("points",),
            cells,
            "points",
            format_points(rest["points"]),
            lambda line: {"points": parse_points(line)},
        )


def _changes(rest: dict[str, Any], cells: dict[str, str]) -> None:
    _fill(rest, ("add", "set", "learn"), cells, "changes", format_changes(rest), parse_changes)


def _when(rest: dict[str, Any], cells: dict[str, str]) -> None:
    if rest.get("when") is not None:
        line = format_condition(rest["when"])
        _fill(rest, ("when",), cells, "when", line, lambda text: {"when": parse_condition(text)})


def _credit(rest: dict[str, Any], cells: dict[str, str]) -> None:
    if "right" in rest and "credit" not in rest:
        cells["points"] = "right" if rest.pop("right") else "wrong"
    elif rest.get("credit") in (0, 0.25, 0.5, 0.75, 1) and "right" not in rest:
        cells["points"] = f"{rest.pop('credit') * 100:g} %"


def _fill(
    rest: dict[str, Any], fields: tuple[str, ...], cells: dict[str, str], column: str, line: str, parse: Any
) -> None:
    """Put a line into its column when it reads back as exactly what it was made of."""
    wanted = {name: rest[name] for name in fields if rest.get(name)}
    try:
        if not line or parse(line) != wanted or any(name in rest and not rest[name] for name in fields):
            return
    except Unclear:
        return
    cells[column] = line
    for name in fields:
        rest.pop(name, None)


def more_cell(more: Mapping[str, Any]) -> str:
    """Return `more` as one line of JSON, "" when there is nothing."""
    return json.dumps(more, ensure_ascii=False, separators=(",", ":")) if more else ""
