"""Reading an upload outside of this process, and what came back of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import msgspec

from authoring.confined.parent import Ended, run_confined
from authoring.imports.child import BOUNDS
from scenario_exchange.course_file import CourseFile


@dataclass(frozen=True)
class ReadFile:
    """What a file held: raw documents, media as files to read while the folder stands, and the report.

    `texts` are those of other languages by document id; `course` is the course of a pack, its modules naming
    scenarios/<document id>.yaml.
    """

    format: str
    documents: Sequence[dict[str, Any]]
    layouts: Mapping[str, Any]
    media: Mapping[str, Path]
    entries: Sequence[dict[str, str]]
    texts: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    course: CourseFile | None = None


class NotImported(Exception):
    """The file could not be read; `problem` says why, where, and what to do. Nothing was imported."""

    def __init__(self, problem: Mapping[str, str]) -> None:
        super().__init__(problem["message"])
        self.problem = dict(problem)


_PROBLEMS = {
    "memory": (
        "import.too-heavy",
        "Reading this file takes more memory than one file may use.",
        "Leave pictures and sound out, or split the story in two files.",
    ),
    "time": (
        "import.too-slow",
        "Reading this file takes longer than one file may take.",
        "Split the story in two files and import each.",
    ),
    "broken": (
        "import.reader-failed",
        "The file could not be read: our reader stopped unexpectedly. Nothing was imported.",
        "Save it once more from the program that made it; if that does not help, tell whoever runs this site.",
    ),
}


@contextmanager
def read_confined(file: BinaryIO, name: str) -> Iterator[ReadFile]:
    """Read a file of any supported format in a bounded process. Raises NotImported."""
    with TemporaryDirectory(prefix="branchwise-import-") as temporary:
        folder = Path(temporary)
        with (folder / "upload").open("wb") as copy:
            shutil.copyfileobj(file, copy)
        (folder / "name").write_text(name)
        try:
            answer = run_confined("authoring.imports.child", folder, BOUNDS)
        except Ended as end:
            raise NotImported(end.answer or problem_of(end.why)) from end
        yield _as_read(answer, folder)


def _as_read(answer: dict[str, Any], folder: Path) -> ReadFile:
    course = answer.get("course")
    return ReadFile(
        format=answer["format"],
        documents=answer["documents"],
        layouts=answer.get("layouts", {}),
        media={key: folder / kept for key, kept in answer.get("media", {}).items()},
        entries=answer["entries"],
        texts=answer.get("texts", {}),
        course=msgspec.convert(course, CourseFile) if course else None,
    )


def problem_of(why: str) -> dict[str, str]:
    """Return the problem of a reader that did not come to an end."""
    code, message, hint = _PROBLEMS[why]
    return {"code": code, "message": message, "hint": hint, "place": ""}
