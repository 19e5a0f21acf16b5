"""Word storyboards: tables whose first row names the columns, or headings and lists as in a Markdown storyboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, Report, shortened
from scenario_exchange.readers.docx_beside import tell_beside
from scenario_exchange.readers.docx_board import BoardReader
from scenario_exchange.readers.docx_parts import Grid, Line, read_parts
from scenario_exchange.readers.markdown import outline_rows
from scenario_exchange.storyboards.cells import looks_like_head, rows_of
from scenario_exchange.storyboards.read_rows import read_rows
from scenario_exchange.storyboards.row import Row
from scenario_exchange.storyboards.words import column_of

_BODY = "word/document.xml"
_HEAD_ROWS = 5


def fits(peek: Peek) -> bool:
    """Return whether a package is a Word document."""
    return peek.is_package and _BODY in peek.package


def read(peek: Peek) -> Imported:
    """Return the scenario. Raises ImportRefused."""
    report = Report()
    parts = list(read_parts(peek.package, peek.limits))
    title = next((part.text for part in parts if isinstance(part, Line) and part.level == 1 and part.text), "")
    if any(isinstance(part, Grid) and _is_fields_of_scene(part) for part in parts):
        rows: Iterable[Row] = BoardReader(parts, report, peek).rows()
    elif any(isinstance(part, Grid) and _head_of(part) is not None for part in parts):
        rows = _tables(parts, report, peek)
    else:
        rows = outline_rows("\n".join(_as_markdown(parts)), peek, report)
    document = read_rows(rows, title or PurePosixPath(peek.name).stem, report)
    report.kept(document["title"], f"{len(document['scenes'])} scenes.")
    media = [name for name in peek.package.names if name.startswith("word/media/")]
    if media:
        report.dropped(peek.name, f"Pictures inside the document: {len(media)}.", "Upload them in the editor.")
    tell_beside(peek.package, peek.limits, report)
    return Imported(format="docx", documents=[document], report=report)


def _is_fields_of_scene(grid: Grid) -> bool:
    """Return whether a table is one that our own storyboard puts at the head of a scene."""
    first = grid.rows[0] if grid.rows else []
    return len(first) == 2 and column_of(_text(first[0])) == "scene" and bool(first[1] and first[1][0].ids)


def _text(cell: list[Line]) -> str:
    return "\n".join(line.text for line in cell)


def _plain(row: list[list[Line]]) -> list[str]:
    return [_text(cell).replace("*", "") for cell in row]


def _head_of(grid: Grid) -> int | None:
    """Return which of the first rows names the columns: a title may stand above it."""
    return next((at for at, row in enumerate(grid.rows[:_HEAD_ROWS]) if looks_like_head(_plain(row))), None)


def _tables(parts: list[Line | Grid], report: Report, peek: Peek) -> Iterator[Row]:
    """Yield the rows of every table that names its columns; a heading above a table without scenes is its scene."""
    heading = ""
    tables = 0
    for number, part in enumerate(parts, 1):
        peek.check_time()
        tables += isinstance(part, Grid)
        if isinstance(part, Line):
            if part.level > 1 and part.text:
                heading = part.text
            elif part.text and part.level == 0:
                report.dropped(heading or f"paragraph {number}", f"Text outside the tables: “{part.text[:80]}”.")
            continue
        place = f"table {tables}"
        first = _head_of(part)
        if first is None:
            words = shortened(" ".join(" ".join(_plain(row)) for row in part.rows[:20]))
            what = f"A table whose first rows name no columns: “{words}”."
            report.dropped(heading or place, what, "Name its columns.")
            continue
        head = _plain(part.rows[first])
        for above in part.rows[:first]:
            if words := shortened(" ".join(_plain(above))):
                report.dropped(place, f"A row above the one that names the columns: “{words}”.")
        below = enumerate(part.rows[first + 1 :], first + 2)
        table = ((f"{place}, row {index}", [_text(cell) for cell in row]) for index, row in below)
        has_scene = any(column_of(cell) == "scene" for cell in head)
        if heading and not has_scene:
            yield Row(cells={"part": "scene", "scene": heading}, place=heading)
        for row in rows_of(table, head, report, place):
            if heading and not has_scene and not row.cells.get("scene"):
                row.cells["scene"] = heading
            yield row


def _as_markdown(parts: list[Line | Grid]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Grid):
            for row in part.rows:
                yield " | ".join(_text(cell) for cell in row)
                yield ""
        elif part.level:
            yield f"{'#' * min(part.level, 6)} {' '.join(part.text.split())}"
        elif part.is_item and not part.text.startswith(("- ", "* ")):
            yield f"- {' '.join(part.text.split())}"
        else:
            yield part.text
            yield ""


DOCX = Reader(name="docx", title="Word storyboard", extensions=(".docx",), fits=fits, read=read)
