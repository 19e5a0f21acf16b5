"""Conditions and effects: small structured trees built in forms, never strings to evaluate."""

from typing import Literal

import msgspec

from scenario_engine.document.base import Id, Number, Part, Value


class Condition(Part, kw_only=True):
    """A claim about the attempt. Exactly one subject is set (`codec` checks it).

    Subjects: `var` (with `is`, `at_least`, `at_most`), `visits` of a scene and `attempt` (number of this try)
    (with `is`, `at_least`, `at_most`), `fact`, `chosen`, `level` ("scene.criterion", 0..4), `goal` ("scene.goal"),
    `all`, `any`, `not`.
    """

    var: Id | None = None
    visits: Id | None = None
    fact: Id | None = None
    chosen: Id | None = None
    level: str | None = None
    goal: str | None = None
    attempt: Literal["number"] | None = None
    all: list["Condition"] | None = None
    any: list["Condition"] | None = None
    not_: "Condition | None" = msgspec.field(name="not", default=None)
    is_: Value | None = msgspec.field(name="is", default=None)
    at_least: Number | None = None
    at_most: Number | None = None


SUBJECTS = ("var", "visits", "fact", "chosen", "level", "goal", "attempt", "all", "any", "not_")
COMPARING = frozenset({"var", "visits", "level", "attempt"})


class Effects(Part, kw_only=True):
    """What a choice or rule changes: `add` to numbers (clamped to their range), `set` values, `learn` facts."""

    add: dict[Id, Number] = {}
    set: dict[Id, Value] = {}
    learn: list[Id] = []
