"""The file course.yaml: what it may say, and reading it with every fault named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

import msgspec
import msgspec.inspect as mi
import yaml

from scenario_engine.codec.explain import explain
from scenario_engine.codec.reading import Unreadable, read_raw
from scenario_engine.findings import Finding

_Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_\-]{0,63}$")]


class PackObjective(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What a learner should be able to do after the course."""

    id: _Id
    text: Annotated[str, msgspec.Meta(max_length=20_000)]
    competency: _Id | None = None


class PackCompetency(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A competency that the modules share."""

    title: Annotated[str, msgspec.Meta(max_length=1000)]
    uses: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    description: Annotated[str, msgspec.Meta(max_length=20_000)] = ""


class PackModule(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A module: its id, and the scenario file it plays, relative to the pack."""

    id: _Id
    scenario: Annotated[str, msgspec.Meta(max_length=300)]
    title: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    kind: Literal["scenario", "lesson", "quiz"] = "scenario"
    weight: Annotated[float, msgspec.Meta(ge=0, le=1000)] = 1
    required: bool = True
    attempts: Annotated[int, msgspec.Meta(ge=1, le=1000)] | None = None
    gate: Literal["", "finished", "passed"] = ""


class CourseFile(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """The course of a pack."""

    format: Literal[1]
    id: _Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    language: Annotated[str, msgspec.Meta(max_length=40)] = "en"
    summary: Annotated[str, msgspec.Meta(max_length=20_000)] = ""
    minutes: Annotated[int, msgspec.Meta(ge=1, le=6000)] | None = None
    audience: Annotated[str, msgspec.Meta(max_length=20_000)] = ""
    objectives: list[PackObjective] = []
    competencies: dict[_Id, PackCompetency] = {}
    modules: list[PackModule] = []
    send: Literal["when_complete", "running"] = "when_complete"
    credits: Annotated[str, msgspec.Meta(max_length=20_000)] = ""


class PackRefused(Exception):
    """The pack has faults; nothing of it was loaded. `findings` name each with its file."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"The pack was not loaded: {len(findings)} faults. First: {findings[0].message}")
        self.findings = findings


def read_course_file(data: bytes) -> CourseFile:
    """Return the course in the bytes of course.yaml. Raises PackRefused with every fault."""
    try:
        raw = read_raw(data)
        return msgspec.convert(raw, CourseFile)
    except Unreadable as error:
        raise PackRefused([in_file(error.finding, "course.yaml")]) from error
    except msgspec.ValidationError as error:
        faults = [in_file(fault, "course.yaml") for fault in explain(raw, mi.type_info(CourseFile))]
        text = str(error).partition(" - at ")[0]
        unexplained = Finding(code="pack.course", level="error", message=text, path="course.yaml")
        raise PackRefused(faults or [unexplained]) from error


def write_course_file(course: CourseFile) -> bytes:
    """Return course.yaml, readable, that reads back to the same course."""
    raw: dict[str, Any] = {"format": 1, **msgspec.to_builtins(course)}
    return yaml.safe_dump(raw, sort_keys=False, allow_unicode=True, width=110).encode()


def in_file(finding: Finding, name: str) -> Finding:
    """Return the finding with the file it is in."""
    return msgspec.structs.replace(finding, path=f"{name}: {finding.path}" if finding.path else name)


def is_inside(path: str) -> bool:
    """Return whether a path stays inside its pack."""
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and "\\" not in path and bool(pure.parts)


def weight_of(module: PackModule) -> Decimal:
    return Decimal(str(module.weight))
