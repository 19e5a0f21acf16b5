"""A small shelf of published content that stands in for authoring: real stories, no rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ObjectDoesNotExist

from scenario_engine.codec import decode_raw
from scenario_engine.story import Story, compile_story


@dataclass(frozen=True)
class Version:
    id: int
    uuid: UUID
    number: int
    digest: str

    @property
    def scenario_uuid(self) -> UUID:
        return self.uuid


@dataclass(frozen=True)
class CourseModule:
    id: str
    title: str
    version_id: int
    weight: Decimal = Decimal(1)
    required: bool = True
    attempts: int | None = None
    gate: str = ""


@dataclass(frozen=True)
class Course:
    id: int
    uuid: UUID
    number: int
    title: str
    modules: tuple[CourseModule, ...]
    send: str = "when_complete"


@dataclass
class Shelf:
    """Publishes scenarios and courses, and answers what learning asks of authoring.api."""

    stories: dict[int, Story] = field(default_factory=dict)
    versions: dict[int, Version] = field(default_factory=dict)
    newest: dict[UUID, Version] = field(default_factory=dict)
    courses: dict[int, Course] = field(default_factory=dict)
    newest_course: dict[UUID, Course] = field(default_factory=dict)

    def publish(self, raw: dict[str, Any], uuid: UUID | None = None) -> UUID:
        decoded = decode_raw(raw)
        assert decoded.scenario is not None, decoded.problems
        uuid = uuid or uuid4()
        before = self.newest.get(uuid)
        version = Version(len(self.stories) + 1, uuid, before.number + 1 if before else 1, uuid4().hex)
        self.stories[version.id] = compile_story(decoded.scenario)
        self.versions[version.id] = version
        self.newest[uuid] = version
        return uuid

    def publish_course(
        self, title: str, modules: Iterable[CourseModule], send: str = "when_complete", uuid: UUID | None = None
    ) -> UUID:
        uuid = uuid or uuid4()
        course = Course(len(self.courses) + 1, uuid, 1, title, tuple(modules), send)
        self.courses[course.id] = course
        self.newest_course[uuid] = course
        return uuid

    def module(self, module_id: str, scenario: UUID, **changes: Any) -> CourseModule:
        version = self.newest[scenario]
        made = CourseModule(module_id, self.stories[version.id].scenario.title, version.id)
        return replace(made, **changes)

    # What authoring.api offers

    def published_version(self, scenario_uuid: UUID) -> Version:
        if scenario_uuid not in self.newest:
            raise ObjectDoesNotExist
        return self.newest[scenario_uuid]

    def version_ref(self, version_id: int) -> Version:
        return self.versions[version_id]

    def version_story(self, version_id: int, locale: str = "") -> Story:
        return self.stories[version_id]

    def published_course(self, course_uuid: UUID) -> Course:
        return self.newest_course[course_uuid]

    def course_version(self, course_version_id: int) -> Course:
        return self.courses[course_version_id]

    def media_urls(self, version_id: int, keys: Iterable[str]) -> Mapping[str, str]:
        return {key: f"/media/frozen/{version_id}/{key}" for key in keys}
