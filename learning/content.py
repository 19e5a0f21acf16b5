"""What learning asks of authoring: frozen versions, stories in a language, courses, media.

The one place that knows where content comes from; tests put a small catalogue in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol, cast
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from authoring import api as authoring
from learning.errors import Refused
from scenario_engine.scoring.course import SendPolicy
from scenario_engine.story import Story


class VersionRef(Protocol):
    """A frozen scenario version."""

    @property
    def id(self) -> int: ...
    @property
    def digest(self) -> str: ...
    @property
    def scenario_uuid(self) -> UUID: ...


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
    def send(self) -> SendPolicy: ...


class Played(Protocol):
    """What names a frozen version for good: an attempt does."""

    @property
    def version_id(self) -> int: ...
    @property
    def digest(self) -> str: ...


class Catalogue(Protocol):
    """The names of authoring.api that learning uses."""

    def published_version(self, scenario_uuid: UUID) -> VersionRef: ...
    def version_ref(self, version_id: int) -> VersionRef: ...
    def version_story(self, version_id: int, locale: str = "") -> Story: ...
    def published_course(self, course_uuid: UUID) -> CourseRef: ...
    def course_version(self, course_version_id: int) -> CourseRef: ...
    def media_urls(self, version_id: int, keys: Iterable[str]) -> Mapping[str, str]: ...


_instead: list[Catalogue] = []


def use_catalogue(catalogue: Catalogue | None) -> None:
    """Take content from `catalogue` instead of authoring; None goes back to authoring."""
    _instead[:] = [catalogue] if catalogue is not None else []
    _kept_story.cache_clear()
    _kept_media.cache_clear()


def catalogue() -> Catalogue:
    return _instead[0] if _instead else cast(Catalogue, authoring)


def published_version(scenario_uuid: UUID) -> VersionRef:
    """Return the newest published version. Raises Refused when there is none (any more)."""
    try:
        return catalogue().published_version(scenario_uuid)
    except ObjectDoesNotExist as error:
        raise _unpublished() from error


def published_course(course_uuid: UUID) -> CourseRef:
    """Return the newest published version. Raises Refused when there is none (any more)."""
    try:
        return catalogue().published_course(course_uuid)
    except ObjectDoesNotExist as error:
        raise _unpublished() from error


def course_version(course_version_id: int) -> CourseRef:
    return catalogue().course_version(course_version_id)


def version_ref(version_id: int) -> VersionRef:
    return catalogue().version_ref(version_id)


def story(version_id: int, locale: str = "") -> Story:
    """Return a version in a language, or as authored; authoring keeps it compiled."""
    return catalogue().version_story(version_id, locale)


def story_of(played: Played, locale: str = "") -> Story:
    """Return what an attempt plays. Asked of authoring once per process, version and language."""
    return _kept_story(played.version_id, played.digest, locale)


def media_of(played: Played, keys: Iterable[str]) -> Mapping[str, str]:
    """Return {key: address} of what an attempt's page shows."""
    wanted = tuple(sorted(keys))
    return _kept_media(played.version_id, played.digest, wanted) if wanted else {}


# Versions never change, so what they say may be kept. The digest is in the key because a database that was restored
# or rebuilt under a running process may give the same number to another version.
@lru_cache(maxsize=256)
def _kept_story(version_id: int, digest: str, locale: str) -> Story:
    return catalogue().version_story(version_id, locale)


@lru_cache(maxsize=4096)
def _kept_media(version_id: int, digest: str, keys: tuple[str, ...]) -> Mapping[str, str]:
    return catalogue().media_urls(version_id, keys)


def _unpublished() -> Refused:
    return Refused("content.unpublished", _("This activity is not published yet. Tell your teacher."))
