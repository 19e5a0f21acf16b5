"""Grades as a spreadsheet (RFC 4180) in which no cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from lti.grades.words import status_of
from lti.models import GradeTarget

# Spreadsheets run what begins so: https://owasp.org/www-community/attacks/CSV_Injection
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
HEAD = ("learner", "user id", "column", "course", "LMS", "grade", "sent", "state", "since", "tries", "what", "LMS said")


def lines(targets: Iterable[GradeTarget]) -> Iterator[str]:
    """Yield the sheet line by line."""
    yield _line(HEAD)
    for row in targets:
        yield _line(
            (
                str(row.person.learner),
                row.person.sub,
                str(row.line_item),
                str(row.line_item.context),
                str(row.platform),
                "" if row.wanted is None else f"{row.wanted:.4f}",
                "" if row.sent is None else f"{row.sent:.4f}",
                row.get_state_display(),
                _time(row.pending_since or row.delivered_at),
                str(row.tries),
                status_of(row).sentence,
                row.last_error,
            )
        )


def guarded(cell: str) -> str:
    """Return a cell that is text for every spreadsheet."""
    clean = cell.replace("\0", "")
    return f"'{clean}" if cell.startswith(DANGEROUS) else clean


def _time(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M}"


def _line(cells: Iterable[str]) -> str:
    sheet = io.StringIO()
    csv.writer(sheet, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return sheet.getvalue()
