"""What every view of learning shares: reading the bearer, bounded bodies, and answers for whatever goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import msgspec
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from learning import tokens
from learning.errors import LearningError, StaleStep, StepRefused
from learning.languages import speaking
from learning.tokens import CoachGrant, Grant
from scenario_engine.views import Served

log = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024
RETRY_AFTER_S = 2
NEW_TOKEN_HEADER = "X-Branchwise-Token"  # noqa: S105 (the name of a header)

AnyGrant = TypeVar("AnyGrant", Grant, CoachGrant)
View = Callable[..., HttpResponseBase]


class TooLarge(LearningError):
    status = 413


class Unreadable(LearningError):
    status = 400


def json_answer(value: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(value), content_type="application/json", status=status)


def json_error(status: int, code: str, sentence: str) -> HttpResponse:
    return json_answer({"error": sentence, "error_code": code}, status)


def bearer(kind: type[AnyGrant], request: HttpRequest) -> AnyGrant:
    """Return what the request's token grants. Raises NotAllowed."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    grant = tokens.read(kind, token.strip() if scheme.lower() == "bearer" else "", timezone.now())
    request.branchwise_grant = grant  # type: ignore[attr-defined]
    return grant


def has_bearer(request: HttpRequest) -> bool:
    return "Authorization" in request.headers


def body_of(request: HttpRequest) -> bytes:
    """Return the body, refusing one that is larger than anything a page of ours sends."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise TooLarge("body.too-large", gettext("That is more text than this can take. Shorten it and send it again."))
    return request.body


def form_of(request: HttpRequest) -> QueryDict:
    """Return the posted form; only what a page's own script sends is read."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise Unreadable("body.unreadable", gettext("This is posted as a form."))
    try:
        return QueryDict(body_of(request), encoding="utf-8")
    except ValueError as error:
        raise Unreadable("body.unreadable", gettext("The form could not be read.")) from error


def answers(on_error: Callable[[int, str, str], HttpResponse] = json_error) -> Callable[[View], View]:
    """Turn refusals and database trouble into answers: never a 500, never half a state, nothing cached."""

    def decorate(view: View) -> View:
        @csrf_exempt  # authority comes in a header that no foreign page can send
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = _answer(view, on_error, request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            patch_vary_headers(response, ["Authorization"])
            _renew(request, response)
            return response

        return answered

    return decorate


def _answer(
    view: View, on_error: Callable[[int, str, str], HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except (StaleStep, StepRefused) as refusal:
        return json_answer(_with_error(refusal.served, refusal), refusal.status)
    except LearningError as refusal:
        with speaking(_locale_of(request)):
            return on_error(refusal.status, refusal.code, refusal.sentence)
    except (OperationalError, InterfaceError):  # trouble of the database; any other error is a mistake of ours
        log.exception("The database could not be used; the browser was asked to try again.")
        with speaking(_locale_of(request)):
            sentence = gettext("Nothing is lost. This could not be saved just now; try again.")
            response = on_error(503, "try-again", sentence)
        response["Retry-After"] = str(RETRY_AFTER_S)
        return response


def _locale_of(request: HttpRequest) -> str:
    """Return the language of the launch, as far as the request showed what it may do."""
    grant = getattr(request, "branchwise_grant", None)
    return grant.locale if grant is not None else ""


def _with_error(served: Served, refusal: LearningError) -> Served:
    served.error, served.error_code = refusal.sentence, refusal.code
    return served


def _renew(request: HttpRequest, response: HttpResponseBase) -> None:
    grant = getattr(request, "branchwise_grant", None)
    if grant is not None and response.status_code < 400:
        fresh = tokens.renew(grant, timezone.now())
        if fresh:
            response[NEW_TOKEN_HEADER] = fresh


def in_language(grant: Grant | CoachGrant) -> translation.override:
    """Speak the language of the launch that a grant is of."""
    return speaking(grant.locale)
