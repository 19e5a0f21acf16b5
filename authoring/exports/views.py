"""The export pages: formats with a sentence each, what a format keeps, and the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from authoring.exports.content import NothingToExport, of_draft, of_version
from authoring.exports.formats import Format, course_formats, scenario_formats
from authoring.exports.writing import Made, NotExported, write_course, write_scenario
from authoring.imports.report import by_place
from authoring.models import Course, Scenario
from authoring.views.pages import admin_page
from authoring.views.scoped import find_visible, for_scenario
from foundation.api import record


@for_scenario("view")
@require_safe
def export_scenario(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Offer the formats of a scenario; with `format`, say what that one keeps."""
    draft = scenario.get_latest_revision_as_object()
    number = _number(request, scenario)
    context = {
        "subject": draft,
        "formats": scenario_formats(),
        "versions": list(scenario.versions.order_by("-number").values_list("number", flat=True)),
        "number": number,
        "file_url": reverse("scenarios:export_file", args=[scenario.pk]),
        **_report(request, scenario_formats(), lambda name: _write(scenario, number, name)),
    }
    return admin_page(request, "authoring/exports/export.html", "Export", context, parent=draft)


@for_scenario("view")
@require_safe
def scenario_file(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Answer with the file, or say on the page why there is none."""
    number, name = _number(request, scenario), _format(request, scenario_formats()).name
    back = reverse("scenarios:export", args=[scenario.pk])
    return _answer(request, scenario, name, back, lambda: _write(scenario, number, name))


@require_safe
def export_course(request: HttpRequest, pk: Any) -> HttpResponse:
    """Offer the formats of a published course; with `format`, say what that one keeps."""
    course = find_visible(Course, request.user, pk)
    context = {
        "subject": course,
        "formats": course_formats(),
        "file_url": reverse("courses:export_file", args=[course.pk]),
        "unpublished": not course.versions.exists(),
        **_report(request, course_formats(), lambda name: write_course(course, name, at_once=True)),
    }
    return admin_page(request, "authoring/exports/export.html", "Export", context, parent=course)


@require_safe
def course_file(request: HttpRequest, pk: Any) -> HttpResponse:
    """Answer with the file, or say on the page why there is none."""
    course = find_visible(Course, request.user, pk)
    name = _format(request, course_formats()).name
    back = reverse("courses:export", args=[course.pk])
    return _answer(request, course, name, back, lambda: write_course(course, name, at_once=True))


def _write(scenario: Scenario, number: int | None, name: str) -> Made:
    try:
        content = of_draft(scenario) if number is None else of_version(scenario.versions.get(number=number))
    except NothingToExport as error:
        raise NotExported(str(error)) from error
    return write_scenario(content, name, at_once=True)


def _answer(request: HttpRequest, subject: Any, name: str, back: str, make: Callable[[], Made]) -> HttpResponse:
    try:
        made = make()
    except NotExported as error:
        messages.error(request, str(error))
        version = request.GET.get("version", "")
        return redirect(f"{back}?{urlencode({'version': version})}" if version else back)
    kind = subject._meta.model_name
    record(subject.organisation, request.user, f"{kind}.exported", f"{kind}:{subject.uuid}", {"format": name})  # type: ignore[arg-type]
    response = HttpResponse(made.data, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _report(request: HttpRequest, formats: list[Format], make: Callable[[str], Made]) -> dict[str, Any]:
    """Return what the page says about the format asked for, if one is."""
    if "format" not in request.GET:
        return {"chosen": None}
    chosen = _format(request, formats)
    try:
        made = make(chosen.name)
    except NotExported as error:
        return {"chosen": chosen, "refusal": str(error)}
    return {"chosen": chosen, "places": by_place(made.entries), "size": len(made.data), "filename": made.filename}


def _format(request: HttpRequest, formats: list[Format]) -> Format:
    found = next((each for each in formats if each.name == request.GET.get("format")), None)
    if found is None:
        raise Http404("There is no such format.")
    return found


def _number(request: HttpRequest, scenario: Scenario) -> int | None:
    """Return the number of the version asked for; None is the newest draft."""
    given = request.GET.get("version", "")
    if not given:
        return None
    if not given.isdecimal() or len(given) > 9 or not scenario.versions.filter(number=int(given)).exists():
        raise Http404("There is no such version.")
    return int(given)
