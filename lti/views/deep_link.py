"""Choosing content for an activity: a page with a search, and the answer that goes back to the LMS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from foundation.api import set_csp
from lti import addresses, claims, deep_linking, ports, records, roles
from lti.deep_linking import Request
from lti.problems import LaunchProblem
from lti.protocol.launch import Launch
from lti.roles import Acting
from lti.views.problems import explained

SHOWN = 60


def begin(request: HttpRequest, message: Launch) -> HttpResponse:
    """Answer a checked deep linking launch with the page to choose from. Raises LaunchProblem for non-teachers."""
    acting = roles.acting_as(claims.texts(message.body, claims.ROLES))
    if acting is not Acting.TEACHER:
        raise LaunchProblem("deep_link.not_teacher", "a teaching role", acting.value)
    return _picker(request, deep_linking.read_request(message.deployment, message.body), "", [], "")


# The token is signed, short-lived and only in this form: it does what a CSRF cookie cannot do in a foreign frame.
@csrf_exempt
@require_POST
@explained
def search(request: HttpRequest) -> HttpResponseBase:
    """Search, or look at one thing more closely; what is ticked stays ticked."""
    wish = deep_linking.unsealed(request.POST.get("request", ""))
    picks = request.POST.getlist("pick")[: deep_linking.MOST_ITEMS]
    return _picker(request, wish, request.POST.get("words", "")[:200], picks, request.POST.get("look", ""))


@csrf_exempt
@require_POST
@explained
def details(request: HttpRequest) -> HttpResponseBase:
    """Ask for title and points of each thing chosen, before it goes to the LMS."""
    wish = deep_linking.unsealed(request.POST.get("request", ""))
    try:
        picks = deep_linking.chosen(wish, request.POST.getlist("pick"))
    except LaunchProblem as problem:
        return _refusal(request, wish, problem)
    if not picks:
        return _picker(request, wish, "", [], "", nothing=True)
    context = {
        "request_token": wish.sealed(),
        "picks": picks,
        "line_items": wish.line_items,
        "most_points": wish.most_points,
        "usual_points": min(deep_linking.USUAL_POINTS, wish.most_points),
    }
    return _framed(_rendered(request, wish, "lti/deep_link_details.html", context), wish)


@csrf_exempt
@require_POST
@explained
def answer(request: HttpRequest) -> HttpResponseBase:
    """Send the choice back through the browser; a choice of nothing is a cancelled one."""
    wish = deep_linking.unsealed(request.POST.get("request", ""))
    if "cancel" in request.POST:
        with ports.speaking(wish.locale):
            said = gettext("Nothing was chosen.")
        return _sent(request, wish, deep_linking.answer(wish, [], message=said), 0)
    try:
        picks = deep_linking.chosen(wish, request.POST.getlist("pick"))
    except LaunchProblem as problem:
        return _refusal(request, wish, problem)
    if not picks:
        return _picker(request, wish, "", [], "", nothing=True)
    wished = deep_linking.with_wishes(wish, picks, request.POST.dict(), graded=request.POST.get("graded") == "1")
    return _sent(request, wish, deep_linking.answer(wish, wished), len(wished))


def _sent(request: HttpRequest, wish: Request, token: str, count: int) -> HttpResponse:
    context = {"return_url": wish.return_url, "jwt": token, "count": count}
    response = _rendered(request, wish, "lti/deep_link_answer.html", context)
    # Browsers hold redirects after the post to the same list: the LMS may send it on between its own hosts.
    return _framed(response, wish, form_action=_origins(wish))


def _refusal(request: HttpRequest, wish: Request, problem: LaunchProblem) -> HttpResponse:
    """Say what is wrong and offer the way back: most LMSs show the teacher nothing of an error."""
    record = records.note_problem(problem, wish.deployment.platform)
    with ports.speaking(wish.locale):
        said = problem.in_words()
    token = deep_linking.answer(wish, [], error=said.what)
    context = {"problem": said, "record": record, "return_url": wish.return_url, "jwt": token}
    response = _rendered(request, wish, "lti/deep_link_refused.html", context)
    response.status_code = 400
    return _framed(response, wish, form_action=_origins(wish))


def _picker(
    request: HttpRequest, wish: Request, words: str, ticked: Sequence[str], look: str, *, nothing: bool = False
) -> HttpResponse:
    organisation = wish.deployment.organisation
    found = list(ports.search_content(organisation, words))
    context = {
        "request_token": wish.sealed(),
        "multiple": wish.multiple,
        "line_items": wish.line_items,
        "words": words,
        "found": found[:SHOWN],
        "more": max(0, len(found) - SHOWN),
        "organisation": organisation,
        "ticked": list(ticked) or [wish.target],
        "changing": bool(wish.target),
        "looked_at": look,
        "preview": _preview(wish, look),
        "nothing": nothing,
    }
    return _framed(_rendered(request, wish, "lti/deep_link.html", context), wish)


def _preview(wish: Request, look: str) -> ports.Preview | None:
    if not look:
        return None
    try:
        [pick] = deep_linking.chosen(wish, [look])
    except LaunchProblem:
        return None
    return ports.preview(pick.content, pick.target.module)


def _rendered(request: HttpRequest, wish: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    with ports.speaking(wish.locale):
        return render(request, template, context)


def _framed(response: HttpResponse, wish: Request, **directives: list[str]) -> HttpResponse:
    set_csp(response, frame_ancestors=_origins(wish), **directives)
    return response


def _origins(wish: Request) -> list[str]:
    return addresses.framing_origins(wish.deployment.platform, wish.return_url)
