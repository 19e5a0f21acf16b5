"""What the editor asks while one writes: findings, test-play, and what the proof says. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from authoring.calls import names_called, put_in_place
from authoring.checking import check_draft
from authoring.freezing import examine, summarise
from authoring.media_store import draft_urls, url_of
from authoring.models import Scenario
from authoring.testplay import TestPlayRequest, play_document, read_request
from authoring.views.answers import answer, read_object
from authoring.views.scoped import for_scenario, problem
from scenario_engine.codec import decode_raw, encode_json, to_raw
from scenario_engine.views import TestPlayed


@for_scenario("view")
@require_POST
def check(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Answer {findings} for the posted {document}."""
    body = read_object(request)
    if isinstance(body, str) or not isinstance(body.get("document"), dict):
        return problem(body if isinstance(body, str) else "Post {document}.")
    return answer({"findings": check_draft(scenario, body["document"])})


@for_scenario("view")
@require_POST
def play(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Answer TestPlayed for the posted document, or for the newest draft where none is posted."""
    try:
        wanted = read_request(request.body)
    except msgspec.MsgspecError as error:
        return problem(f"{error}.")
    raw = wanted.document
    if raw is None:
        raw = scenario.get_latest_revision_as_object().document
    return answer(play_scenario(scenario, raw, wanted, first_name=request.user.first_name))  # type: ignore[union-attr]


@for_scenario("view")
@require_POST
def proof(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Answer {findings, proof} of the full search: the maximum and totals per ending, or null and why not."""
    body = read_object(request)
    if isinstance(body, str) or not isinstance(body.get("document"), dict):
        return problem(body if isinstance(body, str) else "Post {document}.")
    decoded = decode_raw(body["document"])
    if decoded.scenario is None:
        return answer({"findings": decoded.problems})
    whole = put_in_place(scenario, decoded.scenario)
    if whole.document is None:
        return answer({"findings": whole.problems, "proof": None})
    findings, proven = examine(encode_json(whole.document), timezone.localdate())
    return answer({"findings": findings, "proof": summarise(proven) if proven is not None else None})


def play_scenario(
    scenario: Scenario, raw: Any, wanted: TestPlayRequest, *, first_name: str = "", tells_findings: bool = True
) -> TestPlayed:
    """Play `raw` with the media, texts and slots of the scenario's row."""

    def texts(locale: str) -> Mapping[str, str] | None:
        row = scenario.translations.filter(locale=locale).first()
        return row.texts if row else None

    slots = {
        "learner.first_name": first_name,
        "organisation.name": scenario.organisation.name,
        "organisation.support_contacts": scenario.organisation.support_contacts,
    }
    decoded = decode_raw(raw).scenario
    whole = put_in_place(scenario, decoded) if decoded is not None and names_called(decoded) else None
    called = whole.media() if whole is not None else {}
    return play_document(
        to_raw(whole.document) if whole is not None and whole.document is not None else raw,
        wanted,
        texts=texts,
        media={**{key: url_of(kept["sha256"], kept["name"]) for key, kept in called.items()}, **draft_urls(scenario)},
        slots={name: value for name, value in slots.items() if value},
        tells_findings=tells_findings,
    )
