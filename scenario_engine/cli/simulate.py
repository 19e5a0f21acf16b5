"""`simulate FILE`: what random and stereotyped players come to."""

import argparse
import json
from pathlib import Path
from typing import Any

import msgspec

from scenario_engine.cli.files import Unusable, read_document
from scenario_engine.errors import NotPlayable
from scenario_engine.simulate import PLAYERS, Player, Simulation, draw, simulate
from scenario_engine.story import compile_story


def add_simulate(commands: Any) -> None:
    """Add the command to the parser."""
    names = ", ".join(player.name for player in PLAYERS)
    parser: argparse.ArgumentParser = commands.add_parser("simulate", help="play a scenario a thousand times")
    parser.add_argument("file", help="a scenario, YAML or JSON")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--svg", metavar="OUT", help="write the picture to a file")
    parser.add_argument("--players", type=int, default=1_000, metavar="N", help="how many plays in all (1000)")
    parser.add_argument("--kinds", default="", metavar="A,B", help=f"only these players: {names}")
    parser.add_argument("--seed", default="simulation", help="the same seed gives the same plays")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    decoded = read_document(options.file)
    if decoded.scenario is None:
        raise Unusable(f"{options.file}: {decoded.problems[0].message} ({decoded.problems[0].path})")
    try:
        found = simulate(
            compile_story(decoded.scenario), _players(options.kinds), max(1, options.players), options.seed
        )
    except NotPlayable as error:
        raise Unusable(f"{options.file}: {error}") from error
    if options.svg:
        try:
            Path(options.svg).write_text(draw(found), encoding="utf-8")
        except OSError as error:
            raise Unusable(f"{options.svg}: {error.strerror or error}") from error
    print(json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=1) if options.json else _as_text(found))
    return 0


def _players(kinds: str) -> tuple[Player, ...]:
    wanted = [name.strip() for name in kinds.split(",") if name.strip()]
    unknown = set(wanted) - {player.name for player in PLAYERS}
    if unknown:
        raise Unusable(f"There is no player “{min(unknown)}”.")
    return tuple(player for player in PLAYERS if not wanted or player.name in wanted)


def _as_text(found: Simulation) -> str:
    lines = [f"{found.title}: {found.plays:,} plays, seed “{found.seed}”", ""]
    for result in found.players:
        grade = "no grade" if result.mean_grade is None else f"{result.mean_grade:.0%}"
        endings = ", ".join(f"{ending} {count}" for ending, count in sorted(result.endings.items()))
        unfinished = f", unfinished {result.unfinished}" if result.unfinished else ""
        lines.append(f"{result.player:<9} {grade:>8}  {result.mean_length:5.1f} scenes  {endings}{unfinished}")
    return "\n".join(lines)
