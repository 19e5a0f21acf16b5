"""Choosing content for an activity: a page with a search, and the answer that goes back to the LMS."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from foundation.api import set_csp
from lti import addresses, claims, deep_linking, ports, roles
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
    return _picker(request, deep_linking.read_request(message.deployment, message.body), "")


# The token is signed, short-lived and only in this form: it does what a CSRF cookie cannot do in a foreign frame.
@csrf_exempt
@require_POST
@explained
def search(request: HttpRequest) -> HttpResponseBase:
    wish = deep_linking.unsealed(request.POST.get("request", ""))
    return _picker(request, wish, request.POST.get("words", "")[:200])


@csrf_exempt
@require_POST
@explained
def answer(request: HttpRequest) -> HttpResponseBase:
    """Send the choice back through the browser; a choice of nothing is a cancelled one."""
    wish = deep_linking.unsealed(request.POST.get("request", ""))
    picks = [] if "cancel" in request.POST else request.POST.getlist("pick")
    token = deep_linking.answer(wish, picks, graded=request.POST.get("graded") == "1")
    context = {"return_url": wish.return_url, "jwt": token, "count": len(picks)}
    response = render(request, "lti/deep_link_answer.html", context)
    # Browsers hold redirects after the post to the same list: the LMS may send it on between its own hosts.
    return _framed(response, wish, form_action=_origins(wish))


def _picker(request: HttpRequest, wish: Request, words: str) -> HttpResponse:
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
    }
    return _framed(render(request, "lti/deep_link.html", context), wish)


def _framed(response: HttpResponse, wish: Request, **directives: list[str]) -> HttpResponse:
    set_csp(response, frame_ancestors=_origins(wish), **directives)
    return response


def _origins(wish: Request) -> list[str]:
    return addresses.framing_origins(wish.deployment.platform, wish.return_url)
