"""Simulated plays of a story of 100 scenes: a thousand of them within a second."""

from functools import cache
from time import process_time

from benchmarks.row import Row
from benchmarks.stories import chain
from scenario_engine.simulate import simulate
from scenario_engine.story import Story, compile_story

SCENES, PLAYS = 100, 1_000


@cache
def _story() -> Story:
    return compile_story(chain(SCENES, ahead=4))


def _ours() -> float:
    begun = process_time()
    found = simulate(_story(), count=PLAYS)
    return (process_time() - begun) * PLAYS / found.plays


def _one_second() -> float:
    return 1.0


def _mean_length() -> float:
    players = simulate(_story(), count=90).players
    return sum(player.mean_length for player in players) / len(players)


def _note() -> str:
    return f"{PLAYS / _ours():,.0f} plays a second, {_mean_length():.0f} scenes long on average"


ROW = Row("1,000 simulated plays, 100 scenes: one second", _ours, _one_second, 1.0, _note)
