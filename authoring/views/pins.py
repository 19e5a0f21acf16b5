"""What a published course pins, and what has been published since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from authoring.models import Course, ScenarioVersion
from authoring.views.pages import admin_page
from authoring.views.scoped import find_visible


@dataclass(frozen=True)
class Pin:
    """One module of the published course beside the newest version of its scenario."""

    id: str
    title: str
    pinned: ScenarioVersion
    newest: ScenarioVersion

    @property
    def is_behind(self) -> bool:
        return self.newest.number > self.pinned.number


@require_safe
def pins(request: HttpRequest, pk: Any) -> HttpResponse:
    course = find_visible(Course, request.user, pk)
    version = course.versions.order_by("-number").first()
    found = [_pin(module) for module in version.modules] if version else []
    context = {
        "course": course,
        "version": version,
        "pins": found,
        "behind": sum(pin.is_behind for pin in found),
        "versions": course.versions.order_by("-number"),
    }
    return admin_page(request, "authoring/admin/pins.html", "Pinned versions", context, parent=course)


def _pin(module: dict[str, Any]) -> Pin:
    pinned = ScenarioVersion.objects.defer("document").select_related("scenario").get(pk=module["version_id"])
    newest = pinned.scenario.versions.defer("document").latest("number")
    return Pin(module["id"], module["title"], pinned, newest)
