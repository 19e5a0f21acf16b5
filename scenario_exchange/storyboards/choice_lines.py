"""A choice on one line of an outline: its words, the arrow to where it leads, and what stands in square brackets."""

from __future__ import annotations

import re

from scenario_exchange.storyboards.row import Row

_ARROW = re.compile(r"\s*(?:->|=>|→|⇒)\s*")
_LINKED = re.compile(r"^\[([^\[\]]+)\]\(#([^()\s]+)\)\s*(.*)$")
_BRACKETS = re.compile(r"\s*\[([^\[\]]*)\]\s*$")
_POINTS = re.compile(r"^[-+−–]?\s*\d{1,6}(?:[.,]\d{1,6})?(?:\s*(?:points?|pts?|%))?(?:\s+(?:for\s+)?[A-Za-z][\w\-]*)?$")
_MAX_BRACKETS, _LONGEST_BRACKET = 12, 500


def read_choice(text: str, row: Row) -> Row:
    """Return the row with what a line says: "Words -> Scene [+2 care; if trust is 3]" or "[Words](#scene)"."""
    if match := _LINKED.match(text):
        row.cells["text"], row.cells["goto"] = match[1], match[2]
        _brackets(match[3], row)
        return row
    said, target = _parted(_brackets(text, row))
    row.cells["text"] = _brackets(said, row)
    if target:
        row.cells["goto"] = target_of(target)
    return row


def target_of(text: str) -> str:
    """Return the name of a scene without the marks around it."""
    return text.strip().strip('*_`[]"“”').removeprefix("#").strip()


def append(cells: dict[str, str], column: str, value: str, join: str) -> None:
    """Add to what a column says already."""
    cells[column] = f"{cells[column]}{join}{value}" if cells.get(column) else value


def _parted(text: str) -> tuple[str, str]:
    found = list(_ARROW.finditer(text))
    return (text[: found[-1].start()], text[found[-1].end() :]) if found else (text, "")


def _brackets(text: str, row: Row) -> str:
    """Take the square brackets off the end of a choice; return the rest."""
    for _ in range(_MAX_BRACKETS):
        # Only the end is looked at, however long the line.
        match = _BRACKETS.search(text, max(0, len(text) - _LONGEST_BRACKET))
        if not match:
            break
        for part in re.split(r";|,(?!\d)", match[1]):
            _bracket(part.strip(), row)
        text = text[: match.start()]
    return text.strip()


def _bracket(part: str, row: Row) -> None:
    word, _, rest = part.partition(" ")
    if not part:
        return
    if part.lower() == "once":
        row.more["once"] = True
    elif word.lower().rstrip(":") in ("if", "when", "wenn", "si", "cuando", "quand"):
        append(row.cells, "when", rest, " and ")
    elif _POINTS.match(part):
        append(row.cells, "points", part.rstrip("%").strip(), "; ")
    else:
        append(row.cells, "changes", part, "; ")
