"""Previews: the real player on a page of its own, and the storyboard."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse

from authoring.checking import check_scenario
from authoring.models import Course, Scenario
from authoring.storyboard import make_storyboard
from authoring.widgets import built

PLAYER = "learning/built/player.js"


def show_preview(scenario: Scenario, request: HttpRequest, mode: str) -> HttpResponse:
    """Show a draft as the learner meets it (play), or scene by scene (storyboard)."""
    if mode == "storyboard":
        return TemplateResponse(request, "authoring/storyboard_page.html", storyboard_context(scenario))
    url = reverse("scenarios:play", args=[scenario.pk]) if scenario.pk else ""
    context = play_context(scenario, url, scenario.document, get_token(request))
    return TemplateResponse(request, "authoring/play_page.html", context)


def show_course_preview(course: Course, request: HttpRequest) -> HttpResponse:
    """Show a course as a list of what learners find in it."""
    modules = [module for module in course.modules.all() if module.scenario_id]
    context = {"course": course, "modules": modules, "language": course.language}
    return TemplateResponse(request, "authoring/course_page.html", context)


def play_context(scenario: Scenario, play_url: str, document: Any = None, csrf: str = "") -> dict[str, Any]:
    """Return what play_page.html shows. `document` is posted with each step; None where the server has it itself."""
    return {
        "scenario": scenario,
        "language": scenario.language,
        "player": built(PLAYER),
        "options_json": json.dumps({"playUrl": play_url, "key": str(scenario.uuid), "locale": "", "csrf": csrf}),
        "document": document,
        **({} if built(PLAYER) else storyboard_context(scenario)),
    }


def storyboard_context(scenario: Scenario) -> dict[str, Any]:
    cards = make_storyboard(scenario.document)
    return {
        "scenario": scenario,
        "language": scenario.language,
        "cards": cards,
        "findings": check_scenario(scenario) if cards is None else (),
    }
