"""Writing an export: one file, and the report of what it could not carry."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

from authoring.exports.bounds import too_long
from authoring.exports.content import Content, NothingToExport, of_course
from authoring.exports.formats import OLX, scenario_formats
from authoring.models import Course, CourseVersion
from authoring.packs.olx import ExportFailed, export_olx
from scenario_exchange.writers import ExportRefused, write

_DATE = (2020, 1, 1, 0, 0, 0)  # the same content gives the same bytes


class NotExported(Exception):
    """The content does not fit the format; the message says what stands in the way, the hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".strip())


@dataclass(frozen=True)
class Made:
    """A finished file."""

    filename: str
    media_type: str
    data: bytes
    entries: list[dict[str, str]] = field(default_factory=list)


def write_scenario(content: Content, name: str, *, at_once: bool = False) -> Made:
    """Write one scenario; `at_once` while somebody waits, who gets no file that takes long. Raises NotExported."""
    if at_once:
        _refuse_long(content, name, f"export_scenario SLUG {_which(content)}")
    return _write(content, name, content.documents)


def write_course(course: Course, name: str, *, at_once: bool = False) -> Made:
    """Write a published course; `at_once` as for a scenario. Raises NotExported."""
    try:
        if name == OLX.name:
            return Made(f"{course.slug}.tar.gz", "application/gzip", export_olx(course))
        content = of_course(course)
    except (NothingToExport, ExportFailed, CourseVersion.DoesNotExist) as error:
        raise NotExported(str(error)) from error
    if name == "pack" and content.clashes:
        named = ", ".join(f"“{key}”" for key in sorted(content.clashes))
        message = f"A pack has one folder of media, and scenarios of this course have different files called {named}."
        raise NotExported(message, "Upload one of the two under another name, and publish again.")
    if at_once:
        _refuse_long(content, name, "export_course SLUG")
    fits_one = any(each.name == name and not each.holds_many for each in scenario_formats())
    return _write_each(course, content, name) if fits_one else _write(content, name, content.documents, course=True)


def _refuse_long(content: Content, name: str, command: str) -> None:
    if message := too_long(content.documents, name):
        hint = f"Choose another format, or have it written by `python manage.py {command} --to {name} --out FILE`."
        raise NotExported(message, hint)


def _which(content: Content) -> str:
    """Return how the command is told which version, or that it is the draft."""
    return next((f"--number {number}" for number in content.versions.values()), "--draft")


def _write(content: Content, name: str, documents: list[dict[str, Any]], course: bool = False) -> Made:
    try:
        made = write(
            documents,
            content.media,
            name,
            course=content.course if course else None,
            layouts=content.layouts,
            versions=content.versions,
            texts=content.texts,
        )
    except ExportRefused as refused:
        raise NotExported(refused.message, refused.hint) from refused
    return Made(made.filename, made.media_type, made.data, made.report.lines())


def _write_each(course: Course, content: Content, name: str) -> Made:
    """Write a zip with one file for each scenario."""
    out = io.BytesIO()
    entries: list[dict[str, str]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in content.documents:
            made = _write(content, name, [document])
            archive.writestr(zipfile.ZipInfo(made.filename, _DATE), made.data, zipfile.ZIP_DEFLATED)
            entries += made.entries
    return Made(f"{course.slug}-{name}.zip", "application/zip", out.getvalue(), entries)
