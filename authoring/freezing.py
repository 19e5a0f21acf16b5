"""What of a scenario is frozen into a version, and what keeps it from being frozen. Changes no row."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from django.utils import timezone

from authoring.calls import put_in_place
from authoring.checking import used_media
from authoring.documents import NotReadable, document_in, document_of
from authoring.models import Scenario
from scenario_engine.checks import check_to_publish
from scenario_engine.codec import decode_raw, digest, encode_json
from scenario_engine.findings import Finding
from scenario_engine.proof import Proof


def faults(scenario: Scenario) -> list[Finding]:
    """Return the errors that refuse publishing, those of the full search for the best total included."""
    decoded = decode_raw(scenario.document)
    if decoded.scenario is None:
        return decoded.problems
    whole = put_in_place(scenario, decoded.scenario)
    if whole.document is None:
        return [problem for problem in whole.problems if problem.level == "error"]
    findings, _ = examine(encode_json(whole.document), timezone.localdate())
    return [finding for finding in findings if finding.level == "error"]


def content_of(scenario: Scenario) -> dict[str, Any]:
    """Return the fields of a ScenarioVersion that hold content."""
    whole = put_in_place(scenario, document_of(scenario.document))
    if whole.document is None:
        raise NotReadable("; ".join(problem.message for problem in whole.problems))  # `faults` was asked before
    document = whole.document
    data = encode_json(document)
    _, proof = examine(data, timezone.localdate())
    used = used_media(document)
    texts = {row.locale: whole.texts(row.texts, row.locale) for row in scenario.translations.all()}
    own_media = {
        row.key: {"sha256": row.sha256, "name": row.name, "mime": row.mime}
        for row in scenario.media_files.all()
        if row.key in used
    }
    media = {**whole.media(), **own_media}
    return {
        "digest": digest(document),
        "document": data,
        "texts": texts,
        "languages": sorted(texts),
        "media": media,
        "maximum": "" if proof is None or proof.maximum is None else str(proof.maximum),
        "proof": summarise(proof),
        "purpose": document.purpose,
        "minutes": document.minutes,
    }


@lru_cache(maxsize=64)
def examine(data: bytes, today: date) -> tuple[tuple[Finding, ...], Proof | None]:
    """Return all findings of a readable document with the full search, and the proof where there is one."""
    findings, proof = check_to_publish(document_in(data), today=today)
    return tuple(findings), proof


def summarise(proof: Proof | None) -> dict[str, Any]:
    """Return the proof as JSON, fractions as exact text."""
    summary: dict[str, Any] = msgspec.to_builtins(proof, enc_hook=str) if proof is not None else {}
    return summary
