"""Texts of other languages inside an exploration: those of a content that became one text of ours are carried along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenario_engine.codec import decode_raw
from scenario_engine.texts import entry, iter_texts
from scenario_exchange.imported import Document, Report, shortened
from scenario_exchange.pack_texts import Table, Tables, told
from scenario_exchange.readers.building import is_language
from scenario_exchange.readers.oppia.states import State
from scenario_exchange.readers.wording import MAX_TEXT


class Translations:
    """Is told which text each content of a state became; `tables` gives the texts of other languages."""

    def __init__(self, text: Callable[[str, str], str], report: Report) -> None:
        self.text = text
        self.report = report
        self.noted: list[tuple[State, str, str]] = []

    def note(self, state: State, content: str, key: str) -> None:
        """Note that a content of a state is the text of ours with this key (`scenario_engine.texts`)."""
        if state.translations.get(content):
            self.noted.append((state, content, key))

    def tables(self, document: Document, states: list[State]) -> Tables:
        """Return the texts by language; what finds no place is told, state by state."""
        if not any(state.translations for state in states):
            return {}
        scenario = decode_raw(document).scenario
        sources = dict(iter_texts(scenario)) if scenario is not None else {}
        found: Tables = {}
        carried: set[tuple[str, str, str]] = set()
        for state, content, key in self.noted:
            for language, given in state.translations[content].items():
                made = self._text(given, f"{state.name} ({language})") if _fits(language, document) else ""
                if made and key in sources:
                    # One that Oppia marks as behind its source is behind it here too: it was made of another text.
                    source = "" if given.get("needs_update") is True else sources[key]
                    found.setdefault(language, {})[key] = entry(made, source)
                    carried.add((state.name, content, language))
        for language, table in sorted(found.items()):
            if scenario is not None:
                self._tell_kept(scenario, language, table)
        for state in states:
            self._tell_lost(state, carried)
        return found

    def _text(self, given: dict[str, Any], place: str) -> str:
        words = given.get("translation", given.get("html"))
        made = self.text(words, place) if isinstance(words, str) else ""
        return made if len(made) <= MAX_TEXT else ""

    def _tell_kept(self, scenario: Any, language: str, table: Table) -> None:
        self.report.kept(f"{scenario.title} ({language})", f"{told(scenario, table)}.")

    def _tell_lost(self, state: State, carried: set[tuple[str, str, str]]) -> None:
        every = {(content, language) for content, each in state.translations.items() for language in each}
        lost = {language for content, language in every if (state.name, content, language) not in carried}
        if lost:
            some = any((state.name, content, language) in carried for content, language in every)
            named = shortened(", ".join(sorted(lost)), 90)
            what = f"{'Some of its' if some else 'Its'} texts in other languages: {named}."
            self.report.dropped(state.name, what, "Add them on the page of languages.")


def _fits(language: str, document: Document) -> bool:
    return is_language(language) and language != document.get("language", "en")
