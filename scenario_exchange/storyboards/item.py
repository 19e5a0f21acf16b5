"""One row below a scene to a beat, choice, option, rule or sample."""

from __future__ import annotations

import re
from typing import Any

from scenario_exchange.imported import shortened
from scenario_exchange.storyboards.conditions import Unclear, parse_condition
from scenario_exchange.storyboards.draft import Draft, Item
from scenario_exchange.storyboards.naming import is_id
from scenario_exchange.storyboards.notation import parse_changes, parse_points
from scenario_exchange.storyboards.words import is_right

_SPOKEN = ("id", "who", "mood", "text", "when")
_COLUMNS = {
    "beat": _SPOKEN,
    "then": _SPOKEN,
    "choice": ("id", "text", "goto", "points", "changes", "when", "then", "feedback", "better"),
    "option": ("id", "text", "points", "feedback"),
    "rule": ("goto", "changes", "when"),
    "sample": ("id", "text", "goto", "changes"),
}
_PASSED_OVER = ("scene", "part", "kind", "more", "choice")
_SAYS = re.compile(r"^([^\s:：][^:：\n]{0,40})[:：]\s+(?=\S)")


def read_item(part: str, cells: dict[str, str], more: dict[str, Any], place: str, draft: Draft) -> Item:
    """Return the item; what its part cannot hold is told. Targets are still as the row names them."""
    item: Item = {}
    for column, cell in cells.items():
        if column in _COLUMNS[part]:
            item |= _read_cell(part, column, cell, place, draft)
        elif column not in _PASSED_OVER:
            draft.report.dropped(place, f"“{shortened(cell)}”: a {part} has no “{column}”.")
    return {**item, **more}


def _read_cell(part: str, column: str, cell: str, place: str, draft: Draft) -> Item:
    if column == "who":
        return {"who": draft.speaker(cell)}
    if column in ("id", "mood"):
        if is_id(cell):
            return {column: cell}
        draft.report.changed(
            place,
            f"“{shortened(cell)}” cannot be an id; " + ("one was made." if column == "id" else "it was left out."),
        )
        return {}
    if column == "then":
        return {"then": [spoken(line.strip(), draft) for line in cell.split("\n") if line.strip()]}
    try:
        if column == "when":
            return {"when": parse_condition(cell)}
        if column == "changes":
            return parse_changes(cell)
        if column == "points":
            return read_credit(cell) if part == "option" else {"points": parse_points(cell)}
    except Unclear as error:
        draft.report.dropped(place, f"“{shortened(cell)}” in the column “{column}”: {error}")
        return {}
    return {column: cell}


def spoken(line: str, draft: Draft) -> Item:
    """Return a beat for `Mara: Hello.` or for narration."""
    match = _SAYS.match(line)
    if match and len(match[1].split()) <= 4:
        return {"who": draft.speaker(match[1].strip()), "text": line[match.end() :].strip()}
    return {"text": line}


def read_credit(cell: str) -> Item:
    """Return what an option is worth: `right`, `wrong`, `50 %` or a share. Raises Unclear."""
    right = is_right(cell)
    if right is not None:
        return {"right": right}
    match = re.fullmatch(r"\+?(\d{1,3}(?:[.,]\d{1,6})?)\s*(%?)", cell.strip())
    if not match:
        raise Unclear("write right, wrong, or a share such as 50 %.")
    value = float(match[1].replace(",", ".")) / (100 if match[2] else 1)
    if value > 1:
        raise Unclear("an option is worth 100 % at most.")
    return {"credit": value}
