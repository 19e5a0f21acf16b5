"""Where the cards of an imported story lie: as its author drew them, far enough apart for our larger cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Of a card in the editor, with the gap that its ways on need.
WIDTH, HEIGHT = 280, 200
SCALES = (1, 1.5, 2, 2.8, 4)


def spread(layout: Mapping[str, Mapping[str, float]] | None) -> dict[str, Any] | None:
    """Return the places scaled until no card lies on another; None (the editor arranges) where none are apart."""
    if not layout:
        return None
    for scale in SCALES:
        places = {name: {"x": at["x"] * scale, "y": at["y"] * scale} for name, at in layout.items()}
        if not _overlap(places):
            return places
    return None


def _overlap(places: Mapping[str, Mapping[str, float]]) -> bool:
    """Say whether two cards lie on each other: each is compared with those around it only."""
    cells: dict[tuple[int, int], list[Mapping[str, float]]] = {}
    for at in places.values():
        column, row = int(at["x"] // WIDTH), int(at["y"] // HEIGHT)
        for around in ((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            for other in cells.get(around, ()):
                if abs(at["x"] - other["x"]) < WIDTH and abs(at["y"] - other["y"]) < HEIGHT:
                    return True
        cells.setdefault((column, row), []).append(at)
    return False
