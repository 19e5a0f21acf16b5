"""Beginning a scenario or course: from a starter, as a copy. A file begins in imports, a brief for AI in generation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from authoring.drafts import duplicate, free_slug, save_draft
from authoring.forms import CopyForm, CourseStartForm, TemplateForm
from authoring.imports.formats import list_formats
from authoring.imports.forms import ImportForm
from authoring.models import Course, Scenario
from authoring.permissions import may, organisations_for
from authoring.starters import STARTERS, load_starter
from authoring.views.pages import admin_page
from authoring.views.scoped import find_visible


@require_http_methods(["GET", "POST"])
def start_scenario(request: HttpRequest) -> HttpResponse:
    """Three ways to start a scenario; each ends on the edit page of a new draft."""
    if not organisations_for(request.user, "add").exists():
        raise PermissionDenied
    posted = request.POST.get("way") if request.method == "POST" else None
    template = TemplateForm(request.POST if posted == "starter" else None, user=request.user, prefix="starter")
    if posted == "starter" and template.is_valid():
        return redirect("scenarios:edit", _from_starter(request, template).pk)
    context = {
        "template": template,
        "upload": ImportForm(user=request.user),
        "formats": list_formats(),
        "starters": STARTERS,
        "brief_url": brief_url(),
    }
    return admin_page(request, "authoring/admin/start.html", "New scenario", context)


def brief_url() -> str:
    """Return where a brief for AI is written, or "" while that room is not there."""
    for name in ("authoring_generation:brief", "authoring_generation:start"):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def _from_starter(request: HttpRequest, form: TemplateForm) -> Scenario:
    document = load_starter(form.cleaned_data["starter"])
    document["title"] = form.cleaned_data["title"]
    slug = document.pop("id")
    organisation = form.organisation_chosen
    document["id"] = free_slug(organisation, _id_from(form.cleaned_data["title"], slug))
    return save_draft(organisation, document, by=_user(request)).scenario


@require_http_methods(["GET", "POST"])
def copy_scenario(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask for a title, then copy the newest draft, its texts and media."""
    scenario = find_visible(Scenario, request.user, pk)
    if not may(request.user, "add", scenario.organisation_id):
        raise PermissionDenied
    newest = scenario.get_latest_revision_as_object()
    form = CopyForm(request.POST or None, initial={"title": f"{newest.title} (copy)"})
    if request.method == "POST" and form.is_valid():
        draft = duplicate(scenario, form.cleaned_data["title"], by=_user(request))
        messages.success(request, f"“{draft.scenario.title}” is a copy of the newest draft.")
        return redirect("scenarios:edit", draft.scenario.pk)
    return admin_page(request, "authoring/admin/copy.html", "Copy", {"form": form, "object": newest}, parent=newest)


@require_http_methods(["GET", "POST"])
def start_course(request: HttpRequest) -> HttpResponse:
    """Ask for a title, then open the new course."""
    if not organisations_for(request.user, "add").exists():
        raise PermissionDenied
    form = CourseStartForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        organisation, title = form.organisation_chosen, form.cleaned_data["title"]
        slug = free_slug(organisation, _id_from(title, "course"), Course)
        course = Course(organisation=organisation, title=title, slug=slug, language=organisation.locale, live=False)
        course.save()
        course.save_revision(user=_user(request), clean=False, log_action="wagtail.create")
        return redirect("courses:edit", course.pk)
    return admin_page(request, "authoring/admin/start_course.html", "New course", {"form": form})


@require_http_methods(["GET", "POST"])
def copy_course(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask for a title, then copy the newest draft of a course with its modules."""
    course = find_visible(Course, request.user, pk)
    if not may(request.user, "add", course.organisation_id):
        raise PermissionDenied
    newest = course.get_latest_revision_as_object()
    form = CopyForm(request.POST or None, initial={"title": f"{newest.title} (copy)"})
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        slug = free_slug(course.organisation, _id_from(title, "course"), Course)
        made = Course(organisation=course.organisation, slug=slug)
        for name in ("language", "summary", "minutes", "send", "credits", "audience", "details"):
            setattr(made, name, getattr(newest, name))
        made.title, made.live = title, False
        modules = list(newest.modules.all())
        for module in modules:
            module.pk, module.course = None, made
        made.modules = modules  # type: ignore[misc]
        made.save()
        made.save_revision(user=_user(request), clean=False, log_action="wagtail.create")
        return redirect("courses:edit", made.pk)
    return admin_page(request, "authoring/admin/copy.html", "Copy", {"form": form, "object": newest}, parent=newest)


def _user(request: HttpRequest) -> Any:
    return request.user


def _id_from(title: str, fallback: str) -> str:
    slug = slugify(title)[:58]
    return slug if slug[:1].isalpha() else fallback
