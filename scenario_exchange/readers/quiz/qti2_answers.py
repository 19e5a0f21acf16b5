"""What answers of a QTI item of release 2 or 3 are worth: its declarations, mappings and processing."""

from __future__ import annotations

from typing import Any

from scenario_exchange.readers.quiz.markup import attribute, every, first
from scenario_exchange.readers.quiz.numbers import number_in


class Key:
    """The declared answers of one response."""

    def __init__(self, name: str, declared: Any) -> None:
        self.name = name
        self.declared = declared
        self.base = attribute(declared, "basetype").lower() if declared is not None else ""
        self.several = declared is not None and attribute(declared, "cardinality").lower() != "single"
        self.correct = self._values()
        self.mapped: dict[str, float] = {}
        self.most: float | None = None
        self.minds_capitals = False
        self._read_mapping()

    def _values(self) -> list[str]:
        correct = first(self.declared, "correctresponse") if self.declared is not None else None
        return [str(each.text or "").strip() for each in every(correct, "value")] if correct is not None else []

    def _read_mapping(self) -> None:
        mapping = first(self.declared, "mapping") if self.declared is not None else None
        if mapping is None:
            self.minds_capitals = bool(self.correct)
            return
        for each in every(mapping, "mapentry"):
            self.mapped[attribute(each, "mapkey")] = number_in(attribute(each, "mappedvalue"), 0.0)
            self.minds_capitals |= attribute(each, "casesensitive").lower() != "false"
        self.most = number_in(attribute(mapping, "upperbound"), None)

    def gains(self, *, several: bool) -> float:
        """Return the most that a mapping gives."""
        found = [value for value in self.mapped.values() if value > 0]
        if self.most is not None and self.most > 0:
            return self.most
        return (sum(found) if several else max(found)) if found else 0.0

    def shares(self, keys: list[str], *, several: bool, maps: bool) -> dict[str, float]:
        """Return the share of the points of each key; by the mapping, or by what is right where it is not used."""
        full = self.gains(several=several)
        if self.mapped and full > 0 and (maps or not self.correct):
            return {key: self.mapped.get(key, 0.0) / full for key in keys}
        right = [key for key in keys if key in self.correct]
        share = 1 / len(right) if several and right else 1.0
        return {key: share if key in right else 0.0 for key in keys}


class Keys:
    """The declared answers of an item, each worked out when it is first asked for."""

    def __init__(self, item: Any) -> None:
        self._declared: dict[str, Any] = {}
        for each in every(item, "responsedeclaration"):
            self._declared.setdefault(attribute(each, "identifier"), each)
        self._made: dict[str, Key] = {}

    def of(self, interaction: Any) -> Key:
        """Return the declared answers of an interaction."""
        name = attribute(interaction, "responseidentifier")
        if name not in self._made:
            self._made[name] = Key(name, self._declared.get(name))
        return self._made[name]


class Processing:
    """How an item turns answers into points, as far as that is told apart here."""

    def __init__(self, item: Any) -> None:
        found = first(item, "responseprocessing")
        template = attribute(found, "template").lower() if found is not None else ""
        self.maps = "map_response" in template or (found is not None and first(found, "mapresponse") is not None)
        matches = found is not None and first(found, "match") is not None and first(found, "correct") is not None
        # Only the whole right answer gives points.
        self.only_whole = not self.maps and ("match_correct" in template or matches)
        self.tolerances = _tolerances(found) if found is not None else {}
        self.rounds = found is not None and first(found, "equalrounded") is not None


def _tolerances(processing: Any) -> dict[str, tuple[str, float]]:
    """Return mode and tolerance of each response that is compared as a number."""
    found: dict[str, tuple[str, float]] = {}
    for each in every(processing, "equal"):
        mode, size = attribute(each, "tolerancemode").lower(), attribute(each, "tolerance").split()
        if mode in ("absolute", "relative") and size:
            widest = max(abs(number_in(part, 0.0)) for part in size)
            for variable in every(each, "variable"):
                found.setdefault(attribute(variable, "identifier"), (mode, widest))
    return found
