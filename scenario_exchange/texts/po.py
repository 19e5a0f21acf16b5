"""Texts as PO, by polib: the key is the context, a stale translation is fuzzy, a left-over one obsolete."""

from __future__ import annotations

import re

from scenario_engine.codec import digest
from scenario_engine.document import Scenario
from scenario_exchange.formats import library
from scenario_exchange.imported import ImportRefused, shortened
from scenario_exchange.limits import Limits
from scenario_exchange.plain import decode_text
from scenario_exchange.texts.units import FoundText, FoundTexts, Unit, place_of

polib = library("polib", "polib")

_MARK = re.compile(r"^translated from source ([0-9a-z]{1,64})$", re.MULTILINE)
# Characters at which the library would end a line, and what stands for them while it reads.
_LINE_ENDS = {0x0B: 0xFDD0, 0x0C: 0xFDD1, 0x1C: 0xFDD2, 0x1D: 0xFDD3, 0x1E: 0xFDD4, 0x85: 0xFDD5, 0x2028: 0xFDD6}
_LINE_ENDS[0x2029] = 0xFDD7
_BACK = {stand_in: char for char, stand_in in _LINE_ENDS.items()}
_MAX_ENTRIES = 100_000


def write(scenario: Scenario, units: list[Unit], locale: str) -> bytes:
    """Return the file."""
    file = polib.POFile(check_for_duplicates=False, wrapwidth=100)
    file.metadata = {
        "Project-Id-Version": " ".join(scenario.title.split())[:200],
        "Language": locale.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": scenario.language,
        "X-Branchwise-Scenario": scenario.id,
        "X-Branchwise-Digest": digest(scenario),
    }
    for unit in units:
        file.append(_entry(unit))
    return f"{file}\n".encode()


def _entry(unit: Unit) -> object:
    note = unit.note + (f"\ntranslated from source {unit.mark}" if unit.mark else "")
    is_gone = unit.state == "orphan"
    return polib.POEntry(
        msgctxt=unit.key,
        # An obsolete entry needs words of its own: its source is gone.
        msgid=unit.source or unit.key,
        msgstr=unit.text,
        comment="" if is_gone else note,
        flags=["fuzzy"] if unit.state == "stale" else [],
        occurrences=[] if is_gone else [(place_of(unit.key), "")],
        obsolete=is_gone,
    )


def read(data: bytes, limits: Limits) -> FoundTexts:
    """Return what the file says. Raises ImportRefused."""
    text = decode_text(data, limits)
    if text.count("\nmsgid ") > _MAX_ENTRIES or text.count("\nmsgctxt ") > _MAX_ENTRIES:
        raise ImportRefused("import.too-large", f"The file holds more than {_MAX_ENTRIES:,} texts.", "Export it again.")
    if 'msgid "' not in text:
        raise ImportRefused("import.structure", "There is no msgid in this file: it is no PO file.", "Export it again.")
    try:
        # The first line keeps the library from taking a short text for the name of a file.
        file = polib.pofile("# texts\n" + text.translate(_LINE_ENDS), check_for_duplicates=False)
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise ImportRefused(
            "import.structure", f"The PO file cannot be read: {shortened(str(error))}.", "Check it with msgfmt."
        ) from error
    found = FoundTexts(
        texts=[],
        locale=str(file.metadata.get("Language", "")),
        scenario=str(file.metadata.get("X-Branchwise-Scenario", "")),
    )
    for entry in file:
        _take(entry, found)
    return found


def _take(entry: object, found: FoundTexts) -> None:
    key = _text(getattr(entry, "msgctxt", None))
    source, text = _text(getattr(entry, "msgid", "")), _text(getattr(entry, "msgstr", ""))
    if not key:
        if text:
            found.remarks.append(f"A text without its context (msgctxt) was left out: “{shortened(text)}”.")
        return
    if getattr(entry, "msgid_plural", ""):
        found.remarks.append(
            f"“{shortened(key)}” has gettext plurals, which were left out: plural forms stand in braces."
        )
    mark = _MARK.search(str(getattr(entry, "comment", "") or ""))
    found.texts.append(
        FoundText(
            key=key,
            source=source,
            text=text,
            is_old="fuzzy" in getattr(entry, "flags", ()),
            mark=mark[1] if mark else "",
            is_obsolete=bool(getattr(entry, "obsolete", False)),
        )
    )


def _text(value: object) -> str:
    return str(value or "").translate(_BACK)
