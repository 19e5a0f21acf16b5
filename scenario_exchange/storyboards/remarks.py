"""Rows as remarks of a Twee passage and back: `/* choice id: ask | points: care +2 | when: trust >= 5 */`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scenario_exchange.storyboards.row import COLUMNS, PARTS

# How many line ends a text has behind its last word: what stands below a remark cannot show them.
ENDS = "ends"
_KNOWN = (*COLUMNS, ENDS)
_REMARK = re.compile(r"^/\* (" + "|".join(PARTS) + r")( [a-z]+: .*)? \*/$")
_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("|", "\\p"), ("*/", "*\\s"), ("/*", "/\\a"))
_UNESCAPED = {"\\": "\\", "n": "\n", "r": "\r", "p": "|", "s": "/", "a": "*"}
_ESCAPED = re.compile(r"\\([\\nrpsa])")


def write_remark(part: str, cells: Mapping[str, str]) -> str:
    """Return a row as one line."""
    fields = [f"{column}: {_escape(cells[column])}" for column in _KNOWN if cells.get(column)]
    return " ".join(["/*", part, *([" | ".join(fields)] if fields else []), "*/"])


def read_remark(line: str) -> tuple[str, dict[str, str]] | None:
    """Return the part and the cells of a remark, or None when the line is none of ours."""
    match = _REMARK.match(line)
    if not match:
        return None
    cells: dict[str, str] = {}
    for field in (match[2] or "")[1:].split(" | "):
        column, _, value = field.partition(": ")
        if column in _KNOWN:
            cells[column] = _ESCAPED.sub(lambda found: _UNESCAPED[found[1]], value)
    return match[1], cells


def _escape(text: str) -> str:
    for plain, escaped in _ESCAPES:
        text = text.replace(plain, escaped)
    return text
