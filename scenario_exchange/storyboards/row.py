"""A row of a storyboard: what one line of a table says about a scene. `write_rows` and `read_rows` are its two ends."""

from __future__ import annotations

from typing import Any

import msgspec

# The columns in the order in which they are written.
COLUMNS = (
    "scene",
    "kind",
    "part",
    "id",
    "title",
    "who",
    "mood",
    "text",
    "goto",
    "points",
    "changes",
    "when",
    "feedback",
    "better",
    "more",
)
# A column that people like to have and that the writer never needs: the words of a choice beside those of its scene.
CHOICE = "choice"

# Which field of a scene the column `text`, and `goto`, stand for. Other kinds speak in beats alone.
TEXT_FIELDS = {
    "page": "text",
    "ending": "text",
    **dict.fromkeys(("decision", "question", "reply", "roleplay"), "prompt"),
}
GOTO_FIELDS = {
    "page": "goto",
    "line": "goto",
    "question": "goto",
    "reflection": "goto",
    "ending": "afterwards",
    "route": "otherwise",
}
# Which lists of a scene have rows of their own: the word in `part`, the kind of scene, the way to the list.
LISTS = (
    ("beat", "", ("beats",)),
    ("choice", "decision", ("choices",)),
    ("choice", "page", ("choose",)),
    ("option", "question", ("options",)),
    ("rule", "route", ("rules",)),
    ("rule", "reply", ("branch",)),
    ("sample", "reply", ("if_not_assessed", "samples")),
    ("sample", "roleplay", ("if_not_assessed", "samples")),
)
PARTS = ("scenario", "setting", "scene", "then", "beat", "choice", "option", "rule", "sample")


class Row(msgspec.Struct, kw_only=True):
    """One row: cells by column, the structured rest, and the place to name in a report ("row 12")."""

    cells: dict[str, str]
    more: dict[str, Any] = {}
    place: str = ""

    def get(self, column: str) -> str:
        """Return a cell without the space around it."""
        return self.cells.get(column, "").strip()


# Columns whose line ends mean something: a text block of YAML ends with one.
_WITH_LINES = frozenset({"text", "feedback", "better"})


def trimmed(column: str, cell: str) -> str:
    """Return a cell without the space around it."""
    return cell.strip(" \t") if column in _WITH_LINES and cell.strip() else cell.strip()


def list_of(part: str, kind: str) -> tuple[str, ...] | None:
    """Return the way to the list that rows of `part` fill in a scene of `kind`."""
    return next((way for name, fits, way in LISTS if name == part and fits in ("", kind)), None)
