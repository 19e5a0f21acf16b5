"""Launch records: why somebody did not get in, and whether they would now."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from foundation.api import key_of
from lti import problems, replay
from lti.admin import access
from lti.admin.pages import admin_page, rows_of
from lti.models import LaunchRecord
from lti.platforms import product_of


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List launches, failed ones at first, by code, LMS and day; `number` finds the one somebody read off the page."""
    user, mine = access.check(request)
    asked = {name: request.GET.get(name, "").strip() for name in ("number", "code", "lms", "since", "until")}
    show = request.GET.get("show", "failed")
    seen = access.launches_of(user, mine)
    rows = _filtered(seen.select_related("platform"), asked)
    if show == "failed":
        rows = rows.exclude(code="ok")
    context = {
        **rows_of(request, rows),
        **asked,
        "show": show,
        "codes": seen.exclude(code="ok").values_list("code").annotate(Count("pk")).order_by("code"),
        "platforms": access.platforms_of(user, mine),
        "is_narrowed": any(asked.values()),
    }
    return admin_page(request, "lti/admin/launches.html", "Launches", context, [])


def _filtered(rows: QuerySet[LaunchRecord], asked: dict[str, str]) -> QuerySet[LaunchRecord]:
    if asked["number"]:
        found = "".join(letter for letter in asked["number"].lower() if letter in "0123456789abcdef")
        return rows.filter(uuid=found) if len(found) == 32 else rows.none()
    if asked["code"]:
        rows = rows.filter(code=asked["code"][:60]) if asked["code"].isprintable() else rows.none()
    if (platform := key_of(asked["lms"])) is not None:
        rows = rows.filter(platform_id=platform)
    since, until = _day(asked["since"]), _day(asked["until"], at_end=True)
    if since:
        rows = rows.filter(at__gte=since)
    return rows.filter(at__lte=until) if until else rows


def _day(text: str, *, at_end: bool = False) -> datetime | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time.max if at_end else time.min)) if day else None


# The check is a POST, because it may fetch the LMS's keys; it changes nothing.
@require_http_methods(["GET", "POST"])
def launch(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one launch; on POST, check it once more against the settings of today."""
    user, mine = access.check(request)
    record = get_object_or_404(access.launches_of(user, mine).select_related("platform", "link"), uuid=uuid)
    product = product_of(record.platform) if record.platform else None
    can_replay = replay.can_replay(record)
    context = {
        "record": record,
        "problem": problems.in_words(record.code, product=product) if record.code != "ok" else None,
        "claims": sorted(record.claims.items()),
        "can_replay": can_replay,
        "replay": replay.replay(record) if request.method == "POST" and can_replay else None,
    }
    parents = [(reverse("lti_admin:launches"), "Launches")]
    return admin_page(request, "lti/admin/launch.html", "Launch", context, parents)
