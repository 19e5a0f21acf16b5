"""The confined search: findings, proof and a simulated cohort of one document, as JSON. No Django.

`python -m authoring.proofs.child FOLDER`, where FOLDER holds `document` and `today`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from authoring.confined.bounds import Bounds
from authoring.confined.child import Refusal, be_confined
from authoring.proofs.walking import walk
from scenario_engine.checks import check_to_publish
from scenario_engine.codec import decode
from scenario_engine.errors import EngineError
from scenario_engine.simulate import simulate
from scenario_engine.story import Story, compile_story

BOUNDS = Bounds(memory=1_600_000_000, cpu_s=120, wall_s=240)
PLAYS = 1_000
# Raised when the result says something new: what an older release worked out is then worked out anew.
RESULT_FORMAT = 1


def prove_document(folder: Path) -> dict[str, Any]:
    """Return {format, findings, proof or null, best, cohort or null}; exact numbers are text such as "33/2".

    `best` is the best play in steps (see `walking`), empty where none can be played for real.
    """
    scenario = decode((folder / "document").read_bytes()).scenario
    if scenario is None:
        raise Refusal({})
    findings, proof = check_to_publish(scenario, today=date.fromisoformat((folder / "today").read_text()))
    story = compile_story(scenario, maximum=proof.maximum if proof is not None else None)
    return {
        "format": RESULT_FORMAT,
        "findings": msgspec.to_builtins(findings),
        "proof": None if proof is None else msgspec.to_builtins(proof, enc_hook=str),
        "best": [] if proof is None else walk(story, proof.seed, proof.best_path),
        "cohort": _simulate(story),
    }


def _simulate(story: Story) -> Any:
    """Return the simulated cohort, or None where nobody can play this yet."""
    try:
        return msgspec.to_builtins(simulate(story, count=PLAYS))
    except EngineError:
        return None


if __name__ == "__main__":
    be_confined(prove_document, BOUNDS)
