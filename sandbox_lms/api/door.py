"""The door of the admin API: bearer token, JSON in, JSON out, errors that say what to do."""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from sandbox_lms.ags_rules.common import parse_object


class BadRequest(Exception):
    """The request cannot be carried out; the text says why."""


def api(*methods: str) -> Callable[[Callable[..., Any]], Callable[..., HttpResponse]]:
    """Make a view of a function (request, body, …) that returns what is to be sent as JSON."""

    def decorate(handle: Callable[..., Any]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(handle)
        def view(request: HttpRequest, **parts: Any) -> HttpResponse:
            given = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if not hmac.compare_digest(given.encode(), settings.SANDBOX_API_TOKEN.encode()):
                return _error(401, "Send the token of SANDBOX_VAR/api-token as a bearer token.")
            if request.method not in methods:
                return _error(405, f"Use {' or '.join(methods)}.")
            body = parse_object(request.body) if request.body else {}
            if body is None:
                return _error(400, "The body must be a JSON object.")
            try:
                answer = handle(request, body, **parts)
            except (BadRequest, ValueError, KeyError, TypeError) as error:
                missing = f"{error.args[0]} is missing." if isinstance(error, KeyError) else str(error)
                return _error(400, missing)
            except (Http404, ObjectDoesNotExist) as error:
                return _error(404, str(error) or "There is no such thing.")
            return JsonResponse(answer, safe=False)

        return view

    return decorate


def _error(status: int, message: str) -> HttpResponse:
    return JsonResponse({"error": message}, status=status)
