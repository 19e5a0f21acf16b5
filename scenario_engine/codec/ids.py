"""Deterministic ids for what an author left without one: the anchors of translations must not depend on luck."""

from collections.abc import Iterable, Sequence

from scenario_engine.codec.walk import fields_with_parts
from scenario_engine.document.base import Part
from scenario_engine.document.replies import RoleplayEvent, Sample, SpokenLine, StrongWeak
from scenario_engine.document.scenes import Answer, Hint, Option, OrderedItem, PageChoice, Pair, Question, Roleplay
from scenario_engine.document.shared import Beat, MediaUse

_PREFIX: dict[type[Part], str] = {
    Beat: "b",
    PageChoice: "w",
    Option: "o",
    Hint: "h",
    Answer: "n",
    Pair: "p",
    OrderedItem: "i",
    Sample: "s",
    RoleplayEvent: "e",
    StrongWeak: "x",
    MediaUse: "m",
    SpokenLine: "l",
}


def fill_ids(parts: Iterable[Part]) -> None:
    """Give every beat, option, sample and the like that has no id the first free one of its list (b1, b2, …).

    Changes the parts in place: they have just been decoded and nobody else holds them yet.
    """
    for part in parts:
        if isinstance(part, Question):
            part.items = [OrderedItem(text=item) if isinstance(item, str) else item for item in part.items]
        elif isinstance(part, Roleplay):
            _name_lines(part)
        for name, _ in fields_with_parts(type(part)):
            value = getattr(part, name)
            if not value:
                continue
            if isinstance(value, list) and type(value[0]) in _PREFIX:
                _fill_list(value, _PREFIX[type(value[0])])
            elif isinstance(value, MediaUse) and not value.id:
                value.id = "m1"


def _name_lines(scene: Roleplay) -> None:
    for mood, lines in scene.lines.items():
        named: list[SpokenLine] = [SpokenLine(text=line) if isinstance(line, str) else line for line in lines]
        _fill_list(named, _PREFIX[SpokenLine])
        scene.lines[mood] = [*named]


def _fill_list(parts: Sequence[Part], prefix: str) -> None:
    taken = {getattr(part, "id", "") for part in parts}
    number = 0
    for part in parts:
        if getattr(part, "id", ""):
            continue
        number += 1
        while f"{prefix}{number}" in taken:
            number += 1
        taken.add(f"{prefix}{number}")
        part.id = f"{prefix}{number}"  # type: ignore[attr-defined]
