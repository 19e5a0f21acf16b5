"""The proof page of a scenario: its newest draft, or a published version, with what is certain about the scores."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from authoring.calls import put_in_place
from authoring.documents import document_in
from authoring.models import Scenario
from authoring.proofs.shown import show
from authoring.proofs.work import ask_proof
from authoring.views.pages import admin_page
from authoring.views.scoped import for_scenario
from foundation.api import key_of
from scenario_engine.codec import decode_raw
from scenario_engine.document import Scenario as Document


@for_scenario("view")
@require_safe
def proof_page(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Show the proof, or how far it is."""
    version = _version(request, scenario)
    draft = scenario.get_latest_revision_as_object()
    document = _document(scenario, draft, version)
    context: dict[str, Any] = {"scenario": draft, "version": version, "number": version.number if version else ""}
    context["versions"] = scenario.versions.defer("document", "texts").order_by("-number")[:20]
    if document is None:
        context["findings"] = decode_raw(draft.document).problems
    else:
        proof = ask_proof(scenario, document)
        context["proof"] = proof
        context["shown"] = show(document, proof.result) if proof.state == proof.State.DONE else None
    title = f"Proof of {draft}, version {version.number}" if version else f"Proof of {draft}"
    return admin_page(request, "authoring/proofs/proof.html", title, context, parent=draft)


@for_scenario("view")
@require_safe
def progress(request: HttpRequest, scenario: Scenario) -> JsonResponse:
    """Return how far the proof is, for the page that polls."""
    version = _version(request, scenario)
    document = _document(scenario, scenario.get_latest_revision_as_object(), version)
    if document is None:
        return JsonResponse({"state": "failed", "label": "This draft cannot be read.", "stage": ""})
    proof = ask_proof(scenario, document)
    return JsonResponse({"state": proof.state, "label": proof.get_state_display(), "stage": proof.last_error})


def _version(request: HttpRequest, scenario: Scenario) -> Any:
    """Return the version asked for, or None for the newest draft."""
    asked = request.GET.get("version", "")
    if not asked:
        return None
    number = key_of(asked)
    found = scenario.versions.filter(number=number).first() if number is not None else None
    if found is None:
        raise Http404("There is no such version.")
    return found


def _document(scenario: Scenario, draft: Any, version: Any) -> Document | None:
    if version is not None:
        return document_in(version.document)
    decoded = decode_raw(draft.document).scenario
    # Where what it calls cannot be put in place, the findings of the proof say so.
    return None if decoded is None else put_in_place(scenario, decoded).document or decoded
