"""A table of cells, its first rows naming the columns, to rows of a storyboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scenario_exchange.imported import ImportRefused, Report, shortened
from scenario_exchange.plain import read_json
from scenario_exchange.storyboards.row import CHOICE, COLUMNS, Row
from scenario_exchange.storyboards.words import column_of

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


def looks_like_head(cells: Sequence[str]) -> bool:
    """Return whether cells name the columns of a storyboard: what is said, and where it leads or whose it is."""
    named = set(find_columns(cells).values())
    return len(named) >= LEAST and bool(named & {"text", "choice"}) and bool(named & {"scene", "goto", "part", "who"})


def rows_of(
    table: Iterator[tuple[str, Sequence[str]]], head: Sequence[str], report: Report, place: str
) -> Iterator[Row]:
    """Yield the rows of a table given as (place, cells), below a head. Cells of unknown columns are told."""
    columns = find_columns(head)
    for index, name in enumerate(head):
        if name.strip() and index not in columns:
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
