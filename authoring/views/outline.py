"""The outline of a scenario: the whole of it as text, with findings and comments; readable without JavaScript."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from authoring.checking import check_scenario
from authoring.models import Scenario, SceneComment
from authoring.permissions import may
from authoring.storyboard import make_storyboard
from authoring.views.comments import MAX_CHARACTERS
from authoring.views.pages import admin_page
from authoring.views.scoped import author_of, for_scenario


@for_scenario("view")
@require_http_methods(["GET", "POST"])
def outline(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Show the newest draft scene by scene; a posted comment is added to its scene."""
    if request.method == "POST":
        # PostgreSQL stores no NUL.
        scene, text = (request.POST.get(name, "").replace("\0", "") for name in ("scene", "text"))
        text = text.strip()[:MAX_CHARACTERS]
        if text:
            SceneComment.objects.create(scenario=scenario, scene=scene[:64], text=text, author=author_of(request))
        return redirect("scenarios:outline", scenario.pk)
    draft = scenario.get_latest_revision_as_object()
    cards = make_storyboard(draft.document) or []
    comments: dict[str, list[SceneComment]] = {}
    for comment in scenario.comments.filter(resolved_at=None).select_related("author"):
        comments.setdefault(comment.scene, []).append(comment)
    findings = check_scenario(draft)
    context = {
        "scenario": draft,
        "rows": [(card, comments.get(card.id, [])) for card in cards],
        "general": comments.get("", []),
        "findings": findings,
        "may_edit": may(request.user, "change", scenario.organisation_id),
        "origin": scenario.origins.select_related("job").first(),
        "version": scenario.versions.order_by("-number").first(),
    }
    return admin_page(request, "authoring/admin/outline.html", "Outline", context, parent=draft)
