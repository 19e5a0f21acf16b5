"""Share links: making and closing them in the admin, and the read-only page of whoever holds one."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from authoring.forms import ShareForm
from authoring.models import Scenario, ShareLink
from authoring.testplay import read_request
from authoring.views.answers import answer
from authoring.views.pages import admin_page
from authoring.views.playing import play_scenario
from authoring.views.preview import play_context, storyboard_context
from authoring.views.scoped import author_of, for_scenario, problem
from foundation.api import key_of, record


@for_scenario("change")
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """List the links of a scenario, make one, or close one."""
    form = ShareForm(request.POST if request.method == "POST" and "revoke" not in request.POST else None)
    made = ""
    if "revoke" in request.POST:
        _revoke(request, scenario, request.POST["revoke"])
        return redirect("scenarios:share", scenario.pk)
    if request.method == "POST" and form.is_valid():
        made = request.build_absolute_uri(_make(request, scenario, form.cleaned_data))
        form = ShareForm()
    context = {"scenario": scenario, "form": form, "made": made, "links": scenario.share_links.all()}
    return admin_page(request, "authoring/admin/share.html", "Share", context, parent=scenario)


def _make(request: HttpRequest, scenario: Scenario, chosen: dict[str, Any]) -> str:
    token = secrets.token_urlsafe(24)
    ShareLink.objects.create(
        scenario=scenario,
        token_hash=_hash(token),
        note=chosen["note"],
        created_by=author_of(request),
        expires_at=timezone.now() + timedelta(days=chosen["days"]),
    )
    record(scenario.organisation, author_of(request), "scenario.shared", f"scenario:{scenario.uuid}")
    return reverse("authoring:shared", args=[token])


def _revoke(request: HttpRequest, scenario: Scenario, number: str) -> None:
    if (key := key_of(number)) is not None:
        scenario.share_links.filter(pk=key, revoked_at=None).update(revoked_at=timezone.now())
        messages.success(request, "The link is closed.")


@never_cache
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the newest draft to whoever holds an open link: to play, or as a storyboard."""
    scenario = _draft(token)
    if request.GET.get("mode") == "storyboard":
        context, template = storyboard_context(scenario), "authoring/storyboard_page.html"
    else:
        context = play_context(scenario, reverse("authoring:shared_play", args=[token]))
        template = "authoring/play_page.html"
    response = TemplateResponse(request, template, {**context, "shared": True})
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response


# The token in the address is what allows this, no cookie: there is nothing to forge.
@csrf_exempt
@never_cache
@require_POST
def shared_play(request: HttpRequest, token: str) -> HttpResponse:
    """Play one step of the newest draft. The document stays here."""
    scenario = _draft(token)
    try:
        wanted = read_request(request.body)
    except msgspec.MsgspecError as error:
        return problem(f"{error}.")
    wanted.document, wanted.from_scene, wanted.variables = None, "", {}
    return answer(play_scenario(scenario, scenario.document, wanted, tells_findings=False))


def _draft(token: str) -> Scenario:
    link = ShareLink.objects.select_related("scenario__organisation").filter(token_hash=_hash(token)).first()
    if link is None or not link.is_open():
        raise Http404("This link is closed. Ask for a new one.")
    draft: Scenario = link.scenario.get_latest_revision_as_object()
    return draft


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
