"""JSON answers made of msgspec structs, and JSON bodies read without surprises."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from scenario_engine.codec.reading import Unreadable, read_raw


def answer(value: Any, status: int = 200) -> HttpResponse:
    """Return a struct or plain value as JSON that nobody keeps."""
    response = HttpResponse(msgspec.json.encode(value), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    return response


def read_object(request: HttpRequest) -> dict[str, Any] | str:
    """Return the JSON object a request carries, or a sentence that says why it is none."""
    try:
        raw = read_raw(request.body)
    except Unreadable as error:
        return error.finding.message
    return raw if isinstance(raw, dict) else "Expected a JSON object."
