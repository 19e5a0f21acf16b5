"""The texts of a scenario in another language, to a translator and back: PO (gettext) and XLIFF 1.2."""

from __future__ import annotations

from typing import Literal

from scenario_engine.document import Scenario
from scenario_engine.texts import Texts
from scenario_exchange.imported import ImportRefused
from scenario_exchange.limits import DEFAULT, Limits
from scenario_exchange.texts.collect import ImportedTexts, collect
from scenario_exchange.texts.units import units_of

__all__ = ["FORMATS", "Format", "ImportedTexts", "detect_format", "export_texts", "import_texts"]

Format = Literal["po", "xliff"]
# Name, title, extension, media type.
FORMATS: tuple[tuple[Format, str, str, str], ...] = (
    ("po", "PO (gettext)", ".po", "text/x-gettext-translation; charset=utf-8"),
    ("xliff", "XLIFF 1.2", ".xlf", "application/xliff+xml"),
)


def export_texts(scenario: Scenario, texts: Texts, locale: str, format: Format) -> bytes:
    """Return the file for a translator: every text with its place, who speaks, and the translation there is.

    A translation whose source has changed is marked (fuzzy, needs-review). Raises MissingLibrary without polib.
    """
    units = units_of(scenario, texts)
    if format == "po":
        from scenario_exchange.texts import po

        return po.write(scenario, units, locale)
    from scenario_exchange.texts import xliff

    return xliff.write(scenario, units, locale)


def import_texts(
    scenario: Scenario, data: bytes, format: Format | Literal[""] = "", *, locale: str = "", limits: Limits = DEFAULT
) -> ImportedTexts:
    """Return the table that a translator's file gives, and what could not be taken.

    `locale` is the language that is expected; "" takes the file's word. Raises ImportRefused, MissingLibrary.
    """
    if len(data) > limits.text:
        raise ImportRefused("import.too-large", "The file is too large for texts of one scenario.", "Export it again.")
    if (format or detect_format(data)) == "po":
        from scenario_exchange.texts import po

        found = po.read(data, limits)
    else:
        from scenario_exchange.texts import xliff

        found = xliff.read(data, limits)
    return collect(scenario, found, locale)


def detect_format(data: bytes) -> Format:
    """Return the format that bytes look like."""
    start = data[:4_000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return "xliff" if start.startswith(b"<") else "po"
