"""The one URL that an LMS admin pastes into the LMS."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.api import Organisation, set_csp
from lti import addresses, platforms, registration
from lti.problems import LaunchProblem
from lti.views.problems import explained


@require_GET
@explained
def register(request: HttpRequest) -> HttpResponseBase:
    """Register with the LMS that opened this page, and say what remains to be done there and here."""
    url = request.GET.get("openid_configuration", "")
    if not url or len(url) > 2000 or not url.isprintable():
        raise LaunchProblem("register.parameter", "openid_configuration", url or "nothing")
    token = request.GET.get("registration_token", "")
    if len(token) > 8000 or not (token.isascii() and token.isprintable()):
        raise LaunchProblem("register.parameter", "registration_token", "unusable text")
    platform = registration.register(url, token, _organisation(request.GET.get("organisation", "")))
    context = {
        "platform": platform,
        "next_step": platforms.product_of(platform).after_registration,
        "origin": addresses.origin(url),
    }
    response = render(request, "lti/registered.html", context)
    set_csp(response, frame_ancestors=[addresses.origin(url)])
    return response


def _organisation(slug: str) -> Organisation | None:
    """Return the organisation named in the registration URL, or the only one there is."""
    if slug:
        found = Organisation.objects.filter(slug=slug[:80]).first() if slug.isprintable() else None
        if found is None:
            raise LaunchProblem("register.organisation", "a registration URL from here", slug)
        return found
    only = list(Organisation.objects.all()[:2])
    return only[0] if len(only) == 1 else None
