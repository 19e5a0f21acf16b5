"""A storyboard while it is read: scenes whose kind and targets are not settled, and the names that were used."""

from __future__ import annotations

from typing import Any

import msgspec

from scenario_exchange.imported import Report
from scenario_exchange.storyboards.naming import fold, is_id, slug

Item = dict[str, Any]


class SceneDraft(msgspec.Struct, kw_only=True):
    """A scene as its rows say it: cells by column, the structured rest, and its lists by part."""

    id: str
    called: str
    kind: str
    cells: dict[str, str]
    fields: dict[str, Any] = {}
    lists: dict[str, list[Item]] = {}
    place: str = ""


class Draft:
    """Everything read so far."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.head: dict[str, Any] = {}
        self.scenes: list[SceneDraft] = []
        self.by_name: dict[str, SceneDraft] = {}
        self.taken: set[str] = set()
        # Speakers as they were called, in order.
        self.speakers: dict[str, str] = {}
        # How far ids made of one name are counted, and who each name was found to be.
        self.numbers: dict[str, int] = {}
        self._found: dict[tuple[str, int], str] = {}
        self._spoken: dict[str, str] = {}

    def add(self, scene: SceneDraft) -> None:
        """Add a scene and the names it can be reached by."""
        self.scenes.append(scene)
        self.taken.add(scene.id)
        for name in (scene.called, scene.id, scene.cells.get("title", "")):
            if name:
                self.by_name.setdefault(fold(name), scene)

    def speaker(self, called: str) -> str:
        """Return the id of a cast member that rows call by id or by name."""
        cast = self.head.get("cast")
        key = (called, len(cast) if isinstance(cast, dict) else 0)
        if key not in self._found:
            self._found[key] = self._speaker(called)
        return self._found[key]

    def _speaker(self, called: str) -> str:
        cast = self.head.get("cast")
        cast = cast if isinstance(cast, dict) else {}
        if called in cast:
            return called
        names = {str(key): _name(member) for key, member in cast.items()}
        wanted = fold(called)
        whole = [key for key, name in names.items() if wanted in (fold(name), fold(key))]
        by_first_name = [key for key, name in names.items() if wanted == fold(name).partition(" ")[0]]
        for found in (whole, by_first_name):
            if wanted and len(found) == 1:
                return found[0]
        if wanted in self._spoken:
            return self._spoken[wanted]
        key = called if is_id(called) else slug(called) or f"speaker_{len(self.speakers) + 1}"
        while key in self.speakers:
            key = f"{key[:60]}_2"
        self.speakers[key] = called
        self._spoken[wanted] = key
        return key


def _name(member: Any) -> str:
    name = member.get("name") if isinstance(member, dict) else None
    return name if isinstance(name, str) else ""
