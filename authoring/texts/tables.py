"""The tables of texts of a scenario: how each stands, and every change to them. Frozen into a version at publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from authoring.models import Scenario, ScenarioText
from foundation.api import User, record
from scenario_engine.document import Scenario as Document
from scenario_engine.texts import entry, iter_texts, source_mark, staleness, text_in
from scenario_exchange.readers.building import is_language
from scenario_exchange.texts import ImportedTexts, import_texts
from scenario_exchange.texts.check import check_translation

MOST_LANGUAGES = 60
MAX_CHARACTERS = 20_000


class NotTaken(ValueError):
    """The change cannot be made; the message says why."""


@dataclass(frozen=True)
class Standing:
    """How a table stands to the draft: counts of texts. `orphans` belong to texts that are gone."""

    total: int
    fresh: int
    stale: int
    missing: int
    orphans: int

    @property
    def translated(self) -> int:
        return self.fresh + self.stale

    @property
    def percent(self) -> int:
        return 100 * self.fresh // self.total if self.total else 100


@dataclass
class Saved:
    """What came of saving some texts: how many changed, and by key why others were not taken."""

    changed: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What somebody typed for one text. `was` is the mark of the text they saw."""

    text: str
    was: str
    is_still_right: bool = False


def standing_of(document: Document, table: Mapping[str, Any]) -> Standing:
    """Count how the texts of a table stand."""
    counts = Counter(staleness(document, table).values())
    total = sum(counts.values()) - counts["orphan"]
    return Standing(total, counts["fresh"], counts["stale"], counts["missing"], counts["orphan"])


def add_language(scenario: Scenario, locale: str, by: User) -> ScenarioText:
    """Begin an empty table. Raises NotTaken when the language is none, the author's own, or there already."""
    if not is_language(locale):
        raise NotTaken(f"“{locale[:40]}” is no language code. Write one such as de, ar or pt-BR.")
    if locale.lower() == scenario.get_latest_revision_as_object().language.lower():
        raise NotTaken("This is the language the scenario is written in. Edit the scenario itself.")
    with transaction.atomic():
        Scenario.objects.select_for_update().get(pk=scenario.pk)
        known = {row.locale.lower() for row in scenario.translations.all()}
        if locale.lower() in known:
            raise NotTaken(f"There are texts in “{locale}” already.")
        if len(known) >= MOST_LANGUAGES:
            raise NotTaken(f"A scenario has at most {MOST_LANGUAGES} languages.")
        row = ScenarioText.objects.create(scenario=scenario, locale=locale, texts={})
        _record(scenario, by, "language_added", locale)
    return row


def remove_language(row: ScenarioText, by: User) -> None:
    """Throw a table away. Published versions keep what they froze."""
    with transaction.atomic():
        _record(row.scenario, by, "language_removed", row.locale, texts=len(row.texts))
        row.delete()


def save_texts(row: ScenarioText, document: Document, changes: Mapping[str, Change], by: User) -> Saved:
    """Take what was typed in the browser, text by text; a text that somebody else changed meanwhile is left."""
    sources = dict(iter_texts(document))
    saved = Saved()
    with transaction.atomic():
        held = ScenarioText.objects.select_for_update().get(pk=row.pk)
        table = dict(held.texts)
        for key, change in changes.items():
            if key in sources:
                _take(table, key, sources[key], change, row.locale, document, saved)
        if saved.changed:
            held.texts = table
            held.save(update_fields=["texts"])
            _record(row.scenario, by, "translated", row.locale, texts=saved.changed)
    return saved


def take_file(row: ScenarioText, document: Document, data: bytes, by: User) -> ImportedTexts:
    """Lay a translator's file over the table: what it has replaces, what it lacks stays. Raises ImportRefused."""
    imported = import_texts(document, data, locale=row.locale)
    with transaction.atomic():
        held = ScenarioText.objects.select_for_update().get(pk=row.pk)
        held.texts = {**held.texts, **imported.table}
        held.save(update_fields=["texts"])
        _record(row.scenario, by, "translated", row.locale, texts=len(imported.table))
    return imported


def _take(
    table: dict[str, Any], key: str, source: str, change: Change, locale: str, document: Document, saved: Saved
) -> None:
    now = text_in(table.get(key))
    text = change.text.replace("\r\n", "\n").strip()
    if text == now and not change.is_still_right:
        return
    if source_mark(now) != change.was:
        saved.refused[key] = f"Somebody else changed this meanwhile, to: “{now}”"
        return
    if not text:
        table.pop(key, None)
        saved.changed += 1
        return
    problems = check_translation(source, text, locale, document.glossary)
    grave = [problem for problem in problems if problem.is_grave]
    if grave or len(text) > MAX_CHARACTERS:
        first = grave[0] if grave else None
        why = f"{first.message} {first.hint}".strip() if first else f"At most {MAX_CHARACTERS:,} characters."
        saved.refused[key] = why
        return
    if problems:
        saved.remarks[key] = f"{problems[0].message} {problems[0].hint}".strip()
    table[key] = entry(text, source)
    saved.changed += 1


def _record(scenario: Scenario, by: User, action: str, locale: str, **detail: Any) -> None:
    subject = f"scenario:{scenario.uuid}"
    record(scenario.organisation, by, f"scenario.{action}", subject, {"locale": locale, **detail})
