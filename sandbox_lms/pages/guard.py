"""Turns "nobody is signed in" into the sign-in page, for every page of an LMS."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sandbox_lms import personalities
from sandbox_lms.lookup import find_lms
from sandbox_lms.models import Lms
from sandbox_lms.pages.people import SignInNeeded, find_person

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """Make a page of a function of (request, lms, …); the LMS and who is signed in are in every template."""

    @wraps(view)
    def wrapped(request: HttpRequest, lms_key: str, **parts: Any) -> HttpResponse:
        lms: Lms = find_lms(lms_key)
        vars(request).update(lms=lms, person=find_person(request, lms), rules=personalities.of(lms).label)
        try:
            return view(request, lms, **parts)
        except SignInNeeded:
            return redirect("front", lms_key=lms_key)

    return wrapped
