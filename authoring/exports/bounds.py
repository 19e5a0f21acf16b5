"""How large a file is written while a browser waits. Larger ones are left to the commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# Scenes with their lines, choices and answers, all scenarios together. `python -m tests.exchange.measure_exports` says
# what each costs: up to two seconds of processor time at these bounds, a Word storyboard (4.5 ms a line) up to five.
# A pack takes a second at most, since a long one is JSON; a Branching XBlock holds thirty scenes.
MOST_LINES = {"storyboard-docx": 1_000, "storyboard-html": 15_000, "csv": 35_000, "twee": 25_000}


def lines_of(documents: Sequence[Mapping[str, Any]]) -> int:
    """Return how many scenes, lines, choices and answers documents hold."""
    scenes = [scene for document in documents for scene in document.get("scenes", ())]
    return len(scenes) + sum(len(value) for scene in scenes for value in scene.values() if isinstance(value, list))


def too_long(documents: Sequence[Mapping[str, Any]], name: str) -> str:
    """Return what to say when documents are too long for a format to be written at once; "" when they are not."""
    most, found = MOST_LINES.get(name), lines_of(documents)
    if most is None or found <= most:
        return ""
    return f"This has {found:,} scenes, lines and choices; here a file of this format holds at most {most:,}."
