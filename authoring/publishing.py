"""Publishing: THE revision being published becomes a numbered, hashed version that never changes, or is refused.

Every path (form, workflow, schedule, code) meets here, through `Authored.publish` and Wagtail's `published` signal.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Revision

from authoring import course_publishing, freezing
from authoring.models import Course, CourseVersion, ScenarioVersion
from authoring.moving.work import look_after_publishing
from authoring.permissions import MembershipPolicy
from foundation.api import User, record
from scenario_engine.findings import Finding

logger = logging.getLogger(__name__)
# Derived from the document: a better proof of the same document is no new version.
UNIDENTIFYING = frozenset({"proof", "maximum"})


class PublishRefused(Exception):
    """The draft is not fit to be published; `findings` say why. Nothing was published, and the draft is kept."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = [finding for finding in findings if finding.level == "error"]
        count = len(self.findings)
        super().__init__(f"Not published: {count} {'problem' if count == 1 else 'problems'} to solve first.")


def publish(revision_id: int, by: User, now: datetime) -> ScenarioVersion:
    """Publish a revision of a scenario and return the version it became (an earlier one when nothing is new).

    Raises PublishRefused(findings), or PermissionDenied when `by` may not publish in that organisation.
    """
    version: ScenarioVersion = _publish(revision_id, by, now)
    return version


def publish_course(revision_id: int, by: User, now: datetime) -> CourseVersion:
    """Publish a revision of a course: pins the newest published version of each module's scenario."""
    version: CourseVersion = _publish(revision_id, by, now)
    return version


def _publish(revision_id: int, by: User, now: datetime) -> Any:
    revision = Revision.objects.get(pk=revision_id)
    instance = revision.as_object()
    if not MembershipPolicy(type(instance)).user_has_permission_for_instance(by, "publish", instance):
        raise PermissionDenied("You may not publish for this organisation.")
    if instance.go_live_at and instance.go_live_at > now:
        text = f"This draft is set to go live at {instance.go_live_at:%Y-%m-%d %H:%M} UTC."
        hint = "Take the date out to publish it now, or let the schedule publish it."
        raise PublishRefused([Finding(code="publish.scheduled", level="error", message=text, hint=hint)])
    revision.publish(user=by, skip_permission_checks=True)
    return instance.versions.latest("number")


def refuse_unfit(revision: Any) -> None:
    """Raise PublishRefused when the revision's content has an error. Also asked before a revision is scheduled."""
    instance = revision.as_object()
    findings = course_publishing.faults(instance) if isinstance(instance, Course) else freezing.faults(instance)
    if findings:
        raise PublishRefused(findings)


def freeze_published(sender: type, instance: Any, revision: Any, **kwargs: Any) -> None:
    """Freeze what Wagtail has just made live. Sent for scheduled revisions too, which are not live yet."""
    if not instance.live or instance.live_revision_id != revision.pk:
        return
    with transaction.atomic():
        # One publisher at a time: numbers have no gaps and no twins.
        sender.objects.select_for_update().get(pk=instance.pk)  # type: ignore[attr-defined]
        refuse_unfit(revision)
        content = course_publishing.content_of(instance) if sender is Course else freezing.content_of(instance)
        user = getattr(revision, "published_by", None) or revision.user
        newest = instance.versions.order_by("-number").first()
        identity = content_digest(content)
        if newest is not None and newest.content_digest == identity:
            return
        model: Any = CourseVersion if sender is Course else ScenarioVersion
        owner = "course" if sender is Course else "scenario"
        version = model(
            **{owner: instance},
            number=newest.number + 1 if newest else 1,
            content_digest=identity,
            title=instance.title,
            language=instance.language,
            revision_id=revision.pk,
            published_at=instance.last_published_at,
            published_by=user,
            **content,
        )
        version.save()
        detail = {"number": version.number}
        record(instance.organisation, user or "authoring", f"{owner}.published", f"{owner}:{instance.uuid}", detail)
        if sender is not Course:
            look_after_publishing(version)


def turn_back_schedule(revision: Any, refusal: PublishRefused) -> None:
    """Take a scheduled revision that is no longer fit off the schedule, and say so in the trail."""
    instance = revision.content_object
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    detail = {"revision": revision.pk, "findings": [finding.code for finding in refusal.findings]}
    record(instance.organisation, "schedule", "publish.refused", f"{instance._meta.model_name}:{instance.uuid}", detail)
    logger.warning("Scheduled publishing of %s was refused: %s", instance.uuid, refusal)


def content_digest(content: dict[str, Any]) -> str:
    """Return the identity of everything that is frozen, so that publishing the same again gives no new number."""
    kept = {key: value for key, value in content.items() if key not in UNIDENTIFYING}
    plain = {key: value.hex() if isinstance(value, bytes) else value for key, value in kept.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
