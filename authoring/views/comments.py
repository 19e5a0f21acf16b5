"""Comments on scenes, as the editor and the outline use them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from authoring.models import Scenario, SceneComment
from authoring.permissions import may
from authoring.views.answers import answer, read_object
from authoring.views.scoped import author_of, for_scenario, problem
from foundation.api import User

MAX_CHARACTERS = 4000


@for_scenario("view")
@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """GET: {comments}. POST {scene, text} adds one; POST {id, resolved: true|false} settles or reopens one."""
    if request.method == "GET":
        return _listed(scenario, request.user)
    body = read_object(request)
    if isinstance(body, str):
        return problem(body)
    return _resolve(request, scenario, body) if "id" in body else _add(request, scenario, body)


def _add(request: HttpRequest, scenario: Scenario, body: dict[str, Any]) -> HttpResponse:
    text, scene = body.get("text"), body.get("scene", "")
    if not isinstance(text, str) or not text.strip():
        return problem("Write something first.")
    if len(text) > MAX_CHARACTERS or not isinstance(scene, str) or len(scene) > 64:
        return problem(f"A comment has at most {MAX_CHARACTERS:,} characters.")
    SceneComment.objects.create(scenario=scenario, scene=scene, text=text.strip(), author=author_of(request))
    return _listed(scenario, request.user, status=201)


def _resolve(request: HttpRequest, scenario: Scenario, body: dict[str, Any]) -> HttpResponse:
    number = body["id"]
    comment = scenario.comments.filter(pk=number).first() if isinstance(number, int) else None
    if comment is None:
        return problem("There is no such comment.", 404)
    if comment.author_id != request.user.pk and not may(request.user, "change", scenario.organisation_id):
        raise PermissionDenied
    resolved = body.get("resolved", True) is True
    comment.resolved_at = timezone.now() if resolved else None
    comment.resolved_by = request.user if resolved and isinstance(request.user, User) else None
    comment.save(update_fields=["resolved_at", "resolved_by"])
    return _listed(scenario, request.user)


def _listed(scenario: Scenario, user: Any, status: int = 200) -> HttpResponse:
    rows = scenario.comments.select_related("author")
    return answer({"comments": [_shown(row, user) for row in rows]}, status=status)


def _shown(comment: SceneComment, user: Any) -> dict[str, Any]:
    author = comment.author
    return {
        "id": comment.pk,
        "scene": comment.scene,
        "text": comment.text,
        "author": (author.get_full_name() or author.get_username()) if author else "",
        "mine": comment.author_id == user.pk,
        "at": comment.created_at.isoformat(),
        "resolved": comment.resolved_at is not None,
    }
