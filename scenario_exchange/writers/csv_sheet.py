"""A scenario as CSV (RFC 4180): one row for each scene, beat and choice. Nothing is lost; cells cannot run formulas."""

from __future__ import annotations

import csv
import io

from scenario_engine.codec import to_raw
from scenario_exchange.imported import Report
from scenario_exchange.storyboards.guard import guard
from scenario_exchange.storyboards.row import COLUMNS, Row
from scenario_exchange.storyboards.write_rows import more_cell, write_rows
from scenario_exchange.writers.back import tell_rows
from scenario_exchange.writers.exported import Job


def write_csv(job: Job, report: Report) -> bytes:
    """Return the bytes of the sheet: UTF-8 with a mark, because spreadsheet programs guess otherwise."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    rows = list(write_rows(to_raw(job.scenarios[0])))
    for row in rows:
        writer.writerow([guard(_cell(row, column)) for column in COLUMNS])
    report.kept(job.scenarios[0].title, "Everything: what has no column of its own stands as JSON in the last one.")
    for key in sorted(job.media):
        report.dropped(key, "A sheet carries no media, only their names.", "Export a course pack to take them along.")
    data = out.getvalue().encode("utf-8-sig")
    tell_rows(job.scenarios[0].title, len(rows), report, len(data))
    return data


def _cell(row: Row, column: str) -> str:
    return more_cell(row.more) if column == "more" else row.cells.get(column, "")
