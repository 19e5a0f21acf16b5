"""Custom parameters: substitution of `$Variables`, and what Moodle makes of them. Pure."""

import re
from collections.abc import Mapping
from typing import Any

#: SOURCES.md M2: these names vanish from custom and land in a service claim.
TAKEN_BY_MOODLE = {
    "lineitem_url", "lineitems_url", "result_url", "results_url", "score_url", "scores_url",
    "gradebookservices_scope", "context_memberships_url",
}  # fmt: skip


def expand(parameters: Mapping[str, Any], variables: Mapping[str, str | None]) -> dict[str, Any]:
    """Return `parameters` with `$Name` replaced; a variable that is not known stays as it was written."""
    return {key: _value(value, variables) for key, value in parameters.items()}


def expand_as_moodle(
    tool: Mapping[str, Any], link: Mapping[str, Any], variables: Mapping[str, str | None]
) -> dict[str, Any]:
    """Return the claim as Moodle 4.5 builds it (SOURCES.md M2)."""
    custom: dict[str, Any] = {}
    # Tool-level parameters beat those of the link on the same key.
    for key, raw in _lines({**link, **tool}):
        if key.lower() in TAKEN_BY_MOODLE:
            continue
        value = _value(raw, variables)
        custom[key] = value
        # A key with capitals comes twice.
        custom.setdefault(re.sub(r"[^a-z0-9_]", "_", key.lower()), value)
    return custom


def _lines(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    # A value of several lines breaks into new keys: "a\nb=c" under nl gives nl="a", b="c".
    pairs: list[tuple[str, str]] = []
    for key, value in parameters.items():
        first, *rest = _text(value).split("\n")
        pairs.append((key, first))
        pairs += [(name, text) for name, _, text in (line.partition("=") for line in rest) if name]
    return pairs


def _text(value: Any) -> str:
    if value is True:
        return "1"
    return "" if value is None or value is False else str(value)


def _value(value: Any, variables: Mapping[str, str | None]) -> Any:
    if not isinstance(value, str):
        return value
    if value.startswith("\\$"):
        return value[1:]
    # A known variable without a value gives "" or null.
    return variables[value[1:]] if value.startswith("$") and value[1:] in variables else value
