"""Deleting a scenario or course: refused while a placement, an attempt or a published course still pins a version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import ProtectedError

from authoring.models import Course, CourseVersion, Scenario

# Asked with ("scenario" or "course", version ids): returns a sentence per use ("3 placements in Moodle use it").
PinCheck = Callable[[str, Sequence[int]], list[str]]
_CHECKS: list[PinCheck] = []


def register_pin_check(check: PinCheck) -> None:
    """Let an app above say which versions it still needs."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def reasons_to_keep(instance: Scenario | Course) -> list[str]:
    """Return why a scenario or course cannot be deleted; empty when it can."""
    ids = list(instance.versions.values_list("pk", flat=True))
    if not ids:
        return _courses_of(instance)
    kind = "scenario" if isinstance(instance, Scenario) else "course"
    reasons = [reason for check in _CHECKS for reason in check(kind, ids)]
    if isinstance(instance, Scenario):
        pinned = set(ids)
        for version in CourseVersion.objects.filter(course__organisation=instance.organisation_id):
            if any(module["version_id"] in pinned for module in version.modules):
                reasons.append(f"The published course “{version.title}” (version {version.number}) uses it.")
    return reasons + _courses_of(instance)


def refuse_while_pinned(sender: type, instance: Any, **kwargs: Any) -> None:
    """Stop any deletion, from whichever view or query, that would take a version away from its users."""
    if isinstance(kwargs.get("origin"), Scenario | Course) or _is_deletion_of(sender, kwargs.get("origin")):
        reasons = reasons_to_keep(instance)
        if reasons:
            raise ProtectedError(" ".join(reasons), {instance})


def _is_deletion_of(sender: type, origin: Any) -> bool:
    """Say whether the deletion began at scenarios or courses (not at their organisation, which takes all with it)."""
    return origin is None or getattr(origin, "model", None) is sender


def _courses_of(instance: Scenario | Course) -> list[str]:
    if not isinstance(instance, Scenario):
        return []
    titles = sorted(set(instance.modules.values_list("course__title", flat=True)))
    return [f"It is a module of the course “{title}”." for title in titles]
