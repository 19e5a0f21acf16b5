"""Whether what was written can be imported again: our readers have bounds, and the report says where one is passed."""

from __future__ import annotations

import io

from scenario_exchange.imported import ImportRefused, Report
from scenario_exchange.limits import DEFAULT, FATTER, MEGABYTE
from scenario_exchange.packages import Package
from scenario_exchange.storyboards.bounds import MAX_ROWS

_KEEP = "Export a course pack to keep it, and load that with `manage.py load_packs`."
_LOAD = "Load the pack with `manage.py load_packs`, which has no such bound."


def tell_rows(title: str, rows: int, report: Report, size: int = 0) -> None:
    """Tell when a storyboard of `rows` rows and `size` bytes is larger than what is imported."""
    if rows > MAX_ROWS:
        what = f"It has {rows:,} rows; a file with more than {MAX_ROWS:,} cannot be imported again."
        report.changed(title, what, _KEEP)
    elif size > DEFAULT.text:
        what = f"It is larger than {DEFAULT.text // MEGABYTE} MB, so it cannot be imported again."
        report.changed(title, what, _KEEP)


def tell_word(title: str, data: bytes, report: Report) -> None:
    """Tell when a Word document is larger than what is imported. `data` is the finished file."""
    most = FATTER * DEFAULT.elements
    try:
        body = Package(io.BytesIO(data)).read("word/document.xml")
        fits = len(body) <= DEFAULT.text and body.count(b"<") <= most and body.count(b"=") <= 4 * most
    except ImportRefused:
        fits = False
    if not fits:
        report.changed(title, "The document is too large to be imported again.", _KEEP)


def tell_file(title: str, data: bytes, report: Report) -> None:
    """Tell when the file of a scenario in a pack holds more than what is read of an uploaded pack."""
    if len(data) > DEFAULT.text:
        what = f"It is larger than {DEFAULT.text // MEGABYTE} MB, so the pack cannot be uploaded again."
        report.changed(title, what, _LOAD)
    elif data.count(b"{") + data.count(b"[") + data.count(b",") > DEFAULT.values:
        what = f"It holds more than {DEFAULT.values:,} values, so the pack cannot be uploaded again."
        report.changed(title, what, _LOAD)


def tell_pack(title: str, size: int, media: int, report: Report) -> None:
    """Tell when a pack of `size` bytes with `media` bytes of pictures, sounds and films is larger than an upload."""
    if size > DEFAULT.upload or media > DEFAULT.kept:
        what = f"With more than {DEFAULT.kept // MEGABYTE} MB the pack cannot be uploaded again."
        report.changed(title, what, _LOAD)
