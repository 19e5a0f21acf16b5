"""One text of a scenario as a translator sees it: its key, source, translation, and a note of where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from scenario_engine.codec import to_raw
from scenario_engine.document import Scenario
from scenario_engine.texts import Staleness, Texts, iter_texts, staleness, text_in

# The mark of a translation that is known to be old, and nothing more.
UNKNOWN_MARK = "unknown"


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A text for a translator. `mark` says what an old translation was made from; an orphan has no source any more."""

    key: str
    source: str
    text: str = ""
    state: Staleness = "missing"
    mark: str = ""
    note: str = ""


class FoundText(msgspec.Struct, frozen=True, kw_only=True):
    """A text as a translator's file has it."""

    key: str
    source: str
    text: str
    is_old: bool = False
    mark: str = ""
    is_obsolete: bool = False


class FoundTexts(msgspec.Struct, kw_only=True):
    """A translator's file."""

    texts: list[FoundText]
    locale: str = ""
    scenario: str = ""
    remarks: list[str] = []


def units_of(scenario: Scenario, texts: Texts) -> list[Unit]:
    """Return every text of the scenario in its order, then what the table has for texts that are gone."""
    sources = dict(iter_texts(scenario))
    notes = dict(_notes(scenario))
    found: list[Unit] = []
    for key, state in staleness(scenario, texts).items():
        held = texts.get(key)
        mark = "" if held is None or isinstance(held, str) else held.get("source", "")
        found.append(
            Unit(
                key=key,
                source=sources.get(key, ""),
                text=text_in(held),
                state=state,
                mark=mark if state in ("stale", "orphan") else "",
                note=notes.get(key, ""),
            )
        )
    return found


def place_of(key: str) -> str:
    """Return the scene of a key, or the section of the document it stands in."""
    parts = key.split(".")
    return parts[1] if parts[0] == "scenes" and len(parts) > 1 else parts[0]


def _notes(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield (key, note): the scene, what kind of text it is, and who speaks to whom."""
    raw = to_raw(scenario)
    people = {key: _person(key, each) for key, each in raw.get("cast", {}).items()}
    learner = people.get("you", "")
    for name, value in raw.items():
        if name != "scenes":
            yield from _walk(value, name, name, "", people, learner)
    for scene in raw.get("scenes", ()):
        # On one line, whatever an author typed: a note of a PO file would end at a line end.
        title = " ".join(str(scene.get("title", "")).split()) or scene["id"]
        place = f"Scene “{title}” ({scene['kind']})"
        yield from _walk(scene, f"scenes.{scene['id']}", place, "", people, learner)


def _person(key: str, member: dict[str, Any]) -> str:
    name = member.get("name")
    said = [name if isinstance(name, str) else key, member.get("pronouns"), member.get("address")]
    return ", ".join(str(each) for each in said if each)


def _walk(
    value: Any, key: str, place: str, speaker: str, people: dict[str, str], learner: str
) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        field = key.rpartition(".")[2]
        says = f" · says: {speaker}" if speaker and field == "text" else ""
        yield key, f"{place} · {_part(key)}{says}"
    elif isinstance(value, dict):
        who = value.get("who")
        if isinstance(who, str):
            speaker = people.get(who, who)
        elif ".choices." in key and ".then" not in key:
            speaker = learner or "the learner"
        for name, each in value.items():
            yield from _walk(each, f"{key}.{name}", place, speaker, people, learner)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            name = each.get("id") if isinstance(each, dict) else ""
            yield from _walk(each, f"{key}.{name or index}", place, "", people, learner)


def _part(key: str) -> str:
    """Return the part of a key inside its scene, for people."""
    parts = key.split(".")
    return " › ".join(parts[2:] if parts[0] == "scenes" else parts[1:]) or key
