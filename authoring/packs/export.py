"""Writing a course, or one scenario, as a pack: YAML that a person can read, and its media, in one zip."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import msgspec

from authoring.documents import document_in
from authoring.media_store import read_media
from authoring.models import Course, CourseVersion, ScenarioVersion
from authoring.packs.course_file import CourseFile, PackCompetency, PackModule, PackObjective, write_course_file
from scenario_engine.codec import encode_yaml
from scenario_engine.document import Scenario as Document

# Fixed, so that the same content gives the same bytes.
_DATE = (2020, 1, 1, 0, 0, 0)


def export_pack(course: Course) -> bytes:
    """Return the newest published version of a course as a zip. Raises CourseVersion.DoesNotExist."""
    version = course.versions.order_by("-number").first()
    if version is None:
        raise CourseVersion.DoesNotExist("Only a published course can be exported. Publish it first.")
    file = course_file_of(course, version)
    files = {"course.yaml": write_course_file(file)}
    for module, pinned in zip(version.modules, file.modules, strict=True):
        each = ScenarioVersion.objects.get(pk=module["version_id"])
        files[pinned.scenario] = encode_yaml(_document(each))
        files.update({key: read_media(kept["sha256"], kept["name"]) for key, kept in each.media.items()})
    return _zip(files)


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


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
