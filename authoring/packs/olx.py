"""A published course as an Open edX course archive, checked as the importer would before it leaves."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID, uuid5

from authoring.media_store import extension_of, read_media
from authoring.models import Course, CourseVersion, ScenarioVersion
from scenario_engine.codec import decode
from scenario_exchange.olx import OlxCourse, OlxModule, validate_archive, write_archive


class ExportFailed(ValueError):
    """The archive would not arrive whole; the message names every fault."""


def export_olx(course: Course) -> bytes:
    """Return the newest published version of `course` as .tar.gz.

    Raises CourseVersion.DoesNotExist when nothing is published, ExportFailed when something would be lost on import.
    """
    version = course.versions.order_by("-number").first()
    if version is None:
        raise CourseVersion.DoesNotExist(f"“{course.slug}” has not been published yet.")
    file = io.BytesIO()
    write_archive(
        OlxCourse(
            uuid=course.uuid,
            title=version.title,
            course=course.slug,
            language=course.language,
            summary=version.summary,
            modules=[_module(course, each) for each in version.modules],
        ),
        file,
    )
    faults = validate_archive(file.getvalue())
    if faults:
        raise ExportFailed("; ".join(f"{fault.path}: {fault.message}" for fault in faults))
    return file.getvalue()


def _module(course: Course, module: dict[str, Any]) -> OlxModule:
    version = ScenarioVersion.objects.get(pk=module["version_id"])
    scenario = decode(bytes(version.document)).scenario
    if scenario is None:
        raise ExportFailed(f"The published version of “{module['id']}” cannot be read.")
    return OlxModule(
        uuid=module_uuid(course.uuid, module["id"]),
        title=module["title"],
        scenario=scenario,
        number=version.number,
        maximum=version.maximum,
        weight=float(module["weight"]),
        attempts=module.get("attempts"),
        media={key: _file(entry) for key, entry in version.media.items()},
    )


def module_uuid(course: UUID, module_id: str) -> UUID:
    """Return the name of a module in Open edX: stable for ever, since learners' data hang on it."""
    return uuid5(course, module_id)


def _file(entry: dict[str, str]) -> tuple[str, bytes]:
    # Named by content, so that two scenarios with a “mara.svg” of their own do not overwrite each other.
    name = f"branchwise-{entry['sha256'][:16]}.{extension_of(entry['name'])}"
    return name, read_media(entry["sha256"], entry["name"])
