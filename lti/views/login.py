"""The start of a launch: where the LMS sends the browser first, and the same again in a window of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from lti import addresses, login_states
from lti.problems import LaunchProblem
from lti.protocol.login import Login
from lti.views.problems import anywhere, explained


@csrf_exempt
@require_http_methods(["GET", "POST"])
@explained
def login(request: HttpRequest) -> HttpResponseBase:
    """Begin a login. The browser keeps a secret: in a partitioned cookie, and in the platform's storage if any."""
    entry = Login(request)
    url = entry.redirect_url()
    if not entry.state.storage_target:
        return _with_cookie(entry, HttpResponseRedirect(url))
    context = {
        "url": url,
        "key": entry.state.state,
        "value": entry.secret,
        "frame": entry.state.storage_target,
        "origin": addresses.origin(entry.state.platform.auth_url),
    }
    return _with_cookie(entry, anywhere(render(request, "lti/login.html", context)))


@require_GET
@explained
def window(request: HttpRequest, state: str) -> HttpResponseBase:
    """Begin the login once more at the top of a tab, where the browser keeps cookies."""
    earlier = login_states.find(state, timezone.now())
    if earlier is None:
        raise LaunchProblem("launch.state_unknown")
    entry = Login(request)
    return _with_cookie(entry, HttpResponseRedirect(entry.again(earlier)))


def _with_cookie(entry: Login, response: HttpResponse) -> HttpResponse:
    entry.cookies.update_response(response)
    return response
