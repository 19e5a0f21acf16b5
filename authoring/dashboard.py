"""The first page after sign-in: what you are writing, what waits for you, and how to begin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from authoring.models import Course, Scenario
from authoring.permissions import MembershipPolicy, may, organisations_for
from authoring.views.scoped import SEEING
from authoring.views.starting import brief_url

SHOWN = 6


class DashboardPanel(Component):  # type: ignore[misc]
    """The one panel of the home page."""

    name = "authoring"
    order = 100
    template_name = "authoring/admin/dashboard.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = self.request.user
        scenarios = self._visible(Scenario)
        return {
            "user": user,
            "may_add": organisations_for(user, "add").exists(),
            "organisations": list(organisations_for(user, *SEEING)),
            "scenarios": [_row(each, user) for each in scenarios[:SHOWN]],
            "courses": [_row(each, user) for each in self._visible(Course)[:SHOWN]],
            "waiting": _waiting(user),
            "scenario_count": scenarios.count(),
            "brief_url": brief_url(),
        }

    def _visible(self, model: Any) -> Any:
        mine = MembershipPolicy(model).instances_user_has_any_permission_for(self.request.user, SEEING)
        newest_first = mine.select_related("latest_revision", "organisation").prefetch_related("versions")
        return newest_first.order_by("-latest_revision__created_at", "-pk")


def _row(authored: Any, user: Any) -> dict[str, Any]:
    """Return what one line of the dashboard shows."""
    latest = authored.latest_revision
    space = "scenarios" if isinstance(authored, Scenario) else "courses"
    page = "edit" if may(user, "change", authored.organisation_id) else ("outline" if space == "scenarios" else "pins")
    numbers = [version.number for version in authored.versions.all()]
    return {
        "title": latest.object_str if latest else str(authored),
        "url": reverse(f"{space}:{page}", args=[authored.pk]),
        "status": authored.status_string,
        "live": authored.live,
        "errors": authored.errors,
        "version": max(numbers, default=0),
        "edited_at": latest.created_at if latest else authored.created_at,
        "organisation": authored.organisation,
    }


def _waiting(user: Any) -> list[dict[str, Any]]:
    """Return the drafts that wait for this user's review, oldest first."""
    states = TaskState.objects.reviewable_by(user).select_related("revision").order_by("started_at")
    found = []
    for state in states:
        owner = state.revision.content_object
        if owner is None:
            continue
        space = "scenarios" if isinstance(owner, Scenario) else "courses"
        page = "outline" if space == "scenarios" else "edit"
        found.append(
            {
                "title": state.revision.object_str,
                "outline": reverse(f"{space}:{page}", args=[owner.pk]),
                "edit": reverse(f"{space}:edit", args=[owner.pk]),
                "since": state.started_at,
            }
        )
    return found
