"""The learner's pages. Opened plainly an address gives an empty shell; asked with a bearer it gives the page's content.

So nothing secret is in a page that anybody can open, and nothing depends on a cookie inside an LMS's frame.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_GET, require_http_methods

from foundation.api import set_csp
from learning import courses, hooks, journal
from learning.attempts import find_participation
from learning.errors import NotThere
from learning.models import Participation
from learning.outline import MAIN
from learning.tokens import CoachGrant, Grant
from learning.views.answers import answers, bearer, form_of, has_bearer, in_language


def shell(request: HttpRequest, kind: str, page: UUID) -> HttpResponse:
    """Return the empty page: styles, scripts, and a sentence for each way in which it may stay empty."""
    context = {"kind": kind, "page": page, "with_player": kind == "play"}
    response = render(request, "learning/shell.html", context)
    set_csp(response, frame_ancestors=hooks.frame_ancestors(page))
    return response


def fragment(request: HttpRequest, template: str, grant: Grant | CoachGrant, context: dict[str, Any]) -> HttpResponse:
    """Return a page's content in the language of the launch, to be put into the shell."""
    with in_language(grant):
        return render(request, template, {**context, **language_of(grant), "return_url": grant.return_url})


def language_of(grant: Grant | CoachGrant) -> dict[str, str]:
    language = get_language() or "en"
    try:
        is_bidi = bool(get_language_info(language)["bidi"])
    except KeyError:
        is_bidi = False
    return {"language": language, "direction": "rtl" if is_bidi else "ltr", "locale": grant.locale}


def problem_fragment(status: int, code: str, sentence: str) -> HttpResponse:
    """Return a refusal as content that a shell can show."""
    return HttpResponse(render_to_string("learning/problem.html", {"code": code, "sentence": sentence}), status=status)


@answers(problem_fragment)
@require_GET
def play(request: HttpRequest, participation: UUID) -> HttpResponseBase:
    """The course page, or the player where the placement is a single scenario."""
    if not has_bearer(request):
        return shell(request, "play", participation)
    grant = _grant(request, participation)
    with in_language(grant):
        overview = courses.overview(grant, timezone.now())
    if overview.is_course:
        return fragment(request, "learning/course.html", grant, {"course": overview, "participation": participation})
    return _player(request, grant, overview, MAIN)


@answers(problem_fragment)
@require_GET
def play_module(request: HttpRequest, participation: UUID, module: str) -> HttpResponseBase:
    """The player of one module of a course."""
    if not has_bearer(request):
        return shell(request, "play", participation)
    grant = _grant(request, participation)
    with in_language(grant):
        overview = courses.overview(grant, timezone.now())
    if module not in {each.id for each in overview.modules}:
        raise NotThere
    return _player(request, grant, overview, module)


@answers(problem_fragment)
@require_http_methods(["GET", "POST"])
def own_words(request: HttpRequest, participation: UUID) -> HttpResponseBase:
    """What the learner wrote for themselves: to read, to delete, and to take back from the coach."""
    if not has_bearer(request) and request.method == "GET":
        return shell(request, "play", participation)
    grant = _grant(request, participation)
    with in_language(grant):
        row = find_participation(grant)
        done = _change_words(request, row) if request.method == "POST" else ""
        context = {"written": journal.journal_of(row), "participation": participation, "done": done}
    return fragment(request, "learning/own_words.html", grant, context)


def _change_words(request: HttpRequest, row: Participation) -> str:
    """Delete one thing, or end its sharing, as the posted form says."""
    posted, now = form_of(request), timezone.now()
    changes = {"delete": journal.delete_written, "take_back": journal.take_back}
    do = posted.get("do", "")
    if do not in changes:
        raise NotThere
    changes[do](row, posted.get("key", ""), now)
    return do


def _player(request: HttpRequest, grant: Grant, overview: courses.Overview, module: str) -> HttpResponse:
    shown = next(each for each in overview.modules if each.id == module)
    following = next((each for each in overview.modules if each.number == shown.number + 1), None)
    context = {
        "course": overview,
        "module": shown,
        "following": following,
        "participation": grant.participation,
        "has_own_words": journal.may_have_words(find_participation(grant), module),
    }
    return fragment(request, "learning/player.html", grant, context)


def _grant(request: HttpRequest, participation: UUID) -> Grant:
    grant = bearer(Grant, request)
    if grant.participation != participation:
        raise NotThere
    return grant
