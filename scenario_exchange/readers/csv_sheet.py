"""CSV storyboards: our own sheets come back exactly; sheets made by hand need a first row that names the columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report
from scenario_exchange.storyboards.cells import find_columns, looks_like_head, rows_of
from scenario_exchange.storyboards.guard import unguard
from scenario_exchange.storyboards.read_rows import read_rows
from scenario_exchange.storyboards.row import COLUMNS

_SEPARATORS = ",;\t|"
_HEAD_ROWS = 10
_MAX_CELL = 1_000_000
_MAX_LINES = 400_000


def fits(peek: Peek) -> bool:
    """Return whether the text begins with a row that names the columns of a storyboard."""
    if not peek.head or peek.head[:1] in "<{[":
        return False
    first = [line for line in peek.head.split("\n")[: _HEAD_ROWS * 3] if line.strip()][:_HEAD_ROWS]
    return any(looks_like_head(_split(line, each)) for line in first for each in _SEPARATORS if each in line)


def read(peek: Peek) -> Imported:
    """Return the scenario of a sheet. Raises ImportRefused."""
    report = Report()
    text = peek.text
    if text.count("\n") > _MAX_LINES:
        raise ImportRefused("import.too-large", f"The sheet has more than {_MAX_LINES:,} lines.", "Delete empty rows.")
    table = _table(text, _separator(text))
    skipped: list[str] = []
    for place, cells in table:
        if looks_like_head(cells):
            break
        skipped.append(place)
        if len(skipped) > _HEAD_ROWS:
            raise _no_head()
    else:
        raise _no_head()
    for place_of in skipped:
        report.dropped(place_of, "A row above the one that names the columns.")
    rows = rows_of(_until(table, peek), cells, report, place)
    is_own = [cell.strip() for cell in cells] == list(COLUMNS)
    document = read_rows(rows, PurePosixPath(peek.name).stem, report, is_own=is_own)
    report.kept(document["title"], f"{len(document['scenes'])} scenes.")
    return Imported(format="csv", documents=[document], report=report)


def _until(table: Iterator[tuple[str, list[str]]], peek: Peek) -> Iterator[tuple[str, list[str]]]:
    for count, row in enumerate(table):
        if count % 500 == 0:
            peek.check_time()
        yield row


def _no_head() -> ImportRefused:
    hint = "Begin with a row such as: scene, text, choice, goto, points. See the template."
    return ImportRefused("import.structure", "No row names the columns.", hint, "row 1")


def _table(text: str, separator: str) -> Iterator[tuple[str, list[str]]]:
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ImportRefused(
                "import.structure", f"Row at line {number}: {error}.", "Save it as CSV again."
            ) from error
        if any(cell.strip() for cell in cells):
            yield f"row {number}", [unguard(cell) for cell in cells]


def _separator(text: str) -> str:
    """Return the separator under which some early line names the most columns."""
    lines = [line for line in text[:65_536].split("\n") if line.strip()][:_HEAD_ROWS]
    return max(_SEPARATORS, key=lambda each: max((len(find_columns(_split(line, each))) for line in lines), default=0))


def _split(line: str, separator: str) -> list[str]:
    return [re.sub(r'^\s*"|"\s*$', "", cell) for cell in line[:4_000].split(separator)]


CSV = Reader(name="csv", title="CSV storyboard", extensions=(".csv", ".tsv"), fits=fits, read=read, converts=False)
