"""A walk over every struct of a document, with its path."""

from collections.abc import Iterator
from typing import Any

from scenario_engine.document.base import Part


def walk_parts(value: Any, path: str = "$") -> Iterator[tuple[str, Part]]:
    """Yield (path, part) for `value` and everything inside it, outer before inner."""
    if isinstance(value, Part):
        yield path, value
        for field, name in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            inner = getattr(value, field)
            if isinstance(inner, Part | list | dict):
                yield from walk_parts(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, Part | list | dict):
                yield from walk_parts(inner, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, Part | list | dict):
                yield from walk_parts(inner, f"{path}.{key}")
