"""What `check --json` prints, by docs/check.schema.json: fields are added, never renamed or removed."""

from collections.abc import Sequence
from typing import Any

import msgspec

from scenario_engine.findings import Finding, FindingLevel, doc_anchor
from scenario_engine.proof import Proof


class ReportedFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with every field. `doc` is where docs/checks.md explains the code; "" for faults of the document."""

    code: str
    level: FindingLevel
    message: str
    hint: str
    scene: str
    part: str
    path: str
    doc: str


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of a file in scene order, how many there are, and what the search of all plays came to."""

    file: str
    findings: list[ReportedFinding]
    errors: int
    warnings: int
    notes: int
    maximum: str | None
    situations: int | None


def report(file: str, findings: Sequence[Finding], proof: Proof | None) -> CheckReport:
    """Return the report of a file."""
    return CheckReport(
        file=file,
        findings=[_reported(finding) for finding in findings],
        errors=count(findings, "error"),
        warnings=count(findings, "warning"),
        notes=count(findings, "note"),
        maximum=None if proof is None or proof.maximum is None else str(proof.maximum),
        situations=None if proof is None else proof.situations,
    )


def count(findings: Sequence[Finding], level: FindingLevel) -> int:
    """Return how many findings have a level."""
    return sum(finding.level == level for finding in findings)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a report."""
    return msgspec.json.schema(CheckReport)


def _reported(finding: Finding) -> ReportedFinding:
    has_section = not finding.code.startswith("document.")
    return ReportedFinding(
        code=finding.code,
        level=finding.level,
        message=finding.message,
        hint=finding.hint,
        scene=finding.scene,
        part=finding.part,
        path=finding.path,
        doc=f"docs/checks.md#{doc_anchor(finding.code)}" if has_section else "",
    )
