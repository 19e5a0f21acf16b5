"""The rows of the two-column table, and what a browser posts of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError

from authoring.texts.tables import Change
from scenario_engine.document import Scenario as Document
from scenario_engine.texts import source_mark
from scenario_exchange.texts.units import place_of, units_of

SHOWN = {"todo": "to do", "missing": "missing", "stale": "stale"}
_WANTED = {
    "todo": ("missing", "stale"),
    "missing": ("missing",),
    "stale": ("stale",),
    "": ("missing", "stale", "fresh"),
}


@dataclass
class TextRow:
    """One text: the source, the translation, how it stands, and what was said about what was just typed."""

    key: str
    place: str
    note: str
    source: str
    text: str
    state: str
    was: str
    refusal: str = ""
    remark: str = ""

    @property
    def lines(self) -> int:
        """How tall the field should be."""
        return min(12, max(2, self.source.count("\n") + len(self.source) // 60 + 1))

    def add(self, refusal: str, remark: str, posted: Mapping[str, Any]) -> None:
        """Keep what was typed where it was refused, so that nobody types it twice."""
        self.refusal, self.remark = refusal, remark
        if refusal:
            self.text = str(posted.get(f"text.{self.key}", self.text))


def name_of(locale: str) -> str:
    """Return a language by its English name, or its code where it has none."""
    try:
        return Locale.parse(locale, sep="-").get_display_name("en") or locale
    except (UnknownLocaleError, ValueError):
        return locale


def rows_of(document: Document, table: Mapping[str, Any], show: str, words: str) -> list[TextRow]:
    """Return the texts of a kind ("" is all) in which every word occurs, in document order."""
    wanted = words.lower().split()
    return [
        TextRow(each.key, place_of(each.key), each.note, each.source, each.text, each.state, source_mark(each.text))
        for each in units_of(document, table)
        if each.state in _WANTED[show] and all(word in f"{each.source} {each.text}".lower() for word in wanted)
    ]


def changes_in(posted: Mapping[str, Any]) -> dict[str, Change]:
    """Return what was typed, by key."""
    return {
        name.removeprefix("text."): Change(
            text=str(posted[name]),
            was=str(posted.get(f"was.{name.removeprefix('text.')}", "")),
            is_still_right=f"right.{name.removeprefix('text.')}" in posted,
        )
        for name in posted
        if name.startswith("text.")
    }
