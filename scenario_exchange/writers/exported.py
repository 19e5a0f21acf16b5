"""What an export gives, and what writers are told. The writers themselves stand one to a module."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from scenario_engine.document import Scenario
from scenario_exchange.course_file import CourseFile
from scenario_exchange.imported import Layout, Report


class ExportRefused(Exception):
    """The content cannot be written in this format; the message says what stands in the way, the hint what to do."""

    def __init__(self, code: str, message: str, hint: str = "", place: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.place = place


class MissingExtra(ExportRefused):
    """A library of the wheel's extra `formats` is not installed."""

    def __init__(self, library: str) -> None:
        hint = "Install the extra: pip install 'branchwise[formats]'."
        super().__init__("export.missing-library", f"This format needs the library {library}.", hint)


class Job(msgspec.Struct, kw_only=True):
    """What to write: scenarios that decode, their media by key, and what the host knows about them."""

    scenarios: list[Scenario]
    media: Mapping[str, bytes] = {}
    course: CourseFile | None = None
    # Scenario id -> locale -> texts by key, as `scenario_engine.texts` has them.
    texts: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}
    layouts: Mapping[str, Layout] = {}
    # The published number by scenario id; absent for a draft.
    versions: Mapping[str, str] = {}


class Exported(msgspec.Struct, kw_only=True):
    """A finished file, and what it could not carry."""

    filename: str
    media_type: str
    data: bytes
    report: Report


class Writer(msgspec.Struct, frozen=True, kw_only=True):
    """A format: its stable name, what people call it, and how to write it."""

    name: str
    title: str
    extension: str
    media_type: str
    write: Callable[[Job, Report], bytes]
    # Whether one file holds several scenarios.
    holds_many: bool = True


def file_stem(job: Job) -> str:
    """Return a file name without an extension for what is written."""
    return job.course.id if job.course else job.scenarios[0].id


Documents = Sequence[Mapping[str, Any]]
