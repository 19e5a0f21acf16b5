"""Older formats to the newest, one small function per step; each step has a frozen sample in the tests."""

from collections.abc import Callable
from typing import Any

from scenario_engine.codec.reading import Unreadable
from scenario_engine.document import FORMAT

# from-format → function to the next format; empty until format 2 exists.
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def upgrade(raw: dict[str, Any]) -> dict[str, Any]:
    """Return `raw` in the newest format. Raises Unreadable when the format is absent, unknown or newer."""
    number = raw.get("format")
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise Unreadable(
            "document.format",
            "The document does not say which format it is in.",
            f"Begin with `format: {FORMAT}`.",
            "$.format",
        )
    if number > FORMAT:
        raise Unreadable(
            "document.format",
            f"The document is in format {number}; this version reads up to {FORMAT}.",
            "Update Branchwise, or export the scenario from the other site in an older format.",
            "$.format",
        )
    while number < FORMAT:
        raw = UPGRADES[number](raw)
        number = raw["format"]
    return raw
