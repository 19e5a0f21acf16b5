"""The page that says what went wrong, and the frame around pages that a platform opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from foundation.api import set_csp
from lti import claims, ports, records
from lti.models import Platform
from lti.problems import LaunchProblem
from lti.products import product_named

STATUS = {
    "launch.method": 405,
    "launch.keys_unreachable": 503,
    "platform.pending": 403,
    "platform.suspended": 403,
    "deep_link.not_teacher": 403,
    "launch.review_not_teacher": 403,
}
P = ParamSpec("P")


class ProblemPage(Exception):
    """A problem together with what is known around it."""

    def __init__(
        self, problem: LaunchProblem, platform: Platform | None = None, body: object = None, header: object = None
    ) -> None:
        super().__init__(str(problem))
        self.problem, self.platform, self.body, self.header = problem, platform, body, header


def explained(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Turn every problem of a view into a kept record and a page; nothing of it is stored by browsers."""

    @wraps(view)
    def explaining(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except ProblemPage as page:
            response = problem_page(request, page.problem, page.platform, page.body, page.header)
        except LaunchProblem as problem:
            response = problem_page(request, problem)
        response["Cache-Control"] = "no-store"
        return response

    return explaining


def problem_page(
    request: HttpRequest,
    problem: LaunchProblem,
    platform: Platform | None = None,
    body: object = None,
    header: object = None,
) -> HttpResponse:
    issuer = request.POST.get("iss") or request.GET.get("iss") or ""
    printable = "".join(letter for letter in issuer if letter.isprintable())
    record = records.note_problem(problem, platform, body, header, printable)
    product = product_named(platform.product) if platform else None
    # The token may not be checked: nothing but the choice among our own languages is taken from it.
    with ports.speaking(claims.locale(body) if isinstance(body, Mapping) else ""):
        context = {"problem": problem.in_words(product), "record": record, "platform": platform}
        response = render(request, "lti/problem.html", context, status=STATUS.get(problem.code, 400))
    return anywhere(response)


def anywhere(response: HttpResponse) -> HttpResponse:
    """Let a page be framed by any site: it has nothing to press that changes anything."""
    set_csp(response, frame_ancestors=["*"])
    return response
