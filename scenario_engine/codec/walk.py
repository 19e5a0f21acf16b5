"""A walk over every struct of a document, with its path."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec.inspect as mi

from scenario_engine.document.base import Part


def walk_parts(value: Any, path: str = "$") -> Iterator[tuple[str, Part]]:
    """Yield (path, part) for `value` and everything inside it, outer before inner."""
    found: list[tuple[str, Part]] = []
    _walk(value, path, found)
    yield from found


def every_part(root: Part) -> list[Part]:
    """Return `root` and every part inside it. Without paths this takes a fifth of the time of `walk_parts`."""
    parts: list[Part] = [root]
    for part in parts:  # grows while it is walked
        for field, _ in fields_with_parts(type(part)):
            inner = getattr(part, field)
            if inner:
                _add_parts(inner, parts)
    return parts


def _add_parts(value: Any, parts: list[Part]) -> None:
    if isinstance(value, Part):
        parts.append(value)
    elif isinstance(value, list):
        for inner in value:
            _add_parts(inner, parts)
    elif isinstance(value, dict):
        for inner in value.values():
            _add_parts(inner, parts)


def _walk(value: Any, path: str, found: list[tuple[str, Part]]) -> None:
    if isinstance(value, Part):
        found.append((path, value))
        for field, name in fields_with_parts(type(value)):
            inner = getattr(value, field)
            if inner:
                _walk(inner, f"{path}.{name}", found)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _walk(inner, f"{path}[{index}]", found)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _walk(inner, f"{path}.{key}", found)


@cache
def fields_with_parts(cls: type[Part]) -> tuple[tuple[str, str], ...]:
    """Return (attribute, name in JSON) of the fields that can hold parts: most fields are words and numbers."""
    kind = mi.type_info(cls)
    fields = kind.fields if isinstance(kind, mi.StructType) else ()
    return tuple((field.name, field.encode_name) for field in fields if _may_hold_parts(field.type))


def _may_hold_parts(kind: mi.Type) -> bool:
    if isinstance(kind, mi.Metadata):
        return _may_hold_parts(kind.type)
    if isinstance(kind, mi.UnionType):
        return any(_may_hold_parts(each) for each in kind.types)
    if isinstance(kind, mi.ListType):
        return _may_hold_parts(kind.item_type)
    if isinstance(kind, mi.DictType):
        return _may_hold_parts(kind.value_type)
    return isinstance(kind, mi.StructType)
