"""A step of a learner as a server makes it: load the state, take a choice, save the state. Against inkjs."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from time import process_time

import msgspec

from benchmarks.row import Row, Skipped
from benchmarks.stories import chain
from scenario_engine.actions import Choose
from scenario_engine.play import advance, start
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story
from scenario_engine.view import view

SCENES, PLAYS = 500, 4
HERE = Path(__file__).parent


@cache
def _story() -> Story:
    return compile_story(chain(SCENES))


def _play(with_view: bool = False) -> float:
    """Return the time of `PLAYS` whole plays, each step from a saved state to a saved state."""
    story, encoder, decoder = _story(), msgspec.json.Encoder(), msgspec.json.Decoder(State)
    first = encoder.encode(start(story, "measured"))
    begun = process_time()
    for play in range(PLAYS):
        saved, number = first, play
        while True:
            state = decoder.decode(saved)
            if state.over:
                break
            offered = state.trail[-1].offered
            state = advance(story, state, Choose(offered[number % len(offered)]))
            if with_view:
                view(story, state)
            saved, number = encoder.encode(state), number + 1
    return process_time() - begun


def _inkjs() -> float:
    """Return the time of the same plays of the same story in inkjs, as its process counts it."""
    node = shutil.which("node")
    if node is None:
        raise Skipped("Node is missing, so inkjs cannot run.")
    if not (HERE / "node_modules" / "inkjs").is_dir():
        raise Skipped("inkjs is missing: run npm ci in benchmarks/.")
    found = subprocess.run(  # our own script
        [node, str(HERE / "inkjs_step.mjs"), str(SCENES), str(PLAYS)], capture_output=True, check=True, timeout=300
    )
    return float(json.loads(found.stdout)["seconds"])


def _note() -> str:
    return f"with the view that the learner sees: {_play(with_view=True) * 1000:.1f} ms"


ROW = Row("load + step + save, 500 scenes: inkjs", _play, _inkjs, 0.5, _note)
