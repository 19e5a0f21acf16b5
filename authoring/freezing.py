"""What of a scenario is frozen into a version, and what keeps it from being frozen. Changes no row."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from authoring.checking import check_scenario, used_media
from authoring.documents import document_in, document_of
from authoring.models import Scenario
from scenario_engine.codec import digest, encode_json
from scenario_engine.errors import BoundReached, NotPlayable
from scenario_engine.findings import Finding
from scenario_engine.proof import Proof, prove
from scenario_engine.story import compile_story

# About 20 s of search at worst; a conversation of 300 scenes needs a few thousand.
SEARCH_BOUND = 200_000


def faults(scenario: Scenario) -> list[Finding]:
    """Return the errors that refuse publishing, the search for the maximum included."""
    errors = [finding for finding in check_scenario(scenario) if finding.level == "error"]
    if errors:
        return errors
    proven = prove_document(encode_json(document_of(scenario.document)))
    return [proven] if isinstance(proven, Finding) else []


def content_of(scenario: Scenario) -> dict[str, Any]:
    """Return the fields of a ScenarioVersion that hold content."""
    document = document_of(scenario.document)
    data = encode_json(document)
    proven = prove_document(data)
    if isinstance(proven, Finding):
        raise ValueError(proven.message)  # never: `faults` was asked first
    used = used_media(document)
    media = {
        row.key: {"sha256": row.sha256, "name": row.name, "mime": row.mime}
        for row in scenario.media_files.all()
        if row.key in used
    }
    return {
        "digest": digest(document),
        "document": data,
        "texts": {row.locale: row.texts for row in scenario.translations.order_by("locale")},
        "media": media,
        "maximum": "" if proven.maximum is None else str(proven.maximum),
        "proof": summarise(proven),
        "purpose": document.purpose,
        "minutes": document.minutes,
    }


@lru_cache(maxsize=64)
def prove_document(data: bytes) -> Proof | Finding:
    """Return the proof of a readable document, or the finding that says why there is none."""
    try:
        return prove(compile_story(document_in(data)), SEARCH_BOUND)
    except BoundReached as error:
        return Finding(
            code="proof.bound",
            level="error",
            message=f"The best possible total cannot be proven: {error}",
            hint="Choose “declared maximum” as the grade, or take out variables that no condition needs.",
        )
    except NotPlayable as error:
        return Finding(code="play.not-playable", level="error", message=str(error))


def summarise(proof: Proof) -> dict[str, Any]:
    """Return the proof as JSON, fractions as exact text."""
    summary: dict[str, Any] = msgspec.to_builtins(proof, enc_hook=str)
    return summary
