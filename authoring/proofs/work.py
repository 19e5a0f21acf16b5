"""Asking for a proof and working it out: once per content, never in a web worker."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone

from authoring.confined.parent import Ended, run_confined
from authoring.models import Scenario
from authoring.proofs.child import BOUNDS, RESULT_FORMAT
from authoring.proofs.models import ScenarioProof
from foundation.api import wake
from scenario_engine.codec import digest, encode_json
from scenario_engine.document import Scenario as Document

KIND = "authoring.proofs"
MAX_TRIES = 3
KEPT_PER_SCENARIO = 6
State = ScenarioProof.State

_PROBLEMS = {
    "memory": "There is more to search than fits in memory. Split the scenario, or let fewer variables decide.",
    "time": "The search took too long. Split the scenario, or let fewer variables decide.",
    "broken": "The search stopped unexpectedly. Whoever runs this site finds the reason in the log.",
    "refused": "This document cannot be read.",
}


def ask_proof(scenario: Scenario, document: Document) -> ScenarioProof:
    """Return the proof of a document of `scenario`: worked out already, under way, or begun by this call."""
    name = digest(document)
    found = scenario.proofs.defer("document").filter(digest=name).first()
    if found is not None and not _is_outdated(found):
        return found
    with transaction.atomic():
        if found is not None:
            found.delete()
        made, _ = ScenarioProof.objects.get_or_create(
            scenario=scenario, digest=name, defaults={"document": encode_json(document)}
        )
        _forget_old(scenario, made)
    wake(KIND)
    return made


def run_proof(row: ScenarioProof, now: datetime) -> None:
    """Work out a claimed proof. Every outcome is one that a person can read."""
    if row.document is None or row.lease_id is None:
        return
    if row.tries > MAX_TRIES:
        _end(row, State.FAILED, problem=_PROBLEMS["broken"])
        return
    with TemporaryDirectory(prefix="branchwise-proof-") as temporary:
        folder = Path(temporary)
        (folder / "document").write_bytes(bytes(row.document))
        (folder / "today").write_text(timezone.localdate().isoformat())
        try:
            result = run_confined("authoring.proofs.child", folder, BOUNDS)
        except Ended as end:
            _end(row, State.FAILED, problem=_PROBLEMS[end.why])
        else:
            _end(row, State.DONE, result=result)


def _end(row: ScenarioProof, state: str, **found: object) -> None:
    held = ScenarioProof.objects.filter(pk=row.pk, lease_id=row.lease_id)
    held.update(state=state, document=None, **found)


def _is_outdated(found: ScenarioProof) -> bool:
    """Say whether a proof was worked out by an older release of ours, or broke on another day."""
    if found.state == State.DONE:
        return bool(found.result.get("format") != RESULT_FORMAT)
    return found.state == State.FAILED and found.created_at.date() != timezone.now().date()


def _forget_old(scenario: Scenario, newest: ScenarioProof) -> None:
    kept = scenario.proofs.exclude(pk=newest.pk).values_list("pk", flat=True)[: KEPT_PER_SCENARIO - 1]
    scenario.proofs.exclude(pk__in=[newest.pk, *kept]).delete()
