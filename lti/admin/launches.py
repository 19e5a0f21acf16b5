"""Launch records: why somebody did not get in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from lti.admin import access
from lti.admin.pages import admin_page, rows_of
from lti.problems import EXPLAINED


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List launches, failed ones at first; `number` finds the one somebody read off the page."""
    user, mine = access.check(request)
    show, number = request.GET.get("show", "failed"), request.GET.get("number", "").strip()
    rows = access.launches_of(user, mine).select_related("platform")
    if show == "failed":
        rows = rows.exclude(code="ok")
    if number:
        found = "".join(letter for letter in number.lower() if letter in "0123456789abcdef")
        rows = rows.filter(uuid=found) if len(found) == 32 else rows.none()
    context = {**rows_of(request, rows), "show": show, "number": number}
    return admin_page(request, "lti/admin/launches.html", "Launches", context, [])


@require_GET
def launch(request: HttpRequest, uuid: str) -> HttpResponse:
    user, mine = access.check(request)
    record = get_object_or_404(access.launches_of(user, mine).select_related("platform", "link"), uuid=uuid)
    what, fix = EXPLAINED.get(record.code, ("", ""))
    context = {"record": record, "what": what, "fix": fix, "claims": sorted(record.claims.items())}
    return admin_page(
        request, "lti/admin/launch.html", "Launch", context, [(reverse("lti_admin:launches"), "Launches")]
    )
