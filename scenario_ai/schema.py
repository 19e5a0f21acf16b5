"""The JSON Schema of an answer, in the strict subset that model servers accept: everything required and closed."""

from __future__ import annotations

from typing import Any

import msgspec

# Limits are checked when the answer is decoded; many servers refuse a schema that carries them.
_DROPPED = ("title", "description", "default", "maxLength", "minLength", "maxItems", "minItems", "pattern")


def strict_schema(shape: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the schema of `shape` for `response_format: json_schema`."""
    schema = msgspec.json.schema(shape)
    definitions = schema.pop("$defs", {})
    name = schema["$ref"].rsplit("/", 1)[-1]
    root = dict(definitions.pop(name))
    if definitions:
        root["$defs"] = definitions
    closed: dict[str, Any] = _closed(root)
    return closed


def _closed(node: Any) -> Any:
    if isinstance(node, list):
        return [_closed(each) for each in node]
    if not isinstance(node, dict):
        return node
    is_object = "properties" in node and isinstance(node["properties"], dict)
    kept = {key: value for key, value in node.items() if key not in _DROPPED or isinstance(value, dict)}
    closed = {key: _closed(value) for key, value in kept.items()}
    if is_object:
        closed["properties"] = {name: _closed(value) for name, value in node["properties"].items()}
        closed["required"] = list(node["properties"])
        closed["additionalProperties"] = False
    return closed
