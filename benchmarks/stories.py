"""The stories that are measured: made from numbers, so that every run and every peer has the same."""

from random import Random
from typing import Any

from scenario_engine.codec import decode_raw
from scenario_engine.document import Scenario


def chain(scenes: int, *, ahead: int = 3, choices: int = 3) -> Scenario:
    """Return a story of decisions whose choices lead one to `ahead` scenes on, with points, a variable and a reply."""
    raw = [_decision(i, [min(scenes - 1, i + 1 + j % ahead) for j in range(choices)]) for i in range(scenes - 1)]
    return _scenario([*raw, _ending(scenes - 1)])


def web(scenes: int, *, choices: int = 3) -> Scenario:
    """Return a story whose choices lead on, and a little back or far ahead: loops, and several ways to every scene."""
    chance = Random(5)
    raw = []
    for i in range(scenes - 1):
        others = [chance.randint(max(0, i - 20), min(scenes - 1, i + 40)) for _ in range(choices - 1)]
        raw.append(_decision(i, [i + 1, *others]))
    return _scenario([*raw, _ending(scenes - 1)])


def _decision(i: int, targets: list[int]) -> dict[str, Any]:
    choices = [
        {
            "id": f"c{i}_{j}",
            "text": f"The answer number {j} of scene {i}, in a few words.",
            "goto": f"s{target}",
            "points": {"care": j},
            "add": {"trust": j - 1},
        }
        for j, target in enumerate(targets)
    ]
    return {"id": f"s{i}", "kind": "decision", "prompt": f"She looks at you for the {i}th time.", "choices": choices}


def _ending(i: int) -> dict[str, Any]:
    return {"id": f"s{i}", "kind": "ending", "outcome": "good", "title": "The end"}


def _scenario(scenes: list[dict[str, Any]]) -> Scenario:
    decoded = decode_raw(
        {
            "format": 1,
            "id": "measured",
            "title": "Measured",
            "competencies": {"care": {"title": "Care"}},
            "variables": {"trust": {"type": "number", "range": [0, 10], "start": 5}},
            "scenes": scenes,
        }
    )
    if decoded.scenario is None:
        raise AssertionError(decoded.problems)
    return decoded.scenario
