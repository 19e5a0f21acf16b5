"""`play FILE --actions FILE.json`: plays recorded actions and says what they come to."""

import argparse
import json
import sys
from typing import Any

import msgspec

from scenario_engine.actions import Action
from scenario_engine.cli.files import Unusable, read_document, read_json
from scenario_engine.errors import ActionRefused, NotPlayable
from scenario_engine.play import advance, start
from scenario_engine.scoring import Judgement, Score, score
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story
from scenario_engine.transcripts import as_json, outcome_of


class Recorded(msgspec.Struct, kw_only=True):
    """What an actions file holds: a list of actions alone, or an object with these fields (others are passed over)."""

    actions: list[Action]
    seed: str = "seed"
    attempt: int = 1
    judgements: list[Judgement] = []


def add_play(commands: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = commands.add_parser("play", help="play a list of actions")
    parser.add_argument("file", help="a scenario, YAML or JSON")
    parser.add_argument("--actions", required=True, metavar="FILE.json", help="the actions, or a transcript")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    decoded = read_document(options.file)
    if decoded.scenario is None:
        raise Unusable(f"{options.file}: {decoded.problems[0].message} ({decoded.problems[0].path})")
    story = compile_story(decoded.scenario)
    recorded = _read_actions(options.actions)
    state = _play(story, recorded)
    if state is None:
        return 1
    try:
        scored = score(story, state, recorded.judgements)
    except ValueError as error:
        raise Unusable(f"{options.actions}: a judgement has a value that is no number: {error}") from error
    if options.json:
        print(json.dumps(_as_json(state, scored), ensure_ascii=False, indent=1))
    else:
        print(_as_text(state, scored))
    return 0


def _read_actions(name: str) -> Recorded:
    found = read_json(name, list[Action] | Recorded)  # type: ignore[arg-type]
    return Recorded(actions=found) if isinstance(found, list) else found


def _play(story: Story, recorded: Recorded) -> State | None:
    try:
        state = start(story, recorded.seed, recorded.attempt)
    except NotPlayable as error:
        raise Unusable(str(error)) from error
    for number, action in enumerate(recorded.actions, start=1):
        try:
            state = advance(story, state, action)
        except ActionRefused as error:
            kind = type(action).__struct_config__.tag
            print(f"Action {number} ({kind}) in scene “{state.scene}”: {error} [{error.code}]", file=sys.stderr)
            return None
    return state


def _as_json(state: State, scored: Score) -> dict[str, Any]:
    return {
        **as_json(outcome_of(scored)),
        "held": scored.held,
        "maximum": None if scored.maximum is None else str(scored.maximum),
        "scene": state.scene,
        "awaits": state.awaits,
        "over": state.over,
        "path": [visit.scene for visit in state.trail],
    }


def _as_text(state: State, scored: Score) -> str:
    outcome = outcome_of(scored)
    ending = f"{outcome.ending} ({outcome.outcome})" if outcome.ending else f"none yet, in scene {state.scene}"
    lines = [f"Ending: {ending}", f"Grade: {outcome.grade or 'none'}{f' ({outcome.reason})' if outcome.reason else ''}"]
    of = "" if scored.maximum is None else f" of {scored.maximum}"
    lines.append(f"Total: {outcome.total}{of}")
    for competency, line in outcome.profile.items():
        lines.append(f"  {competency}: {line.shown} of {line.offered} over {line.moments} moments")
    lines.append(f"Path: {' → '.join(visit.scene for visit in state.trail)}")
    return "\n".join(lines)
