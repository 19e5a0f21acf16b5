"""The one place where this app touches learning and authoring: what it asks of them, in its own words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from authoring import api as authoring
from foundation.api import Organisation
from learning import api as learning
from learning.api import Cohort, Grade, Learner, Participation, Placement, RosterView, Target

__all__ = ["Cohort", "Grade", "Learner", "Participation", "Placement", "RosterView", "Target"]


@dataclass(frozen=True)
class Part:
    """One module of a course that can be linked by itself."""

    id: str
    title: str


@dataclass(frozen=True)
class Content:
    """Something published that an activity can show."""

    kind: str
    uuid: UUID
    title: str
    summary: str = ""
    minutes: int | None = None
    modules: tuple[Part, ...] = ()

    @property
    def key(self) -> str:
        return str(self.uuid)


def search_content(organisation: Organisation, words: str) -> Sequence[Content]:
    """Return what this organisation has published, courses first as authoring ranks them."""
    return [_content(listing) for listing in authoring.search_published(organisation, words)]


def find_content(organisation: Organisation, target: Target) -> Content | None:
    """Return what a target names, None when this organisation has not published it or has no such module."""
    for content in search_content(organisation, ""):
        if (content.kind, content.uuid) == (target.kind, target.uuid):
            known = not target.module or any(part.id == target.module for part in content.modules)
            return content if known else None
    return None


@dataclass(frozen=True)
class Preview:
    """What a teacher wants to know before choosing: nothing of it is secret from teachers."""

    title: str
    summary: str
    minutes: int | None
    purpose: str = ""
    audience: str = ""
    languages: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    content_note: str = ""
    scenes: int = 0
    people: tuple[str, ...] = ()
    modules: tuple[Part, ...] = ()


def preview(content: Content, module: str) -> Preview:
    """Describe a scenario, a course, or one module of it, as far as its published version says."""
    try:
        version = _version_of(content, module)
    except ObjectDoesNotExist:
        version = None
    title = next((part.title for part in content.modules if part.id == module), content.title)
    if version is None:
        return Preview(title, content.summary, content.minutes, modules=() if module else content.modules)
    scenario = authoring.version_story(version.id).scenario
    return Preview(
        title=title,
        summary=str(scenario.summary or content.summary),
        minutes=scenario.minutes,
        purpose=scenario.purpose,
        audience=str(scenario.audience),
        languages=tuple(version.languages),
        objectives=tuple(str(each.text) for each in scenario.objectives),
        content_note=str(scenario.safety.content_note),
        scenes=len(scenario.scenes),
        people=tuple(member.name for member in scenario.cast.values() if isinstance(member.name, str)),
    )


def _version_of(content: Content, module: str) -> Any:
    """Return the version that would be played; None for a whole course."""
    if content.kind == "scenario":
        return authoring.published_version(content.uuid)
    modules = authoring.published_course(content.uuid).modules if module else []
    return next((authoring.version_ref(each.version_id) for each in modules if each.id == module), None)


def new_learner(organisation: Organisation, name: str) -> Learner:
    return learning.new_learner(organisation, name)


def new_cohort(organisation: Organisation, name: str) -> Cohort:
    return learning.new_cohort(organisation, name)


def new_placement(organisation: Organisation, cohort: Cohort, target: Target) -> Placement:
    return learning.create_placement(organisation, cohort, target, {})


def rename_learner(learner: Learner, name: str) -> None:
    """Take over a name that the LMS changed."""
    learner.display_name = name
    learner.save(update_fields=["display_name"])


def due_at(placement: Placement) -> datetime | None:
    """Return when a placement is due, as it is known here; costs no statement."""
    return learning.read_policies(placement.policies).due_at


def set_due_at(placement: Placement, due_at: datetime | None, now: datetime) -> None:
    learning.set_due_at(placement, due_at, now)


def play(
    placement: Placement,
    learner: Learner,
    now: datetime,
    *,
    preview: bool,
    locale: str,
    return_url: str,
    known: UUID | None = None,
) -> str:
    """Let a learner in and return the path where they play. `known` is their participation, where it is there."""
    if known is not None:
        participation = Participation(uuid=known, placement=placement, learner=learner, is_preview=preview)
    else:
        participation = learning.enter(placement, learner, now, preview=preview)
    token = learning.issue_token(participation, now, preview=preview, locale=locale, return_url=return_url)
    return learning.play_path(participation, token)


def coach(placement: Placement, learner: Learner, now: datetime, *, locale: str, return_url: str) -> str:
    """Return the path where a teacher sees this placement's learners, and can try it ungraded."""
    token = learning.issue_coach_session(placement, learner, now, locale=locale, return_url=return_url)
    return learning.coach_path(placement, token)


def review(
    placement: Placement, learner: Learner, coach_learner: Learner, now: datetime, *, locale: str, return_url: str
) -> str:
    """Return the path where a teacher sees one learner's latest attempt, or the placement without one."""
    token = learning.issue_coach_session(placement, coach_learner, now, locale=locale, return_url=return_url)
    mine = Participation.objects.filter(placement=placement, learner=learner, is_preview=False)
    participation = mine.first()
    if participation is None:
        return learning.coach_path(placement, token)
    attempt = participation.attempts.order_by("-started_at").first()
    if attempt is None:
        path = reverse("learning:coach-learner", args=[placement.uuid, participation.uuid])
    else:
        path = reverse("learning:coach-attempt", args=[placement.uuid, attempt.pk])
    return f"{path}#{token}"


def speaking(locale: str) -> AbstractContextManager[Any]:
    """Speak the language of a launch as learning's pages do."""
    return learning.speaking(locale)


def current_grades(participation_ids: Collection[int]) -> Mapping[tuple[int, str], Any]:
    """Return ratio, revision, finished_at and comment as they are now, by participation and module."""
    return learning.current_grades(participation_ids)


def cohort_of_page(page: UUID) -> int | None:
    """Return the cohort of the placement or participation that a page is about, by its uuid."""
    found = Placement.objects.filter(uuid=page).values_list("cohort_id", flat=True).first()
    return found or Participation.objects.filter(uuid=page).values_list("placement__cohort_id", flat=True).first()


def connect_roster(reader: Callable[[int, datetime], RosterView | None]) -> None:
    learning.register_roster(reader)


def connect_frame_ancestors(reader: Callable[[UUID], Sequence[str]]) -> None:
    learning.register_frame_ancestors(reader)


def connect_grade_changes(receiver: Callable[..., None]) -> None:
    learning.grade_changed.connect(receiver, dispatch_uid="lti.outbox")


def connect_delivery_status(reader: Callable[[Sequence[int]], Any], missing: Callable[[int], tuple[str, str]]) -> None:
    learning.register_delivery_status(reader)
    learning.register_missing_delivery(missing)


def _content(listing: Any) -> Content:
    parts = tuple(Part(module.id, module.title) for module in listing.modules or ())
    return Content(listing.kind, UUID(str(listing.uuid)), listing.title, listing.summary or "", listing.minutes, parts)
