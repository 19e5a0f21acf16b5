"""LMS connections: the list with the URL to paste, one connection, a connection by hand."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.api import Organisation, User, key_of, record
from lti import addresses, platforms, preflight, registration
from lti.admin import access
from lti.admin.forms import PlatformForm, RulesForm
from lti.admin.pages import admin_page
from lti.models import Deployment, Platform, PreflightCheck

LIST = "LMS connections"


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user, mine = access.check(request)
    organisations = list(mine)
    several = Organisation.objects.count() > 1
    base = addresses.tool_url("/lti/register/")
    urls = [(each, f"{base}?organisation={each.slug}" if several else base) for each in organisations]
    rows = access.platforms_of(user, mine).select_related("organisation", "preflight").order_by("name", "pk")
    context = {"registration_urls": urls, "platforms": rows, "tool": registration.tool_facts()}
    return admin_page(request, "lti/admin/connections.html", LIST, context, [])


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    user, mine = access.check(request)
    form = PlatformForm(request.POST or None, organisations=mine)
    if request.method == "POST" and form.is_valid():
        found = dict(form.cleaned_data)
        organisation, deployment_id = found["organisation"], found.pop("deployment_id")
        platform = platforms.add_platform(by=user, deployments={deployment_id: organisation}, **found)
        messages.success(request, f"{platform} is added; approve it to let it launch.")
        return redirect("lti_admin:connection", platform.uuid)
    context = {"form": form, "tool": registration.tool_facts()}
    return admin_page(request, "lti/admin/add.html", "Add an LMS by hand", context, _parents())


@require_http_methods(["GET", "POST"])
def connection(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one connection and its rules, which can be changed here."""
    user, mine = access.check(request)
    platform = _find(user, uuid, to_change=request.method == "POST")
    form = RulesForm.for_platform(platform, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.keep(platform)
        messages.success(request, "Saved.")
        return redirect("lti_admin:connection", platform.uuid)
    context = {
        "platform": platform,
        "form": form,
        "deployments": platform.deployments.filter(organisation__in=mine).select_related("organisation"),
        "organisations": mine,
        "records": access.launches_of(user, mine).filter(platform=platform)[:10],
        "next_step": platforms.product_of(platform).after_registration,
        "preflight": PreflightCheck.objects.filter(platform=platform, at__isnull=False).first(),
    }
    return admin_page(request, "lti/admin/connection.html", str(platform), context, _parents())


@require_POST
def approve(request: HttpRequest, uuid: str) -> HttpResponse:
    user, mine = access.check(request)
    platform = _find(user, uuid, to_change=True)
    chosen = _chosen(request, mine) or platform.organisation
    if chosen is None:
        messages.error(request, "Choose the organisation that this LMS belongs to.")
    else:
        try:
            platforms.approve_platform(platform, chosen, user)
            messages.success(request, f"{platform} may launch now.")
        except platforms.PlatformRefused as error:
            messages.error(request, str(error))
    return redirect("lti_admin:connection", platform.uuid)


@require_POST
def suspend(request: HttpRequest, uuid: str) -> HttpResponse:
    user, _ = access.check(request)
    platform = _find(user, uuid, to_change=True)
    platforms.suspend_platform(platform, user)
    messages.success(request, f"{platform} is suspended: it launches nothing, and grades wait.")
    return redirect("lti_admin:connection", platform.uuid)


@require_POST
def add_deployment(request: HttpRequest, uuid: str) -> HttpResponse:
    user, mine = access.check(request)
    platform = _find(user, uuid, to_change=True)
    deployment_id = request.POST.get("deployment_id", "").strip()
    organisation = _chosen(request, mine) or platform.organisation
    is_id = 0 < len(deployment_id) <= 255 and deployment_id.isprintable()
    if not is_id or organisation is None or organisation not in mine:
        messages.error(request, "A deployment needs an id of at most 255 printable characters and an organisation.")
    else:
        Deployment.objects.get_or_create(
            platform=platform, deployment_id=deployment_id, defaults={"organisation": organisation}
        )
        messages.success(request, f"Deployment {deployment_id} is known now.")
    return redirect("lti_admin:connection", platform.uuid)


@require_POST
def test(request: HttpRequest, uuid: str) -> HttpResponse:
    """Try the connection now, with a column of our own where asked, and show what came back."""
    user, _ = access.check(request)
    platform = _find(user, uuid, to_change=True)
    writes = request.POST.get("writes") == "1"
    probes = list(preflight.probe(platform, writes=writes))
    kept = preflight.keep(platform, probes, timezone.now())
    if writes:
        record(platform.organisation, user, "lti.gradebook_tried", f"platform:{platform.pk}")
    context = {"platform": platform, "probes": probes, "is_green": kept.is_green, "wrote": writes}
    parents = [*_parents(), (reverse("lti_admin:connection", args=[platform.uuid]), str(platform))]
    return admin_page(request, "lti/admin/test.html", "Test", context, parents)


def _find(user: User, uuid: str, *, to_change: bool = False) -> Platform:
    """Return a connection one may see, or change: those with a deployment of ours in them belong to others."""
    mine = access.organisations_of(user)
    return get_object_or_404(access.platforms_of(user, mine, owned=to_change), uuid=uuid)


def _chosen(request: HttpRequest, mine: QuerySet[Organisation]) -> Organisation | None:
    return mine.filter(pk=key_of(request.POST.get("organisation")) or 0).first()


def _parents() -> list[tuple[str, str]]:
    return [(reverse("lti_admin:connections"), LIST)]
