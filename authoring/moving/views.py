"""The versions of a scenario: who is in the middle of an older one, what an edit means for them, and moving them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from authoring.calls import put_in_place
from authoring.models import Scenario, ScenarioVersion
from authoring.moving import work
from authoring.moving.hooks import count_in_play
from authoring.moving.models import VersionMove
from authoring.permissions import may
from authoring.views.pages import admin_page
from authoring.views.scoped import author_of, for_scenario
from scenario_engine.codec import decode_raw, digest


@dataclass(frozen=True)
class Row:
    """One version, with the attempts in progress on it and, where there are any, their way to the newest."""

    version: ScenarioVersion
    in_play: int
    move: VersionMove | None


@for_scenario("view")
@require_safe
def versions(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """List the versions, newest first, and the effect of publishing the newest draft."""
    draft = scenario.get_latest_revision_as_object()
    rows = _rows(scenario)
    effects = _effects(scenario, draft, rows)
    context = {
        "scenario": draft,
        "rows": rows,
        "effects": effects,
        "is_working": any(move.is_working for move in (*effects, *(row.move for row in rows if row.move))),
        "may_move": may(request.user, "publish", scenario.organisation_id),
        "newest": rows[0].version if rows else None,
        "newest_words": f"version {rows[0].version.number}" if rows else "",
    }
    return admin_page(request, "authoring/moving/versions.html", "Versions", context, parent=draft)


@for_scenario("view")
@require_safe
def progress(request: HttpRequest, scenario: Scenario) -> JsonResponse:
    """Return whether anything is still being counted or moved, for the page that polls."""
    working = [move for move in scenario.moves.all() if move.is_working]
    seen = sum(move.seen for move in working)
    label = working[0].get_state_display() if working else "Done"
    return JsonResponse({"state": "working" if working else "done", "label": label, "stage": f"{seen} attempts so far"})


@for_scenario("publish")
@require_POST
def move(request: HttpRequest, scenario: Scenario, number: int) -> HttpResponse:
    """Move who can be moved from a version to the newest; or count again."""
    found = scenario.moves.filter(pk=number).select_related("from_version", "to_version", "scenario").first()
    if found is None:
        raise Http404("There is nothing to move.")
    if not may(request.user, "publish", scenario.organisation_id):
        raise PermissionDenied
    try:
        if "again" in request.POST:
            work.look_again(found)
        else:
            work.begin_moving(found, author_of(request))
            messages.success(request, "The worker moves them now. Who cannot go on with it finishes as begun.")
    except work.NotNow as error:
        messages.warning(request, str(error))
    return redirect("scenarios:versions", scenario.pk)


def _rows(scenario: Scenario) -> list[Row]:
    listed = list(scenario.versions.defer("document", "texts").select_related("published_by").order_by("-number"))
    if not listed:
        return []
    in_play = count_in_play([version.pk for version in listed])
    moves = {each.from_version_id: each for each in scenario.moves.filter(to_version=listed[0])}
    return [Row(version, in_play.get(version.pk, 0), moves.get(version.pk)) for version in listed]


def _effects(scenario: Scenario, draft: Any, rows: list[Row]) -> list[VersionMove]:
    """Return what publishing the draft would mean; nothing where it is what is published, or cannot be read."""
    decoded = decode_raw(draft.document).scenario
    document = put_in_place(scenario, decoded).document if decoded is not None else None
    if document is None or not rows or digest(document) == rows[0].version.digest:
        return []
    return work.look_at_draft(scenario, document)
