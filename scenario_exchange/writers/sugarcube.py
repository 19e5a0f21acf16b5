"""Conditions and changes as the story format SugarCube says them, so that an exported Twee file can be played."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from scenario_engine.document import NumberVariable, Scenario
from scenario_exchange.storyboards.conditions import format_number

_SIGNS = (("is", "is"), ("at_least", "gte"), ("at_most", "lte"))


def expression(condition: Mapping[str, Any] | None) -> str | None:
    """Return a condition as an expression, "" for none, or None when the format cannot say it."""
    if not condition:
        return ""
    for name, join in (("all", " and "), ("any", " or ")):
        if condition.get(name) is not None:
            parts = [expression(each) for each in condition[name]]
            if any(not part for part in parts):
                return None
            return "(" + join.join(str(part) for part in parts) + ")" if parts else None
    if condition.get("not") is not None:
        inner = expression(condition["not"])
        return f"not ({inner})" if inner else None
    return _claim(condition)


def _claim(condition: Mapping[str, Any]) -> str | None:
    if condition.get("fact"):
        return f"${_variable('fact', condition['fact'])}"
    if condition.get("chosen"):
        return f"${_variable('chose', condition['chosen'])}"
    if condition.get("var"):
        left = f"${_variable('', condition['var'])}"
    elif condition.get("visits"):
        left = f"visited({json.dumps(condition['visits'])})"
    else:
        return None
    compared = [f"{left} {sign} {value(condition[name])}" for name, sign in _SIGNS if condition.get(name) is not None]
    return " and ".join(compared) or None


def _variable(prefix: str, name: str) -> str:
    return "_".join(part for part in (prefix, name.replace("-", "_")) if part)


def value(of: Any) -> str:
    """Return a value as a literal."""
    return format_number(of) if isinstance(of, int | float) and not isinstance(of, bool) else json.dumps(of)


def changes(holder: Mapping[str, Any], scenario: Scenario) -> list[str]:
    """Return the assignments of a choice or rule; numbers stay in their range."""
    found: list[str] = []
    for name, by in (holder.get("add") or {}).items():
        variable = scenario.variables.get(name)
        own = f"${_variable('', name)}"
        low, high = variable.range if isinstance(variable, NumberVariable) else (-1_000_000, 1_000_000)
        found.append(f"{own} to Math.clamp({own} + {format_number(by)}, {format_number(low)}, {format_number(high)})")
    found += [f"${_variable('', name)} to {value(each)}" for name, each in (holder.get("set") or {}).items()]
    return found + [f"${_variable('fact', name)} to true" for name in holder.get("learn") or []]


def chosen(choice: str) -> str:
    """Return the assignment that remembers a choice."""
    return f"${_variable('chose', choice)} to true"


def not_chosen(choice: str) -> str:
    """Return the expression that a choice was not made yet."""
    return f"not ${_variable('chose', choice)}"


def first_values(scenario: Scenario) -> list[str]:
    """Return the assignments before the story begins."""
    found = []
    for name, variable in scenario.variables.items():
        start = variable.start
        if start is None:
            start = variable.of[0] if hasattr(variable, "of") else ""
        found.append(f"${_variable('', name)} to {value(start)}")
    return found
