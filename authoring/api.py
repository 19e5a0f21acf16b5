"""The only door of authoring: what learning, lti and config may import, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from authoring.deletion import register_pin_check
from authoring.drafts import Draft, save_draft
from authoring.media_store import MediaFile, url_of
from authoring.models import (
    Course,
    CourseVersion,
    NeverChanges,
    Scenario,
    ScenarioMedia,
    ScenarioText,
    ScenarioVersion,
    SceneComment,
    ShareLink,
)
from authoring.moving.hooks import Batch, InPlay, register_in_play
from authoring.packs.load import LoadedPack, PackRefused, load_pack
from authoring.permissions import may, organisations_for
from authoring.publishing import PublishRefused, publish, publish_course
from authoring.stories import version_story
from foundation.api import Organisation

__all__ = [
    "Batch",
    "Course",
    "CourseRef",
    "CourseVersion",
    "Draft",
    "InPlay",
    "Listing",
    "LoadedPack",
    "MediaFile",
    "ModuleRef",
    "NeverChanges",
    "PackRefused",
    "PublishRefused",
    "Scenario",
    "ScenarioMedia",
    "ScenarioText",
    "ScenarioVersion",
    "SceneComment",
    "ShareLink",
    "VersionRef",
    "course_version",
    "load_pack",
    "may",
    "media_urls",
    "organisations_for",
    "publish",
    "publish_course",
    "published_course",
    "published_version",
    "register_in_play",
    "register_pin_check",
    "save_draft",
    "search_published",
    "version_ref",
    "version_story",
]


@dataclass(frozen=True)
class VersionRef:
    """A published scenario version, as others pin it."""

    id: int
    uuid: UUID
    number: int
    digest: str
    title: str
    language: str
    languages: tuple[str, ...]
    purpose: str
    minutes: int | None
    scenario_uuid: UUID


@dataclass(frozen=True)
class ModuleRef:
    """A module of a published course: `kind` is scenario, lesson or quiz; `purpose` is that of its scenario."""

    id: str
    title: str
    version_id: int
    weight: Decimal
    required: bool
    kind: str
    purpose: str
    attempts: int | None = None
    gate: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class CourseRef:
    """A published course version, as others pin it."""

    id: int
    uuid: UUID
    number: int
    title: str
    summary: str
    language: str
    minutes: int | None
    modules: list[ModuleRef]
    send: str
    course_uuid: UUID


@dataclass(frozen=True)
class Listing:
    """One thing that can be placed: a published scenario, or a published course with its modules."""

    kind: str
    uuid: UUID
    title: str
    summary: str
    minutes: int | None
    language: str
    modules: list[ModuleRef]


def published_version(scenario_uuid: UUID) -> VersionRef:
    """Return the newest published version of a scenario. Raises ScenarioVersion.DoesNotExist."""
    newest = ScenarioVersion.objects.defer("document").select_related("scenario")
    version = newest.filter(scenario__uuid=scenario_uuid).order_by("-number").first()
    if version is None:
        raise ScenarioVersion.DoesNotExist("This scenario has not been published.")
    return _version_ref(version)


def version_ref(version_id: int) -> VersionRef:
    """Return a version by its id. Raises ScenarioVersion.DoesNotExist."""
    return _version_ref(ScenarioVersion.objects.defer("document").select_related("scenario").get(pk=version_id))


def published_course(course_uuid: UUID) -> CourseRef:
    """Return the newest published version of a course. Raises CourseVersion.DoesNotExist."""
    newest = CourseVersion.objects.select_related("course").filter(course__uuid=course_uuid).order_by("-number").first()
    if newest is None:
        raise CourseVersion.DoesNotExist("This course has not been published.")
    return _course_ref(newest)


def course_version(course_version_id: int) -> CourseRef:
    """Return a course version by its id. Raises CourseVersion.DoesNotExist."""
    return _course_ref(CourseVersion.objects.select_related("course").get(pk=course_version_id))


def search_published(organisation: Organisation, query: str = "") -> list[Listing]:
    """Return what the organisation can place, courses first; `query` narrows by words of title or summary."""
    courses = [_course_listing(course) for course in Course.objects.filter(organisation=organisation, live=True)]
    scenarios = [_listing(row) for row in Scenario.objects.filter(organisation=organisation, live=True)]
    words = query.lower().split()
    found = [each for each in (*courses, *scenarios) if each is not None]
    return [each for each in found if all(word in f"{each.title} {each.summary}".lower() for word in words)]


def media_urls(version_id: int, keys: Iterable[str]) -> dict[str, str]:
    """Return {key: address} for those of `keys` that the version froze. An address never changes its bytes."""
    frozen: dict[str, Any] = ScenarioVersion.objects.only("media").get(pk=version_id).media
    return {key: url_of(frozen[key]["sha256"], frozen[key]["name"]) for key in keys if key in frozen}


def _version_ref(version: ScenarioVersion) -> VersionRef:
    return VersionRef(
        id=version.pk,
        uuid=version.uuid,
        number=version.number,
        digest=version.digest,
        title=version.title,
        language=version.language,
        languages=(version.language, *(each for each in version.languages if each != version.language)),
        purpose=version.purpose,
        minutes=version.minutes,
        scenario_uuid=version.scenario.uuid,
    )


def _course_ref(version: CourseVersion) -> CourseRef:
    return CourseRef(
        id=version.pk,
        uuid=version.uuid,
        number=version.number,
        title=version.title,
        summary=version.summary,
        language=version.language,
        minutes=version.minutes,
        modules=_modules(version),
        send=version.send,
        course_uuid=version.course.uuid,
    )


def _modules(version: CourseVersion) -> list[ModuleRef]:
    ids = [module["version_id"] for module in version.modules]
    pinned = ScenarioVersion.objects.only("purpose", "minutes").in_bulk(ids)
    return [
        ModuleRef(
            id=module["id"],
            title=module["title"],
            version_id=module["version_id"],
            weight=Decimal(module["weight"]),
            required=module["required"],
            kind=module["kind"],
            purpose=pinned[module["version_id"]].purpose,
            attempts=module["attempts"],
            gate=module["gate"],
            minutes=pinned[module["version_id"]].minutes,
        )
        for module in version.modules
    ]


def _course_listing(course: Course) -> Listing | None:
    version = course.versions.order_by("-number").first()
    if version is None:
        return None
    modules = _modules(version)
    return Listing("course", course.uuid, version.title, version.summary, version.minutes, version.language, modules)


def _listing(scenario: Scenario) -> Listing | None:
    version = scenario.versions.order_by("-number").defer("document").first()
    if version is None:
        return None
    summary = scenario.document.get("summary", "") if isinstance(scenario.document, dict) else ""
    return Listing("scenario", scenario.uuid, version.title, str(summary), version.minutes, version.language, [])
