"""A table of cells, its first rows naming the columns, to rows of a storyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from scenario_exchange.imported import ImportRefused, Report, shortened
from scenario_exchange.plain import read_json
from scenario_exchange.storyboards.row import CHOICE, COLUMNS, Row
from scenario_exchange.storyboards.words import column_of

# What sheets made by hand repeat for each choice, one beside the other: “Choice 1”, “Next A”, “Feedback #2”.
_OF_CHOICES = (CHOICE, "goto", "points", "feedback", "better", "then", "changes", "when")
_NUMBERED = re.compile(r"(.{1,40}?)[\s_#.:-]{0,3}(\d{1,2}|[A-Za-z])")
_KNOWN = {*COLUMNS, CHOICE, "then"}
# A head that names fewer columns than this is no head.
LEAST = 2


def find_columns(cells: Sequence[str]) -> dict[int, str]:
    """Return the column that each cell of a head names; of two that name the same, the first."""
    found: dict[int, str] = {}
    for index, cell in enumerate(cells):
        column = column_of(cell)
        if column and column not in found.values():
            found[index] = column
    return found


def find_groups(cells: Sequence[str], columns: dict[int, str]) -> list[dict[int, str]]:
    """Return the columns of each further choice beside the first: “Choice 2”, “Next B”, or the same name again."""
    groups: dict[str, dict[int, str]] = {}
    latest = "1"
    for index, cell in enumerate(cells):
        match = _NUMBERED.fullmatch(cell.strip()) if index not in columns else None
        column = columns.get(index) or column_of(cell) or (column_of(match[1]) if match else "")
        if column not in _OF_CHOICES:
            continue
        if match and not column_of(cell):
            latest = _number(match[2])
        elif index not in columns and column == CHOICE:
            latest = str(max((int(each) for each in groups), default=1) + 1)
        if index not in columns and column not in groups.setdefault(latest, {}).values():
            groups[latest][index] = column
    first = groups.pop("1", {})
    columns |= {index: column for index, column in first.items() if column not in columns.values()}
    return [groups[key] for key in sorted(groups, key=int) if CHOICE in groups[key].values()]


def _number(mark: str) -> str:
    return str(ord(mark.upper()) - ord("A") + 1) if mark.isalpha() else str(int(mark))


def looks_like_head(cells: Sequence[str]) -> bool:
    """Return whether cells name the columns of a storyboard: what is said, and where it leads or whose it is."""
    named = set(find_columns(cells).values())
    return len(named) >= LEAST and bool(named & {"text", "choice"}) and bool(named & {"scene", "goto", "part", "who"})


def rows_of(
    table: Iterator[tuple[str, Sequence[str]]], head: Sequence[str], report: Report, place: str
) -> Iterator[Row]:
    """Yield the rows of a table given as (place, cells), below a head. Cells of unknown columns are told."""
    columns = find_columns(head)
    groups = find_groups(head, columns)
    grouped = {index for group in groups for index in group}
    for index, name in enumerate(head):
        if name.strip() and index not in columns and index not in grouped:
            report.dropped(
                place, f"The column “{shortened(name)}” has no meaning here.", "Rename it, or move its notes."
            )
    for where, cells in table:
        row = Row(cells={}, place=where)
        for index, cell in enumerate(cells):
            column = columns.get(index, "")
            if column == "more":
                row.more = _more(cell, where, report)
            elif column in _KNOWN:
                row.cells[column] = cell
            elif cell.strip() and index >= len(head):
                report.dropped(where, f"“{shortened(cell)}” stands beyond the last column.")
        yield row
        for group in groups:
            further = {column: cells[index] for index, column in group.items() if index < len(cells)}
            if further.get(CHOICE, "").strip():
                yield Row(cells=further, place=where)
            else:
                for cell in further.values():
                    if cell.strip():
                        report.dropped(where, f"“{shortened(cell)}” belongs to a choice without words.")


def _more(cell: str, place: str, report: Report) -> dict[str, Any]:
    if not cell.strip():
        return {}
    try:
        value = read_json(cell, place=place)
    except ImportRefused as refused:
        report.dropped(place, f"“{shortened(cell)}” in the column “more” is no JSON: {refused.message}")
        return {}
    if not isinstance(value, dict):
        report.dropped(place, "What stands in the column “more” is no JSON object.")
        return {}
    return value


__all__ = ["find_columns", "looks_like_head", "rows_of"]
