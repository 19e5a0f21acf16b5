"""The coach's pages: a placement, a learner, an attempt, and the corrections that a coach posts from there."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from learning import arranging, coaching, hooks, placements, reviewing
from learning import choices as cohort_choices
from learning.corrections import Correction, correct, share_of_percent
from learning.errors import CannotCorrect, NotAsExpected, NotThere
from learning.models import Learner
from learning.tokens import CoachGrant
from learning.views.answers import answers, bearer, form_of, has_bearer, in_language, json_answer
from learning.views.pages import fragment, problem_fragment, shell

_KINDS = ("level", "credit", "grade", "void", "excuse", "withdraw")


@answers(problem_fragment)
@require_GET
def placement(request: HttpRequest, placement: UUID) -> HttpResponseBase:
    """Who is where, with what score, and how far the grade has come."""
    if not has_bearer(request):
        return shell(request, "coach", placement)
    grant = _grant(request, placement)
    with in_language(grant):
        table = coaching.placement_table(grant, request.GET.get("show", ""), _page(request.GET))
        wants_roster = table.show == "absent"
        roster = hooks.roster_of(table.placement.pk, timezone.now()) if wants_roster else None
    context = {"table": table, "placement": placement, "roster": roster, "wants_roster": wants_roster}
    return fragment(request, "learning/coach_placement.html", grant, context)


@answers(problem_fragment)
@require_GET
def choices(request: HttpRequest, placement: UUID) -> HttpResponseBase:
    """What the cohort chose first at each decision, and who did."""
    if not has_bearer(request):
        return shell(request, "coach", placement)
    grant = _grant(request, placement)
    with in_language(grant):
        page = cohort_choices.first_choices(grant, request.GET.get("at", ""), request.GET.get("choice", ""))
    return fragment(request, "learning/coach_choices.html", grant, {"page": page, "placement": placement})


@answers(problem_fragment)
@require_http_methods(["GET", "POST"])
def learner(request: HttpRequest, placement: UUID, participation: UUID) -> HttpResponseBase:
    """One learner's attempts and grades; on POST, how much time they have."""
    if not has_bearer(request) and request.method == "GET":
        return shell(request, "coach", placement)
    grant = _grant(request, placement)
    with in_language(grant):
        if request.method == "POST":
            row = coaching.find_participation(grant, participation)
            arranging.give_time(grant, row, _number(form_of(request).get("time_factor", "")), timezone.now())
        page = reviewing.learner_page(grant, participation)
    context = {
        "page": page,
        "placement": placement,
        "is_saved": request.method == "POST",
        "times": arranging.TIME_FACTORS,
    }
    return fragment(request, "learning/coach_learner.html", grant, context)


@answers(problem_fragment)
@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest, placement: UUID, attempt: UUID) -> HttpResponseBase:
    """One attempt: its script with the evidence, and on POST a correction."""
    if not has_bearer(request) and request.method == "GET":
        return shell(request, "coach", placement)
    grant = _grant(request, placement)
    with in_language(grant):
        if request.method == "GET":
            return _attempt_page(request, grant, attempt, {})
        posted = form_of(request)
        try:
            correct(grant, attempt, _correction(posted), posted.get("as_of", ""), timezone.now())
        except (CannotCorrect, NotAsExpected) as refusal:
            typed = {name: posted.get(name, "") for name in ("kind", "seq", "criterion", "value", "reason")}
            response = _attempt_page(request, grant, attempt, {"refusal": refusal.sentence, "typed": typed})
            response.status_code = refusal.status
            return response
        return _attempt_page(request, grant, attempt, {"is_saved": True})


@answers()
@require_POST
def preview(request: HttpRequest, placement: UUID) -> HttpResponseBase:
    """Make the coach's own ungraded try and say where it is."""
    grant, now = _grant(request, placement), timezone.now()
    row = coaching.find_placement(grant)
    coach = Learner.objects.get(uuid=grant.coach, organisation=row.organisation)
    participation = placements.enter(row, coach, now, preview=True)
    back = request.build_absolute_uri(f"/coach/{row.uuid}/")
    token = placements.issue_token(participation, now, preview=True, locale=grant.locale, return_url=back)
    return json_answer({"url": placements.play_path(participation, token)})


def _attempt_page(request: HttpRequest, grant: CoachGrant, attempt: UUID, extra: dict[str, Any]) -> HttpResponse:
    page = reviewing.attempt_page(grant, attempt)
    context = {"page": page, "placement": grant.placement, **extra}
    return fragment(request, "learning/coach_attempt.html", grant, context)


def _grant(request: HttpRequest, placement: UUID) -> CoachGrant:
    grant = bearer(CoachGrant, request)
    if grant.placement != placement:
        raise NotThere
    return grant


def _correction(posted: QueryDict) -> Correction:
    kind, seq = posted.get("kind", ""), posted.get("seq", "")
    if kind not in _KINDS or (seq and not (seq.isascii() and seq.isdigit() and len(seq) < 7)):
        raise CannotCorrect("correction.unknown", _("That cannot be corrected here."))
    value = posted.get("value", "")
    return Correction(
        kind=kind,  # type: ignore[arg-type]  # checked above
        reason=posted.get("reason", ""),
        value=share_of_percent(value) if kind in ("grade", "credit") else value,
        seq=int(seq) if seq else None,
        criterion=posted.get("criterion", "")[:64],
    )


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"\d(\.\d)?", text, re.ASCII) else -1


def _page(query: QueryDict) -> int:
    text = query.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
