"""The page of all checks, made from the rules themselves: where the codes of findings lead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from authoring.views.pages import admin_page
from scenario_engine.checks import RULES
from scenario_engine.checks.explained import EXPLAINED


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """List every rule with its code as the anchor, why it matters and how to mend what it finds."""
    rules = [(rule, EXPLAINED.get(rule.code)) for rule in RULES]
    return admin_page(request, "authoring/proofs/checks.html", "What is checked", {"rules": rules})
