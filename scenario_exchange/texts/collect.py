"""A translator's file to a table of texts: what is fresh, old, left over or wrong, each told."""

from __future__ import annotations

import msgspec

from scenario_engine.document import Scenario
from scenario_engine.texts import iter_texts, source_mark
from scenario_exchange.imported import ImportRefused, Report, shortened
from scenario_exchange.readers.building import is_language
from scenario_exchange.texts.check import check_translation
from scenario_exchange.texts.units import UNKNOWN_MARK, FoundText, FoundTexts

_MAX_TEXT = 20_000


class ImportedTexts(msgspec.Struct, kw_only=True):
    """The table of one language (`scenario_engine.texts`), what has no place in it any more, and the report."""

    locale: str
    table: dict[str, dict[str, str]]
    report: Report
    # Translations of texts that the scenario does not have (any more), by key.
    orphans: dict[str, str] = {}


def collect(scenario: Scenario, found: FoundTexts, locale: str) -> ImportedTexts:
    """Return the table of a translator's file for the scenario as it is now. Raises ImportRefused."""
    imported = ImportedTexts(locale=_locale(found, locale, scenario), table={}, report=Report())
    report = imported.report
    for remark in found.remarks:
        report.changed("file", remark)
    if found.scenario and found.scenario != scenario.id:
        report.changed(
            "file",
            f"The file was made for the scenario “{shortened(found.scenario)}”.",
            "Check that it is the right one.",
        )
    sources = dict(iter_texts(scenario))
    seen: set[str] = set()
    for each in found.texts:
        if not each.text.strip():
            continue
        if each.key not in sources or each.is_obsolete:
            imported.orphans[each.key] = each.text
            report.dropped(
                each.key, f"The scenario has no such text: “{shortened(each.text)}”.", "Look for its new place."
            )
        elif each.key in seen:
            report.dropped(each.key, f"A second translation: “{shortened(each.text)}”.", "Keep one of the two.")
        else:
            seen.add(each.key)
            _take(each, sources[each.key], scenario, imported)
    _tell_counts(imported, sources)
    return imported


def _locale(found: FoundTexts, expected: str, scenario: Scenario) -> str:
    told = found.locale.replace("_", "-").split("@")[0].split(".")[0]
    if expected and told and told.lower() != expected.lower():
        raise ImportRefused(
            "import.structure",
            f"The file is in “{shortened(told)}”, not in “{expected}”.",
            "Choose the right language or file.",
        )
    locale = expected or told
    if not is_language(locale):
        raise ImportRefused("import.structure", "The file does not say its language.", "Choose the language it is in.")
    if locale.lower() == scenario.language.lower():
        raise ImportRefused(
            "import.structure", f"“{locale}” is the language the scenario is written in.", "Edit the scenario itself."
        )
    return locale


def _take(each: FoundText, source: str, scenario: Scenario, imported: ImportedTexts) -> None:
    report = imported.report
    if len(each.text) > _MAX_TEXT:
        report.dropped(each.key, f"The translation is longer than {_MAX_TEXT:,} characters.", "Shorten it.")
        return
    for problem in check_translation(source, each.text, imported.locale, scenario.glossary):
        if problem.is_grave:
            report.dropped(each.key, f"{problem.message} “{shortened(each.text)}”", problem.hint)
            return
        report.changed(each.key, f"Taken, but: {problem.message}", problem.hint)
    mark = source_mark(each.source)
    if each.source != source:
        report.changed(each.key, "The source has changed since the translation was made.", "Look at it again.")
    elif each.is_old:
        mark = each.mark if each.mark and each.mark != source_mark(source) else UNKNOWN_MARK
        report.changed(each.key, "The translator left it marked as needing a look.", "Look at it again.")
    imported.table[each.key] = {"text": each.text, "source": mark}


def _tell_counts(imported: ImportedTexts, sources: dict[str, str]) -> None:
    report = imported.report
    report.kept(imported.locale, f"{len(imported.table)} of {len(sources)} texts.")
    missing = len([key for key in sources if key not in imported.table])
    if missing:
        report.changed(imported.locale, f"{missing} texts have no translation: the learner reads them as written.")
