"""What exports of long stories cost: `python -m tests.exchange.measure_exports FORMAT SCENES…`. One line for each."""

from __future__ import annotations

import sys
import time
from typing import Any

from scenario_engine.codec import decode_raw, to_raw
from scenario_exchange.writers import ExportRefused, write


def long_story(scenes: int) -> dict[str, Any]:
    """Return decisions of a line and two choices, each leading on and back: five lines of a storyboard with its title."""
    made: list[dict[str, Any]] = [_decision(n) for n in range(scenes)]
    made.append({"id": f"s{scenes}", "kind": "ending", "outcome": "good", "text": "Bye"})
    head = {
        "cast": {"noor": {"name": "Noor"}},
        "competencies": {"care": {"title": "Care"}},
        "variables": {"trust": {"type": "number", "range": [0, 4], "start": 2}},
    }
    decoded = decode_raw({"format": 1, "id": "long", "title": "Long", **head, "scenes": made})
    assert decoded.scenario is not None, decoded.problems
    return to_raw(decoded.scenario)


def _decision(n: int) -> dict[str, Any]:
    ask = {"id": f"s{n}_a", "text": f"Ask her what happened, scene {n}", "points": {"care": 2}, "goto": f"s{n + 1}"}
    wait = {"id": f"s{n}_b", "text": "Wait", "add": {"trust": -1}, "goto": f"s{n // 2}"}
    return {
        "id": f"s{n}",
        "kind": "decision",
        "title": f"Scene {n}",
        "beats": [{"who": "noor", "text": f"Words of scene {n}, *somewhat* longer than a label would be."}],
        "prompt": "What do you say?",
        "choices": [{**ask, "feedback": "You asked."}, wait],
    }


def measure(format: str, scenes: int) -> str:
    """Return a line that says what one export costs in processor time, and what came of it."""
    document = long_story(scenes)
    start = time.process_time()
    try:
        outcome = f"{len(write([document], {}, format).data):,} bytes"
    except ExportRefused as refused:
        outcome = refused.code
    return f"{format} {scenes:,} scenes: {time.process_time() - start:.2f} s, {outcome}"


if __name__ == "__main__":
    for count in sys.argv[2:]:
        print(measure(sys.argv[1], int(count)))
