"""What a storyboard calls things, in the language of its scenario where we have one, else in English."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

# The columns of labels.txt behind English. Words that the Word reader looks for stand in storyboards/words.py too.
_ORDER = ("de", "fr", "es", "ar")


def _tables() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {language: {} for language in _ORDER}
    text = (files("scenario_exchange.writers.board") / "labels.txt").read_text("utf-8")
    for line in text.strip().splitlines():
        english, *others = [cell.strip() for cell in line.split("|")]
        for language, word in zip(_ORDER, others, strict=True):
            tables[language][english] = word
    return tables


_TABLES = _tables()
_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "ckb", "dv"})


def labels_for(language: str) -> Callable[[str], str]:
    """Return the function that says an English label in `language`."""
    table = _TABLES.get(language.split("-")[0].lower(), {})
    return lambda english: table.get(english, english)


def language_of_labels(language: str) -> str:
    """Return the language that labels are in for a scenario in `language`."""
    short = language.split("-")[0].lower()
    return short if short in _TABLES else "en"


def is_right_to_left(language: str) -> bool:
    """Return whether a language is written from right to left."""
    return language.split("-")[0].lower() in _RIGHT_TO_LEFT


def english_of(word: str) -> str:
    """Return the English label that a word of any of our languages stands for, else the word itself."""
    return _ENGLISH.get(word.strip().casefold(), word.strip())


_ENGLISH = {word.casefold(): english for table in _TABLES.values() for english, word in table.items()}
_ENGLISH |= {english.casefold(): english for english in next(iter(_TABLES.values()))}
