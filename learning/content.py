"""What learning asks of authoring: frozen versions, stories in a language, courses, media.

The one place that knows where content comes from; tests put a small catalogue in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol, cast
from uuid import UUID

from scenario_engine import codec
from scenario_engine.story import Story


class VersionRef(Protocol):
    """A frozen scenario version."""

    @property
    def id(self) -> int: ...


class ModuleRef(Protocol):
    """A module of a frozen course version."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def version_id(self) -> int: ...
    @property
    def weight(self) -> Any: ...
    @property
    def required(self) -> bool: ...
    @property
    def attempts(self) -> int | None: ...
    @property
    def gate(self) -> str: ...


class CourseRef(Protocol):
    """A frozen course version; `send` is `when_complete` or `running`."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def modules(self) -> Sequence[ModuleRef]: ...
    @property
    def send(self) -> str: ...


class Catalogue(Protocol):
    """The names of authoring.api that learning uses."""

    def published_version(self, scenario_uuid: UUID) -> VersionRef: ...
    def version_story(self, version_id: int, locale: str = "") -> Story: ...
    def published_course(self, course_uuid: UUID) -> CourseRef: ...
    def course_version(self, course_version_id: int) -> CourseRef: ...
    def media_urls(self, version_id: int, keys: Iterable[str]) -> Mapping[str, str]: ...


_instead: list[Catalogue] = []


def use_catalogue(catalogue: Catalogue | None) -> None:
    """Take content from `catalogue` instead of authoring; None goes back to authoring."""
    _instead[:] = [catalogue] if catalogue is not None else []
    digest_of.cache_clear()


def catalogue() -> Catalogue:
    return _instead[0] if _instead else cast(Catalogue, import_module("authoring.api"))


def published_version(scenario_uuid: UUID) -> VersionRef:
    return catalogue().published_version(scenario_uuid)


def published_course(course_uuid: UUID) -> CourseRef:
    return catalogue().published_course(course_uuid)


def story(version_id: int, locale: str = "") -> Story:
    """Return a version in a language, or as authored; authoring keeps it compiled."""
    return catalogue().version_story(version_id, locale)


def media_urls(version_id: int, keys: Iterable[str]) -> Mapping[str, str]:
    wanted = sorted(keys)
    return catalogue().media_urls(version_id, wanted) if wanted else {}


@lru_cache(maxsize=4096)
def digest_of(version_id: int) -> str:
    """Return the digest of a version's document as authored. Versions never change, so neither does this."""
    return codec.digest(story(version_id).scenario)
