"""Ids for what a model drafted: readable, unique, and the same for the same draft."""

from __future__ import annotations

import re
import unicodedata

SHARED = "branchwise.drafts"


def slug(text: str, fallback: str) -> str:
    """Return an id made from the words of `text`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    return words if words and words[0].isalpha() else fallback


class Names:
    """Hands out ids that are unique in one document."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, text: str, fallback: str) -> str:
        """Return a free id for `text`."""
        base = slug(text, fallback)
        name, number = base, 1
        while name in self._taken:
            number += 1
            name = f"{base}_{number}"
        self._taken.add(name)
        return name


def competencies_of(titles: list[str]) -> dict[str, dict[str, str]]:
    """Return the competency table for the titles in an answer, each once."""
    table: dict[str, dict[str, str]] = {}
    for title in titles:
        name = slug(title, "skill")
        table.setdefault(name, {"title": title, "uses": f"{SHARED}/{name.replace('_', '-')}"})
    return table
