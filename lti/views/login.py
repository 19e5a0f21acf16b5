"""The start of a launch: where the LMS sends the browser first, and the same again in a window of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from lti import addresses, login_states
from lti.problems import LaunchProblem
from lti.protocol.login import Login
from lti.protocol.request import cookie_name, write_cookie
from lti.views.problems import anywhere, explained

PROBE = "cookies-last"
PROBE_S = 365 * 86_400


@csrf_exempt
@require_http_methods(["GET", "POST"])
@explained
def login(request: HttpRequest) -> HttpResponseBase:
    """Begin a login. The browser keeps a secret: in a partitioned cookie, and in the platform's storage if any.

    The first time inside a frame, a page finds out whether cookies last there before the LMS is asked: Moodle's
    hints work once, so a login that turns out to need a window of its own must not have used them.
    """
    entry = Login(request)
    url = entry.redirect_url()
    may_lose_cookies = is_framed(request) and not knows_cookies_last(request)
    if not entry.state.storage_target and not may_lose_cookies:
        return _with_cookie(entry, HttpResponseRedirect(url))
    context = {
        "url": url,
        "check": "" if entry.state.storage_target else reverse("lti:cookies"),
        "key": entry.state.state,
        "value": entry.secret,
        "frame": entry.state.storage_target,
        "origin": addresses.origin(entry.state.platform.auth_url),
    }
    return _with_cookie(entry, anywhere(render(request, "lti/login.html", context)))


@require_GET
@never_cache
def cookies(request: HttpRequest) -> JsonResponse:
    """Say whether the cookie of a moment ago came back."""
    return JsonResponse({"last": knows_cookies_last(request)})


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
    write_cookie(response, cookie_name(PROBE), "1", PROBE_S)
    return response


def is_framed(request: HttpRequest) -> bool:
    """Say whether a browser loads this into a frame, as browsers of the last years tell."""
    return request.headers.get("Sec-Fetch-Dest", "") in ("iframe", "frame", "embed", "object")


def knows_cookies_last(request: HttpRequest) -> bool:
    """Say whether a cookie of an earlier login inside this site came back: it says that, and nothing else."""
    return cookie_name(PROBE) in request.COOKIES
