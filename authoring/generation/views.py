"""Pages of generation: the brief, a run with its progress and its outline, and the AI settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from authoring.generation import runs
from authoring.generation.forms import AiSettingsForm, BriefForm, OutlineForm
from authoring.generation.models import GenerationRun
from authoring.permissions import may, organisations_for
from authoring.views.pages import admin_page
from foundation.api import Organisation
from scenario_ai import api as ai

RECENT = 20


@require_http_methods(["GET", "POST"])
def brief(request: HttpRequest) -> HttpResponse:
    """Ask for a brief; with a model or, where there is none, from templates."""
    mine = organisations_for(request.user, "add")
    if not mine.exists():
        raise PermissionDenied
    form = BriefForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        organisation = form.organisation_chosen
        source = form.cleaned_data["source"]
        run = runs.begin_run(
            organisation,
            form.brief(),
            by=_user(request),
            with_model=_has_model(organisation) and "templates" not in request.POST,
            source=source,
            source_name=getattr(request.FILES.get("source"), "name", "") or "",
        )
        return redirect("authoring_generation:run", run.uuid)
    context = {
        "form": form,
        "has_model": any(_has_model(each) for each in mine),
        "recent": GenerationRun.objects.filter(organisation__in=mine).select_related("by")[:RECENT],
        "settings_url": reverse("authoring_generation:settings") if _administers(request) else "",
    }
    return admin_page(request, "authoring/generation/brief.html", "Draft a course", context)


@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Show a run; approve its outline."""
    found = _find(request, uuid)
    outline = runs.outline_of(found) if found.state == GenerationRun.State.WAITING else None
    form = OutlineForm(request.POST or None, outline) if outline else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            runs.approve_outline(found, form.outline(), _user(request))
        except runs.NotNow as error:
            messages.warning(request, str(error))
        return redirect("authoring_generation:run", found.uuid)
    context = {
        "run": found,
        "stages": runs.progress_of(found),
        "form": form,
        "is_open": found.state
        in (GenerationRun.State.RUNNING, GenerationRun.State.WAITING, GenerationRun.State.FAILED),
        "modules": found.course.modules.select_related("scenario") if found.course else [],
    }
    return admin_page(request, "authoring/generation/run.html", f"Draft: {found}", context)


@require_GET
def progress(request: HttpRequest, uuid: Any) -> JsonResponse:
    """Return how far a run is, for the page that polls."""
    found = _find(request, uuid)
    return JsonResponse({"state": found.state, "stages": list(runs.progress_of(found))})


@require_POST
def cancel(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Cancel a run."""
    return _do(request, uuid, runs.cancel_run, "Cancelled. What was drafted before stays here.")


@require_POST
def again(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Begin the stopped stages of a run anew."""
    return _do(request, uuid, runs.try_again, "Trying again; finished stages are kept.")


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and change the model of an organisation."""
    mine = organisations_for(request.user, "publish").order_by("name")
    organisation = _chosen(mine, request.GET["organisation"]) if "organisation" in request.GET else mine.first()
    if organisation is None:
        raise PermissionDenied
    row, _ = ai.AiSettings.objects.get_or_create(organisation=organisation)
    form = AiSettingsForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "The AI settings are saved.")
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "organisation": organisation,
        "organisations": mine,
        "has_key": bool(row.sealed_key),
        "used": ai.tokens_this_month(organisation, timezone.now()),
        "budget": row.monthly_tokens,
    }
    return admin_page(request, "authoring/generation/settings.html", "AI settings", context)


def _chosen(mine: QuerySet[Organisation], uuid: str) -> Organisation | None:
    try:
        return mine.filter(uuid=uuid).first()
    except ValidationError:  # no uuid at all
        return None


def _do(request: HttpRequest, uuid: Any, change: Any, sentence: str) -> HttpResponse:
    found = _find(request, uuid)
    try:
        change(found, _user(request))
        messages.success(request, sentence)
    except runs.NotNow as error:
        messages.warning(request, str(error))
    return redirect("authoring_generation:run", found.uuid)


def _find(request: HttpRequest, uuid: Any) -> GenerationRun:
    found = GenerationRun.objects.select_related("organisation", "course").filter(uuid=uuid).first()
    if found is None or not may(request.user, "add", found.organisation_id):
        raise Http404("There is no such draft.")
    return found


def _has_model(organisation: Organisation) -> bool:
    try:
        return ai.provider_for(organisation) is not None
    except ai.ModelError:
        return False


def _administers(request: HttpRequest) -> bool:
    return organisations_for(request.user, "publish").exists()


def _user(request: HttpRequest) -> Any:
    return request.user
