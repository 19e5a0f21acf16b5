"""What course.yaml says of a published course. Packs are written by scenario_exchange, asked by `exports`."""

from __future__ import annotations

from typing import Any

import msgspec

from authoring.documents import document_in
from authoring.models import Course, CourseVersion, ScenarioVersion
from authoring.packs.course_file import CourseFile, PackCompetency, PackModule, PackObjective
from scenario_engine.document import Scenario as Document


def course_file_of(course: Course, version: CourseVersion) -> CourseFile:
    """Return what course.yaml says of a published course."""
    pinned = {module["id"]: ScenarioVersion.objects.get(pk=module["version_id"]) for module in version.modules}
    names = {module_id: f"scenarios/{_document(each).id}.yaml" for module_id, each in pinned.items()}
    return CourseFile(
        format=1,
        id=course.slug if course.slug[:1].isalpha() else f"course-{course.slug}",
        title=version.title,
        language=version.language,
        summary=version.summary,
        minutes=version.minutes,
        audience=version.audience,
        objectives=msgspec.convert(version.details.get("objectives", []), list[PackObjective]),
        competencies=msgspec.convert(version.details.get("competencies", {}), dict[str, PackCompetency]),
        modules=[_module(module, names[module["id"]]) for module in version.modules],
        send="running" if version.send == "running" else "when_complete",
        credits=version.credits,
    )


def _module(module: dict[str, Any], name: str) -> PackModule:
    return PackModule(
        id=module["id"],
        scenario=name,
        title=module["title"],
        kind=module["kind"],
        weight=float(module["weight"]),
        required=module["required"],
        attempts=module["attempts"],
        gate=module["gate"],
    )


def _document(version: ScenarioVersion) -> Document:
    return document_in(version.document)
