"""`prove FILE`: what every ending can come to, with plays that show it."""

import argparse
import json
from typing import Any

from scenario_engine.cli.files import Unusable, read_document
from scenario_engine.errors import BoundReached, NotPlayable
from scenario_engine.proof import DEFAULT_BOUND, PathStep, Proof, as_data, prove
from scenario_engine.story import compile_story


def add_prove(commands: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser("prove", help="say what every ending can come to")
    parser.add_argument("file", help="a scenario, YAML or JSON")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--bound", type=int, default=DEFAULT_BOUND, help="situations to search at most")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    decoded = read_document(options.file)
    if decoded.scenario is None:
        raise Unusable(f"{options.file}: {decoded.problems[0].message} ({decoded.problems[0].path})")
    try:
        found = prove(compile_story(decoded.scenario), options.bound)
    except (BoundReached, NotPlayable) as error:
        raise Unusable(f"{options.file}: {error}") from error
    print(json.dumps(as_data(found), ensure_ascii=False, indent=1) if options.json else _as_text(found))
    return 0


def _as_text(proof: Proof) -> str:
    best = "nothing" if proof.maximum is None else f"{float(proof.maximum):g}"
    lines = [f"The best play earns {best} ({proof.situations:,} situations searched)."]
    for each in proof.endings:
        grades = [grade for grade in (each.least_grade, each.greatest_grade) if grade is not None]
        shown = f", grade {' to '.join(f'{float(grade):.0%}' for grade in grades)}" if grades else ", no grade"
        lines += ["", f"{each.ending} ({each.outcome}): {float(each.least):g} to {float(each.greatest):g}{shown}"]
        lines += [f"  least: {_way(each.least_path)}", f"  most:  {_way(each.greatest_path)}"]
        for competency, (low, high) in each.competencies.items():
            lines.append(f"  {competency}: {float(low):g} to {float(high):g}")
    return "\n".join(lines)


def _way(path: list[PathStep]) -> str:
    return " → ".join(step.value or step.kind for step in path) or "(nothing to decide)"
