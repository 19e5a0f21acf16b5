"""Oppia's rules as accepted answers: words, numbers and ranges, picks and orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenario_exchange.readers.h5p.values import Raw, number, obj
from scenario_exchange.readers.oppia.states import Rule, State
from scenario_exchange.readers.quiz.numbers import range_answer
from scenario_exchange.readers.wording import cut

_MATCHING = ("Equals", "FuzzyEquals", "CaseSensitiveEquals", "IsExactlyEqualTo", "IsEquivalentTo")
LOOSE = ("Contains", "StartsWith", "FuzzyMatches", "IsEquivalentTo")
# Numbers without end have one here.
_MOST = 1_000_000.0
_LEAST_STEP = 0.000001
_MAX_OPTIONS = 50

Text = Callable[[str, str], str]  # HTML of the source, the place to name: authored text


def words_of(rule: Rule) -> Raw | None:
    """Return the wordings that a rule of a text or a fraction accepts, or None."""
    if rule.kind not in (*_MATCHING, *LOOSE):
        return None
    accepted = _accepted(rule.inputs.get("training_data") or rule.inputs.get("x"))
    if fraction := _fraction(obj(rule.inputs, "f")):
        accepted = [fraction]
    return {"any": accepted} if accepted else None


def numbers_of(rule: Rule) -> Raw | None:
    """Return the numbers that a rule accepts, or None."""
    inputs = rule.inputs
    value, tolerance = number(inputs, "x"), abs(number(inputs, "tol") or 0)
    if rule.kind in ("Equals", "IsWithinTolerance"):
        return None if value is None else {"value": value, "tolerance": tolerance}
    low, high = {
        "IsInclusivelyBetween": (number(inputs, "a"), number(inputs, "b")),
        "IsGreaterThan": (None if value is None else value + _LEAST_STEP, _MOST),
        "IsGreaterThanOrEqualTo": (value, _MOST),
        "IsLessThan": (-_MOST, None if value is None else value - _LEAST_STEP),
        "IsLessThanOrEqualTo": (-_MOST, value),
    }.get(rule.kind, (None, None))
    found = range_answer(low, high)
    return None if found is None else {"value": found.value, "tolerance": found.tolerance}


def picked(state: State, text: Text) -> Raw | None:
    """Return the options or items of a state to pick several from or to sort; None when no rule says what is right."""
    offered = state.arguments.get("choices")
    listed = [_named(each) for each in offered] if isinstance(offered, list) else []
    right = next((rule for rule in state.rules if rule.correct), None)
    right = right or next((rule for rule in state.rules if rule.goto != state.name), None)
    if right is None or not 2 <= len(listed) <= _MAX_OPTIONS:
        return None
    wanted = right.inputs.get("x")
    if state.interaction == "DragAndDropSortInput":
        return _sorted(listed, wanted, state.name, text) if right.kind == "IsEqualToOrdering" else None
    if right.kind != "Equals" or not isinstance(wanted, list):
        return None
    options = [{"text": text(html, state.name), "right": name in wanted or html in wanted} for name, html in listed]
    found = any(option["right"] for option in options) and all(option["text"] for option in options)
    return {"type": "multiple", "options": options} if found else None


def _sorted(listed: list[tuple[str, str]], wanted: Any, place: str, text: Text) -> Raw | None:
    """Return the items in their order, unless several share a place."""
    groups = wanted if isinstance(wanted, list) else []
    names = [group[0] for group in groups if isinstance(group, list) and len(group) == 1]
    by_name = {key: html for name, html in listed for key in (name, html)}
    if (
        len(names) != len(listed)
        or len(groups) != len(listed)
        or not all(isinstance(n, str) and n in by_name for n in names)
    ):
        return None
    made = [{"text": text(by_name[name], place)} for name in names]
    return {"type": "ordering", "items": made} if all(each["text"] for each in made) else None


def _named(choice: Any) -> tuple[str, str]:
    """Return (content id, HTML) of a choice; older releases have the HTML alone."""
    if isinstance(choice, dict):
        return str(choice.get("content_id", "")), str(choice.get("html", ""))
    return "", str(choice)


def _accepted(source: Any) -> list[str]:
    found = source.get("normalizedStrSet") if isinstance(source, dict) else source
    listed = found if isinstance(found, list) else [found]
    return [cut(each, 1000) for each in listed if isinstance(each, str) and each.strip()][:100]


def _fraction(source: Raw) -> str:
    whole, above, below = (number(source, name) for name in ("wholeNumber", "numerator", "denominator"))
    if above is None or not below:
        return ""
    sign = "-" if source.get("isNegative") is True else ""
    return f"{sign}{f'{whole:g} ' if whole else ''}{above:g}/{below:g}"
