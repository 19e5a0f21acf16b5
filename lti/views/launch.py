"""The launch: the LMS posts its signed message, we answer with the way on, or with a page that says why not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from lti import addresses, claims, login_states, records
from lti.launching.arrival import arrive
from lti.problems import LaunchProblem
from lti.protocol import messages
from lti.protocol.launch import Launch
from lti.views import deep_link
from lti.views.problems import ProblemPage, anywhere, explained


@csrf_exempt
@explained
def launch(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        raise LaunchProblem("launch.method", "POST", request.method)
    _check_not_refused(request)
    message = Launch(request)
    state = request.POST.get("state", "")
    if state and not message.secret_from_browser(state):
        return _other_ways(request, state)
    try:
        message.validate()
        if message.body[claims.MESSAGE_TYPE] == messages.DEEP_LINKING:
            response = deep_link.begin(request, message)
        else:
            arrival = arrive(message.deployment, message.body, timezone.now(), message.known)
            records.note_arrival(message.deployment, arrival, message.way)
            response = HttpResponseRedirect(arrival.path)
            response.status_code = 303
    except LaunchProblem as problem:
        raise ProblemPage(problem, message.platform, message.body, message.header) from problem
    message.cookies.update_response(response)
    return response


def _check_not_refused(request: HttpRequest) -> None:
    """A platform that ends the login posts an OIDC error instead of a token, without one."""
    error = request.POST.get("error")
    if error and not request.POST.get("id_token"):
        row = login_states.find(request.POST.get("state", ""), timezone.now())
        said = f"{error}: {request.POST.get('error_description', '')}".rstrip(": ")
        raise ProblemPage(LaunchProblem("launch.lms_refused", "", said), row.platform if row else None)


def _other_ways(request: HttpRequest, state: str) -> HttpResponseBase:
    """No cookie came back. Ask the platform's storage, once; else offer a window of its own."""
    row = login_states.find(state, timezone.now())
    if row is None:
        raise LaunchProblem("launch.state_unknown")
    storage = row.storage_target if request.POST.get("asked_storage") != "1" else ""
    context = {
        "state": state,
        "id_token": request.POST.get("id_token", ""),
        "frame": storage,
        "origin": addresses.origin(row.platform.auth_url),
    }
    return anywhere(render(request, "lti/other_ways.html", context))
