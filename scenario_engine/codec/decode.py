"""`decode`: bytes to a scenario, or every problem with its path."""

from itertools import islice
from typing import Any

import msgspec
import msgspec.inspect as mi

from scenario_engine.codec.conditions import find_bad_conditions
from scenario_engine.codec.explain import MAX_FAULTS, explain
from scenario_engine.codec.ids import fill_ids
from scenario_engine.codec.reading import Unreadable, read_raw
from scenario_engine.codec.upgrades import upgrade
from scenario_engine.codec.walk import every_part
from scenario_engine.document import Scenario
from scenario_engine.findings import Finding

_SCENARIO: mi.Type = mi.type_info(Scenario)


class Decoded(msgspec.Struct, frozen=True):
    """A scenario, or None and every problem that kept it from being one."""

    scenario: Scenario | None
    problems: list[Finding]


def decode(data: bytes) -> Decoded:
    """Read a JSON or YAML document. Never raises for bad input: the problems say what is wrong and where."""
    try:
        raw = read_raw(data)
    except Unreadable as error:
        return Decoded(None, [error.finding])
    return decode_raw(raw)


def decode_raw(raw: Any) -> Decoded:
    """Read plain values (a dict from a JSON column, say) as `decode` reads bytes."""
    try:
        if not isinstance(raw, dict):
            raise Unreadable("document.type", "A scenario document is an object with fields, not a list or text.")
        raw = upgrade(raw)
    except Unreadable as error:
        return Decoded(None, [error.finding])
    try:
        scenario = msgspec.convert(raw, Scenario)
    except msgspec.ValidationError as error:
        faults = list(islice(explain(raw, _SCENARIO), MAX_FAULTS))
        return Decoded(None, [_name_scene(fault, raw) for fault in faults] or [_unexplained(error)])
    parts = every_part(scenario)
    problems = [_name_scene(fault, raw) for fault in find_bad_conditions(scenario, parts)]
    if problems:
        return Decoded(None, problems)
    fill_ids(parts)
    return Decoded(scenario, [])


def _unexplained(error: msgspec.ValidationError) -> Finding:
    message, _, path = str(error).partition(" - at ")
    return Finding(code="document.type", level="error", message=f"{message}.", path=path.strip("`") or "$")


def _name_scene(fault: Finding, raw: dict[str, Any]) -> Finding:
    """Return `fault` with the id of the scene its path runs through, where it has one."""
    head, _, _ = fault.path.partition("]")
    if not head.startswith("$.scenes["):
        return fault
    scene = raw["scenes"][int(head[len("$.scenes[") :])]
    name = scene.get("id") if isinstance(scene, dict) else None
    return msgspec.structs.replace(fault, scene=name) if isinstance(name, str) else fault
