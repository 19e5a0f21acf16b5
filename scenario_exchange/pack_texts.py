"""The texts of other languages in a course pack: texts/<scenario>/<language>.json, each text with its source's mark."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from scenario_engine.codec.reading import Unreadable, read_raw
from scenario_engine.document import Scenario
from scenario_engine.texts import Texts, staleness

Table = dict[str, str | dict[str, str]]
Tables = dict[str, Table]  # by language

_NAME = re.compile(r"texts/([A-Za-z][A-Za-z0-9_\-]{0,63})/([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.json")
_LONGEST_LANGUAGE = 40  # as long as hosts keep one
_MAX_TEXT = 20_000


class TableRefused(ValueError):
    """A file of texts is none; the message says why."""


def file_of(scenario: str, language: str) -> str:
    """Return the name of the file in a pack."""
    return f"texts/{scenario}/{language}.json"


def place_in(name: str) -> tuple[str, str] | None:
    """Return the scenario and the language of a file by its name in a pack; None when it holds no texts."""
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found and len(found[2]) <= _LONGEST_LANGUAGE else None


def is_own(scenario: Scenario, language: str) -> bool:
    """Return whether a scenario is written in a language: texts beside it would hide what its author changes later."""
    return scenario.language.lower() == language.lower()


def write_table(table: Mapping[str, Any]) -> bytes:
    """Return the file: {"format": 1, "texts": {key: text, or {text, source}}}, a line for each text."""
    raw = {"format": 1, "texts": dict(table)}
    return json.dumps(raw, ensure_ascii=False, indent=1).encode() + b"\n"


def read_table(data: bytes) -> Table:
    """Return the texts in a file, exactly as they were. Raises TableRefused."""
    try:
        return table_in(read_raw(data))
    except Unreadable as error:
        raise TableRefused(error.finding.message) from error


def table_in(raw: Any) -> Table:
    """Return the texts in the values of a file. Raises TableRefused."""
    texts = raw.get("texts") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or raw.get("format") != 1 or not isinstance(texts, dict):
        raise TableRefused("It has no “texts”, or is not of format 1.")
    odd = next((str(key) for key, value in texts.items() if not _is_entry(value)), None)
    if odd is not None:
        raise TableRefused(f"“{odd[:200]}” is neither a text nor a text with its source.")
    return texts


def told(scenario: Scenario, table: Texts) -> str:
    """Return how a table stands to its scenario, in words for a report."""
    counts = Counter(staleness(scenario, table).values())
    parts = [f"{counts['fresh']} texts as they read now"]
    parts += [f"{counts['stale']} whose source has changed since"] if counts["stale"] else []
    parts += [f"{counts['missing']} not translated"] if counts["missing"] else []
    parts += [f"{counts['orphan']} of texts that are gone"] if counts["orphan"] else []
    return ", ".join(parts)


def _is_entry(value: Any) -> bool:
    if isinstance(value, dict):
        known = "text" in value and set(value) <= {"text", "source"}
        return known and all(isinstance(each, str) for each in value.values()) and len(value["text"]) <= _MAX_TEXT
    return isinstance(value, str) and len(value) <= _MAX_TEXT
