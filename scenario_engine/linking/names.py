"""Which fields of the document hold which kind of name. One table, so that renaming misses none."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal

import msgspec

from scenario_engine.document import (
    Beat,
    Choice,
    Condition,
    CriterionDefinition,
    Ending,
    Mood,
    Page,
    Question,
    Roleplay,
)
from scenario_engine.document.base import Part
from scenario_engine.document.conditions import Effects
from scenario_engine.document.replies import (
    CriterionUse,
    CueMatch,
    CueRelease,
    Exits,
    GoalMet,
    RoleplayEvent,
    RoleplayRoles,
    Sample,
)
from scenario_engine.document.scenes import (
    Arm,
    Draw,
    LevelDefault,
    LevelRule,
    Line,
    PageChoice,
    Reflection,
    Route,
    RouteRule,
    SceneBase,
    Timed,
)
from scenario_engine.document.shared import MediaUse, Spoken

Kind = Literal[
    "scene", "variable", "fact", "competency", "criterion", "cast", "choice", "moment", "cue", "media", "level", "goal"
]
Rename = Callable[[Kind, str], str]

# A field holds a name, a list of names, or an object whose keys are names.
# A level is "scene.criterion", a goal "scene.goal".
_FIELDS: dict[type[Part], dict[str, Kind]] = {
    SceneBase: {"id": "scene", "moment": "moment", "inside": "scene"},
    Page: {"goto": "scene"},
    PageChoice: {"goto": "scene"},
    Line: {"goto": "scene"},
    Choice: {"id": "choice", "goto": "scene", "points": "competency"},
    Timed: {"on_timeout": "choice"},
    Question: {"goto": "scene", "competency": "competency"},
    LevelRule: {"goto": "scene"},
    LevelDefault: {"goto": "scene"},
    RouteRule: {"goto": "scene"},
    Reflection: {"goto": "scene"},
    Arm: {"goto": "scene"},
    Draw: {"from_": "scene", "then": "scene"},
    Route: {"otherwise": "scene"},
    Ending: {"because": "choice", "points": "competency", "afterwards": "scene"},
    Sample: {"goto": "scene"},
    Exits: {"turns": "scene", "learner": "scene", "stopped": "scene", "goals": "scene"},
    RoleplayEvent: {"decision": "scene"},
    RoleplayRoles: {"learner": "cast", "character": "cast", "present": "cast"},
    CriterionUse: {"use": "criterion"},
    CriterionDefinition: {"competency": "competency"},
    CueMatch: {"cue": "cue"},
    GoalMet: {"cue": "cue", "released": "fact"},
    CueRelease: {"fact": "fact"},
    Roleplay: {"cues": "cue"},
    Beat: {"who": "cast"},
    Mood: {"image": "media"},
    MediaUse: {"use": "media", "captions": "media"},
    Spoken: {"file": "media"},
    Condition: {
        "var": "variable",
        "visits": "scene",
        "fact": "fact",
        "chosen": "choice",
        "level": "level",
        "goal": "goal",
    },
}
_EFFECTS: dict[str, Kind] = {"add": "variable", "set": "variable", "learn": "fact"}


@cache
def names_in(cls: type[Part]) -> dict[str, Kind]:
    """Return the fields of a struct that hold names, with their kind."""
    found = dict(_EFFECTS) if issubclass(cls, Effects | Choice | Sample) else {}
    for each in reversed(cls.__mro__):
        found |= _FIELDS.get(each, {})
    return found


def rename_part(part: Part, rename: Rename) -> Any:
    """Return a copy of `part` and everything in it with every name changed."""
    changes: dict[str, Any] = {}
    for field, value in _fields(part):
        kind = names_in(type(part)).get(field)
        changes[field] = _rename_value(value, kind, rename)
    return msgspec.structs.replace(part, **changes)


def _fields(part: Part) -> Iterator[tuple[str, Any]]:
    for field in part.__struct_fields__:
        value = getattr(part, field)
        if isinstance(value, str | list | dict | tuple | Part):
            yield field, value


def _rename_value(value: Any, kind: Kind | None, rename: Rename) -> Any:
    if isinstance(value, Part):
        return rename_part(value, rename)
    if isinstance(value, str):
        return rename(kind, value) if kind is not None and value else value
    if isinstance(value, list | tuple):
        return type(value)(_rename_value(each, kind, rename) for each in value)
    if isinstance(value, dict):
        return {
            (rename(kind, name) if kind is not None else name): _rename_value(each, None, rename)
            for name, each in value.items()
        }
    return value
