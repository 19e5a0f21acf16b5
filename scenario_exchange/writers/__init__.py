"""The doors out: every writer in one tuple, and `write`. Adding a format is adding a module and one line here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenario_engine.codec import decode_raw
from scenario_engine.document import Scenario
from scenario_exchange.course_file import CourseFile
from scenario_exchange.imported import Layout, Report
from scenario_exchange.writers.branching_xblock import write_branching_xblock
from scenario_exchange.writers.csv_sheet import write_csv
from scenario_exchange.writers.exported import Exported, ExportRefused, Job, MissingExtra, Writer, file_stem
from scenario_exchange.writers.pack import pack_files, write_pack
from scenario_exchange.writers.storyboard_docx import write_storyboard_docx
from scenario_exchange.writers.storyboard_html import write_storyboard_html
from scenario_exchange.writers.twee import write_twee

__all__ = ["WRITERS", "ExportRefused", "Exported", "MissingExtra", "Writer", "pack_files", "write"]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

WRITERS: tuple[Writer, ...] = (
    Writer(name="pack", title="Course pack (zip)", extension=".zip", media_type="application/zip", write=write_pack),
    Writer(
        name="storyboard-html",
        title="Storyboard to print (HTML)",
        extension=".html",
        media_type="text/html; charset=utf-8",
        write=write_storyboard_html,
    ),
    Writer(
        name="storyboard-docx",
        title="Storyboard (Word)",
        extension=".docx",
        media_type=_WORD,
        write=write_storyboard_docx,
    ),
    Writer(
        name="csv",
        title="CSV storyboard",
        extension=".csv",
        media_type="text/csv; charset=utf-8",
        write=write_csv,
        holds_many=False,
    ),
    Writer(
        name="twee",
        title="Twee 3",
        extension=".twee",
        media_type="text/plain; charset=utf-8",
        write=write_twee,
        holds_many=False,
    ),
    Writer(
        name="branching-xblock",
        title="Branching XBlock (JSON)",
        extension=".json",
        media_type="application/json",
        write=write_branching_xblock,
        holds_many=False,
    ),
)


def write(
    documents: Sequence[Mapping[str, Any]],
    media: Mapping[str, bytes],
    format: str,
    *,
    course: CourseFile | None = None,
    layouts: Mapping[str, Layout] | None = None,
    versions: Mapping[str, str] | None = None,
    texts: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None,
) -> Exported:
    """Return the file of a format (a name of `WRITERS`) with what it could not carry. Raises ExportRefused."""
    writer = next((each for each in WRITERS if each.name == format), None)
    if writer is None:
        known = ", ".join(each.name for each in WRITERS)
        raise ExportRefused("export.unknown-format", f"There is no format “{format}”.", f"Choose one of: {known}.")
    job = Job(
        scenarios=[_decoded(raw) for raw in documents],
        media=media,
        course=course,
        layouts=layouts or {},
        versions=versions or {},
        texts=texts or {},
    )
    if not job.scenarios:
        raise ExportRefused(
            "export.empty", "There is no scenario to export.", "Choose a scenario or a course with modules."
        )
    if len(job.scenarios) > 1 and not writer.holds_many:
        raise ExportRefused(
            "export.one-at-a-time",
            f"A file of this format ({writer.title}) holds one scenario; {len(job.scenarios)} were given.",
            "Export each scenario by itself.",
        )
    report = Report()
    data = writer.write(job, report)
    return Exported(filename=file_stem(job) + writer.extension, media_type=writer.media_type, data=data, report=report)


def _decoded(raw: Mapping[str, Any]) -> Scenario:
    decoded = decode_raw(dict(raw))
    if decoded.scenario is None:
        first = decoded.problems[0]
        raise ExportRefused(
            "export.unreadable",
            f"The document cannot be read: {first.path}: {first.message}",
            "Correct it first.",
            first.path,
        )
    return decoded.scenario
