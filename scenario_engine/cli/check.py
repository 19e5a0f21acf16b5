"""`check FILE`: the findings of a scenario, scene by scene."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from scenario_engine.checks import check_to_publish
from scenario_engine.cli.files import read_document
from scenario_engine.cli.report import count, report
from scenario_engine.findings import Finding, FindingLevel, has_errors
from scenario_engine.proof import DEFAULT_BOUND, Proof

LEVELS: tuple[FindingLevel, ...] = ("error", "warning", "note")


def add_check(commands: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser("check", help="say what is wrong with a scenario")
    parser.add_argument("file", help="a scenario, YAML or JSON")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--bound", type=int, default=DEFAULT_BOUND, help="situations to search at most")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    decoded = read_document(options.file)
    findings, proof = decoded.problems, None
    if decoded.scenario is not None:
        findings, proof = check_to_publish(decoded.scenario, bound=options.bound, today=date.today())
    if options.json:
        found = msgspec.json.encode(report(options.file, findings, proof))
        print(msgspec.json.format(found, indent=1).decode())
    else:
        print(_as_text(findings, proof))
    return 1 if has_errors(findings) else 0


def _as_text(findings: Sequence[Finding], proof: Proof | None) -> str:
    lines: list[str] = []
    scene: str | None = None
    for finding in findings:
        if finding.scene != scene:
            scene = finding.scene
            lines += ["", scene or "The scenario as a whole"]
        # What could not even be read has no part to name it by.
        place = finding.path.removeprefix("$.") if finding.code.startswith("document.") else ""
        part = f" ({finding.part or place})" if finding.part or place not in ("", "$") else ""
        lines.append(f"  {finding.level}: {finding.message}{part}  [{finding.code}]")
        if finding.hint:
            lines.append(f"    {finding.hint}")
    counts = ", ".join(_counted(findings, level) for level in LEVELS)
    lines += ["", f"{counts}."]
    if proof is not None and proof.maximum is not None:
        lines.append(f"The best play earns {float(proof.maximum):g} ({proof.situations:,} situations searched).")
    return "\n".join(lines).lstrip("\n")


def _counted(findings: Sequence[Finding], level: FindingLevel) -> str:
    number = count(findings, level)
    return f"{number} {level}{'' if number == 1 else 's'}"
