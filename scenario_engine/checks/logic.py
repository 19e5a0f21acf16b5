"""What can be said about a condition without playing: that it always holds, or never. `reach` looks at plays."""

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from scenario_engine.document import ChoiceVariable, Condition, FlagVariable, NumberVariable, Scenario
from scenario_engine.document.base import Value


class Possible(NamedTuple):
    """What the scenario can make true at all: the values of each variable, the facts that are learned, the attempts."""

    numbers: Mapping[str, tuple[float, float]]
    values: Mapping[str, Set[Value]]
    facts: Set[str]
    attempts: int | None


def possible_in(scenario: Scenario, writes: Iterable[tuple[str, str, Value]], learned: Iterable[str]) -> Possible:
    """Return what is possible. `writes` are (variable, "add" or "set", value) of every effect in the scenario."""
    set_to: dict[str, set[Value]] = {}
    added: set[str] = set()
    for name, operation, value in writes:
        if operation == "add":
            added.add(name)
        else:
            set_to.setdefault(name, set()).add(value)
    numbers: dict[str, tuple[float, float]] = {}
    values: dict[str, Set[Value]] = {}
    for name, variable in scenario.variables.items():
        if isinstance(variable, NumberVariable):
            known = [variable.start, *(v for v in set_to.get(name, ()) if isinstance(v, int | float))]
            numbers[name] = variable.range if name in added else (min(known), max(known))
        elif isinstance(variable, FlagVariable):
            values[name] = {variable.start, *set_to.get(name, ())}
        elif isinstance(variable, ChoiceVariable):
            values[name] = {variable.start or variable.of[0], *set_to.get(name, ())}
    return Possible(numbers, values, set(learned), scenario.scoring.attempts)


def verdict(condition: Condition, possible: Possible) -> bool | None:
    """Return True when the condition always holds, False when it never does, None when that depends on play."""
    if condition.not_ is not None:
        inner = verdict(condition.not_, possible)
        return None if inner is None else not inner
    if condition.all is not None:
        found = [verdict(each, possible) for each in condition.all]
        if False in found or _contradict(condition.all):
            return False
        return True if all(found) else None
    if condition.any is not None:
        found = [verdict(each, possible) for each in condition.any]
        if True in found:
            return True
        return False if found and not any(each is None for each in found) else None
    if condition.fact is not None:
        return None if condition.fact in possible.facts else False
    return _verdict_of_comparison(condition, possible)


def _verdict_of_comparison(condition: Condition, possible: Possible) -> bool | None:
    if condition.var is not None and condition.var in possible.values:
        return _verdict_of_values(condition, possible.values[condition.var])
    span = _span(condition, possible)
    if span is None:
        return None
    low, high = span
    wanted_low, wanted_high = _wanted(condition)
    if wanted_low > wanted_high or wanted_low > high or wanted_high < low:
        return False
    return True if wanted_low <= low and high <= wanted_high else None


def _verdict_of_values(condition: Condition, values: Set[Value]) -> bool | None:
    if condition.is_ is None or condition.at_least is not None or condition.at_most is not None:
        return None
    if condition.is_ not in values:
        return False
    return True if len(values) == 1 else None


def _span(condition: Condition, possible: Possible) -> tuple[float, float] | None:
    """Return the least and greatest that what is compared can be."""
    if condition.var is not None:
        return possible.numbers.get(condition.var)
    if condition.visits is not None:
        return 0, float("inf")
    if condition.level is not None:
        # Not assessed or not applicable: no comparison holds, so none ever holds for certain.
        low, high = _wanted(condition)
        return (0, 4) if low > 4 or high < 0 or low > high else None
    if condition.attempt is not None:
        return 1, possible.attempts or float("inf")
    return None


def _wanted(condition: Condition) -> tuple[float, float]:
    low = float("-inf") if condition.at_least is None else condition.at_least
    high = float("inf") if condition.at_most is None else condition.at_most
    if isinstance(condition.is_, int | float) and not isinstance(condition.is_, bool):
        low, high = max(low, condition.is_), min(high, condition.is_)
    return low, high


def _contradict(conditions: Iterable[Condition]) -> bool:
    """Return whether two of these can never hold together: a thing and its opposite, or ranges that do not meet."""
    spans: dict[tuple[str, str], tuple[float, float]] = {}
    wanted: dict[tuple[str, str], bool] = {}
    for condition in conditions:
        inner = condition.not_ or condition
        for kind in ("fact", "chosen", "goal"):
            name = getattr(inner, kind)
            if name is not None and wanted.setdefault((kind, name), condition.not_ is None) != (condition.not_ is None):
                return True
        for kind in ("var", "visits", "level"):
            name = getattr(condition, kind)
            if name is None or isinstance(condition.is_, bool | str):
                continue
            low, high = spans.get((kind, name), (float("-inf"), float("inf")))
            own_low, own_high = _wanted(condition)
            spans[(kind, name)] = low, high = max(low, own_low), min(high, own_high)
            if low > high:
                return True
    return False
