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
from authoring.proofs.walking import in_words, walk
from scenario_engine.checks import check_to_publish
from scenario_engine.codec import decode
from scenario_engine.errors import EngineError
from scenario_engine.proof import EndingRange, prove
from scenario_engine.simulate import simulate
from scenario_engine.story import Story, compile_story

BOUNDS = Bounds(memory=1_600_000_000, cpu_s=120, wall_s=240)
PLAYS = 1_000
# Raised when the result says something new: what an older release worked out is then worked out anew.
RESULT_FORMAT = 1


def prove_document(folder: Path) -> dict[str, Any]:
    """Return {format, findings, proof or null, best, paths, cohort or null}; exact numbers are text such as "33/2".

    `best` is the best play in steps (see `walking`), empty where none can be played for real; `paths` has for each
    ending the plays that earn the least and the greatest.
    """
    scenario = decode((folder / "document").read_bytes()).scenario
    if scenario is None:
        raise Refusal({})
    findings, proof = check_to_publish(scenario, today=date.fromisoformat((folder / "today").read_text()))
    story = compile_story(scenario, maximum=proof.maximum if proof is not None else None)
    proof = prove(story) if proof is not None else None  # once more, with the plays that give each least and most
    return {
        "format": RESULT_FORMAT,
        "findings": msgspec.to_builtins(findings),
        "proof": None if proof is None else msgspec.to_builtins(proof, enc_hook=str),
        "best": [] if proof is None else walk(story, proof.seed, proof.best_path),
        "paths": {} if proof is None else {each.ending: _paths(story, each) for each in proof.endings},
        "cohort": _simulate(story),
    }


def _paths(story: Story, ending: EndingRange) -> dict[str, Any]:
    return {"least": in_words(story, ending.least_path), "greatest": in_words(story, ending.greatest_path)}


def _simulate(story: Story) -> Any:
    """Return the simulated cohort, or None where nobody can play this yet."""
    try:
        return msgspec.to_builtins(simulate(story, count=PLAYS))
    except EngineError:
        return None


if __name__ == "__main__":
    be_confined(prove_document, BOUNDS)
