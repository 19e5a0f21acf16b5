"""`impact OLD NEW --attempts FILE.json`: what a new version means for attempts in progress."""

import argparse
import json
from typing import Any

import msgspec

from scenario_engine.cli.files import Unusable, read_document, read_json
from scenario_engine.document import Scenario
from scenario_engine.impact import Impact, InProgress, impact


def add_impact(commands: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser("impact", help="say whom a new version touches")
    parser.add_argument("old", help="the version that attempts are played on")
    parser.add_argument("new", help="the new version")
    parser.add_argument("--attempts", metavar="FILE.json", help="a list of attempts: id, seed, attempt, actions")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    attempts = read_json(options.attempts, list[InProgress]) if options.attempts else []
    found = impact(_read(options.old), _read(options.new), attempts)
    print(json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=1) if options.json else _as_text(found))
    return 1 if found.must_stay else 0


def _read(name: str) -> Scenario:
    decoded = read_document(name)
    if decoded.scenario is None:
        raise Unusable(f"{name}: {decoded.problems[0].message} ({decoded.problems[0].path})")
    return decoded.scenario


def _as_text(found: Impact) -> str:
    lines = [f"{each.change}: {each.scene}{f' ({each.title})' if each.title else ''}" for each in found.scenes]
    lines += [f"changed: {part}" for part in found.parts]
    lines += ["", *(f"{each.id}: {each.reason}  [{each.code}]" for each in found.attempts)] if found.attempts else []
    total = len(found.attempts)
    lines += ["", f"{total} attempts: {found.touched} touched, {found.can_move} can move, {found.must_stay} must stay."]
    return "\n".join(lines).lstrip("\n")
