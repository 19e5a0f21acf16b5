"""The texts of a document by key, and a document in another language: one graph, tables of texts beside it.

A key is the path of ids to the text ("scenes.first_words.choices.fw_both.then.b1.text"), so it survives reordering.
An entry of a table is a text, or {"text": …, "source": …} with the mark of the text it was translated from, so that a
translation whose source has changed since can be found (`staleness`).
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Literal

import msgspec
import msgspec.inspect as mi

from scenario_engine.document import Scenario
from scenario_engine.document.base import Part

Entry = str | Mapping[str, str]
Texts = Mapping[str, Entry]
Staleness = Literal["missing", "stale", "fresh", "orphan"]


def entry(text: str, source: str) -> dict[str, str]:
    """Return the entry of a table for `text`, translated from `source` as it reads now."""
    return {"text": text, "source": source_mark(source)}


def text_in(found: Entry | None) -> str:
    """Return the text of an entry, "" where there is none."""
    if found is None or isinstance(found, str):
        return found or ""
    return found.get("text", "")


def source_mark(text: str) -> str:
    """Return the mark by which a change of a source text is noticed: 16 hex digits of SHA-256 over its NFC form."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:16]


def staleness(scenario: Scenario, table: Texts) -> dict[str, Staleness]:
    """Return how each text of a table stands to the document, in document order, what is left over last.

    missing: no translation yet. stale: the source has changed since. fresh: as translated (an entry that does not say
    what it was translated from counts as fresh). orphan: the document has no such text any more.
    """
    sources = dict(iter_texts(scenario))
    found: dict[str, Staleness] = {key: _standing(table.get(key), source) for key, source in sources.items()}
    return {**found, **{key: "orphan" for key in table if key not in sources and text_in(table[key])}}


def _standing(found: Entry | None, source: str) -> Staleness:
    if not text_in(found):
        return "missing"
    mark = "" if found is None or isinstance(found, str) else found.get("source", "")
    return "stale" if mark and mark != source_mark(source) else "fresh"


def iter_texts(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield (key, text) for every non-empty translatable text, in document order."""
    found: list[tuple[str, str]] = []
    _collect_part(scenario, "", found)
    yield from found


def _collect_part(part: Part, prefix: str, found: list[tuple[str, str]]) -> None:
    # The same walk as `_map_part`, without making anything: ten thousand scenes are read while an author waits.
    for field, name, holds_text in _fields(type(part)):
        value = getattr(part, field)
        if not value:
            continue
        if type(value) is str:
            if holds_text:
                found.append((prefix + name, value))
        else:
            _collect_value(value, prefix + name, holds_text, found)


def _collect_value(value: Any, key: str, holds_text: bool, found: list[tuple[str, str]]) -> None:
    if isinstance(value, Part):
        _collect_part(value, f"{key}.", found)
    elif isinstance(value, str):
        if holds_text and value:
            found.append((key, value))
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            _collect_value(each, f"{key}.{getattr(each, 'id', '') or index}", holds_text, found)
    elif isinstance(value, dict):
        for name, each in value.items():
            _collect_value(each, f"{key}.{name}", holds_text, found)


def translate(scenario: Scenario, texts: Texts) -> Scenario:
    """Return a copy in which each text that `texts` has is replaced; the others stay as authored."""
    return map_texts(scenario, lambda key, text: text_in(texts.get(key)) or text)


def map_texts(scenario: Scenario, change: Callable[[str, str], str]) -> Scenario:
    """Return a copy in which `change(key, text)` is every translatable text."""
    changed: Scenario = _map_part(scenario, "", change)
    return changed


def _map_part(part: Part, prefix: str, change: Callable[[str, str], str]) -> Any:
    changes = {}
    for field, name, holds_text in _fields(type(part)):
        value = getattr(part, field)
        changed = _map_value(value, f"{prefix}{name}", holds_text, change)
        if changed is not value:
            changes[field] = changed
    return msgspec.structs.replace(part, **changes) if changes else part


def _map_value(value: Any, key: str, holds_text: bool, change: Callable[[str, str], str]) -> Any:
    if isinstance(value, str):
        return change(key, value) if holds_text else value
    if isinstance(value, Part):
        return _map_part(value, f"{key}.", change)
    if isinstance(value, list | tuple):
        items = [_map_value(each, f"{key}.{_name(each, i)}", holds_text, change) for i, each in enumerate(value)]
        changed = any(new is not old for new, old in zip(items, value, strict=True))
        return type(value)(items) if changed else value
    if isinstance(value, dict):
        mapped = {name: _map_value(each, f"{key}.{name}", holds_text, change) for name, each in value.items()}
        return mapped if any(mapped[name] is not value[name] for name in value) else value
    return value


def _name(value: Any, index: int) -> str:
    return str(getattr(value, "id", "") or index)


@cache
def _fields(cls: type[Part]) -> list[tuple[str, str, bool]]:
    """Return (attribute, name in JSON, holds translatable text) for the fields worth walking."""
    kind = mi.type_info(cls)
    if not isinstance(kind, mi.StructType):
        return []
    walked = []
    for field in kind.fields:
        text, parts = _contents(field.type)
        if text or parts:
            walked.append((field.name, field.encode_name, text))
    return walked


def _contents(kind: mi.Type) -> tuple[bool, bool]:
    """Return (holds translatable text, holds parts) for a field type."""
    if isinstance(kind, mi.Metadata):
        own = bool(kind.extra and kind.extra.get("translate"))
        text, parts = _contents(kind.type)
        return own or text, parts
    if isinstance(kind, mi.StructType):
        return False, True
    inner: list[mi.Type] = []
    if isinstance(kind, mi.UnionType):
        inner = list(kind.types)
    elif isinstance(kind, mi.ListType):
        inner = [kind.item_type]
    elif isinstance(kind, mi.TupleType):
        inner = list(kind.item_types)
    elif isinstance(kind, mi.DictType):
        inner = [kind.value_type]
    found = [_contents(each) for each in inner]
    return any(text for text, _ in found), any(parts for _, parts in found)
