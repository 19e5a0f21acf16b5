"""Where a row's `goto` leads: a scene by id, name or title, or an ending that only the word stands for."""

from __future__ import annotations

from typing import Any

from scenario_engine.document.base import NEXT_DRAWN, RETURN
from scenario_exchange.imported import shortened
from scenario_exchange.storyboards.draft import Draft
from scenario_exchange.storyboards.naming import fold, is_id, make_id
from scenario_exchange.storyboards.words import kind_of


class Targets:
    """Finds scenes; `made` holds the endings that had to be made."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.ids = {scene.id for scene in draft.scenes}
        self.made: list[dict[str, Any]] = []
        self._unknown: dict[str, str] = {}
        self._taken = set(self.ids)
        self._numbers: dict[str, int] = {}

    def find(self, called: str, place: str) -> str:
        """Return the id that a target means; one that is nowhere stays, so that the check can name it."""
        if called in self.ids or called in (NEXT_DRAWN, RETURN):
            return called
        scene = self.draft.by_name.get(fold(called)) or self.draft.by_name.get(fold(called.lstrip("#→->= ")))
        if scene is not None:
            return scene.id
        if kind_of(called) == "ending":
            return self._end(called, place)
        if called not in self._unknown:
            made = called if is_id(called) else make_id(called, self._taken, "missing_scene", self._numbers)
            self._unknown[called] = made
            self._taken.add(made)
        name = self._unknown[called]
        self.draft.report.changed(
            place, f"It leads to “{shortened(called)}”, and no scene is called so.", "Add that scene."
        )
        return name

    def _end(self, called: str, place: str) -> str:
        if not self.made:
            name = make_id("the_end", self.ids, "the_end")
            self.made.append({"id": name, "kind": "ending", "outcome": "mixed", "title": called})
            self.draft.report.changed(place, f"An ending was made for “{shortened(called)}”.", "Set its outcome.")
        return str(self.made[0]["id"])
