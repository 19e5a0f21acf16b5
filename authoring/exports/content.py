"""What an export takes along: the documents, media, texts and places of a draft, a version or a published course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from authoring.checking import used_media
from authoring.documents import NotReadable, document_in, document_of
from authoring.media_store import read_media
from authoring.models import Course, CourseVersion, Scenario, ScenarioVersion
from authoring.packs.export import course_file_of
from scenario_engine.codec import to_raw
from scenario_engine.document import Scenario as Document
from scenario_exchange.course_file import CourseFile


class NothingToExport(ValueError):
    """There is nothing that could be written; the message says why and what to do."""


@dataclass
class Content:
    """Documents with everything a writer may ask about them; all keyed by the document's id."""

    title: str
    documents: list[dict[str, Any]] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    # Media that two scenarios have under one key, with different bytes.
    clashes: set[str] = field(default_factory=set)
    layouts: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    course: CourseFile | None = None


def of_draft(scenario: Scenario) -> Content:
    """Return the newest draft. Raises NothingToExport when it cannot be read."""
    draft = scenario.get_latest_revision_as_object()
    try:
        document = document_of(draft.document)
    except NotReadable as error:
        raise NothingToExport(f"This draft cannot be read yet: {error} Correct it in the editor first.") from error
    used = used_media(document)
    files = [row for row in scenario.media_files.all() if row.key in used]
    content = Content(draft.title)
    content.documents.append(to_raw(document))
    content.media = {row.key: read_media(row.sha256, row.name) for row in files}
    content.layouts = {document.id: draft.layout} if draft.layout else {}
    content.texts = {document.id: {row.locale: row.texts for row in scenario.translations.all()}}
    return content


def of_version(version: ScenarioVersion) -> Content:
    """Return what a version froze."""
    content = Content(version.title)
    _add(content, version, document_in(version.document))
    return content


def of_course(course: Course) -> Content:
    """Return the newest published version of a course with the scenarios it pins. Raises NothingToExport."""
    version = course.versions.order_by("-number").first()
    if version is None:
        raise NothingToExport(f"“{course}” has not been published yet. Only a published course can be exported.")
    content = Content(version.title, course=course_file_of(course, version))
    for pinned in _pinned(version):
        _add(content, pinned, document_in(pinned.document))
    return content


def _pinned(version: CourseVersion) -> list[ScenarioVersion]:
    ids = dict.fromkeys(module["version_id"] for module in version.modules)
    rows = ScenarioVersion.objects.in_bulk(list(ids))
    return [rows[each] for each in ids]


def _add(content: Content, version: ScenarioVersion, document: Document) -> None:
    content.documents.append(to_raw(document))
    content.versions[document.id] = str(version.number)
    content.texts[document.id] = version.texts
    for key, kept in version.media.items():
        data = read_media(kept["sha256"], kept["name"])
        if content.media.setdefault(key, data) != data:
            content.clashes.add(key)
