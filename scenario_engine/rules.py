"""Conditions and effects as pure functions. Play and proof both stand on these: there is no second meaning."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from scenario_engine.document import Choice, ChoiceVariable, Condition, Decision, FlagVariable, NumberVariable, Scenario
from scenario_engine.document.scenes import LevelRule, RouteRule
from scenario_engine.document.shared import Beat

Value = bool | float | str
_NUMBER = (int, float)


class World(Protocol):
    """What a condition can ask about. A `State` is one; so is a situation of the proof search."""

    @property
    def variables(self) -> dict[str, Value]: ...
    @property
    def facts(self) -> list[str]: ...
    @property
    def visits(self) -> dict[str, int]: ...
    @property
    def chosen(self) -> dict[str, int]: ...
    @property
    def levels(self) -> dict[str, int | None]: ...
    @property
    def goals(self) -> list[str]: ...
    @property
    def attempt(self) -> int: ...


def start_values(scenario: Scenario) -> dict[str, Value]:
    """Return every variable at its start."""
    values: dict[str, Value] = {}
    for name, variable in scenario.variables.items():
        if isinstance(variable, NumberVariable | FlagVariable):
            values[name] = variable.start
        else:
            values[name] = variable.start if variable.start is not None else variable.of[0]
    return values


def holds(condition: Condition | None, world: World) -> bool:
    """Return whether `condition` is true now. No condition always holds; what does not exist never does."""
    if condition is None:
        return True
    if condition.all is not None:
        return all(holds(each, world) for each in condition.all)
    if condition.any is not None:
        return any(holds(each, world) for each in condition.any)
    if condition.not_ is not None:
        return not holds(condition.not_, world)
    if condition.fact is not None:
        return condition.fact in world.facts
    if condition.chosen is not None:
        return world.chosen.get(condition.chosen, 0) > 0
    if condition.goal is not None:
        return condition.goal in world.goals
    return _compares(condition, world)


def _compares(condition: Condition, world: World) -> bool:
    value: Value | None = None
    if condition.var is not None:
        value = world.variables.get(condition.var)
    elif condition.visits is not None:
        value = world.visits.get(condition.visits, 0)
    elif condition.level is not None:
        value = world.levels.get(condition.level)
    elif condition.attempt is not None:
        value = world.attempt
    if value is None:
        return False
    if condition.is_ is not None and not _same(value, condition.is_):
        return False
    if condition.at_least is None and condition.at_most is None:
        return True
    if isinstance(value, bool | str):
        return False
    low_enough = condition.at_most is None or value <= condition.at_most
    return low_enough and (condition.at_least is None or value >= condition.at_least)


def _same(value: Value, wanted: Value) -> bool:
    # True == 1 in Python; a flag is never equal to a number.
    return isinstance(value, bool) == isinstance(wanted, bool) and value == wanted


def apply_effects(
    scenario: Scenario,
    world: World,
    add: Mapping[str, float],
    set_: Mapping[str, Value],
    learn: Sequence[str],
) -> None:
    """Change `world` in place: numbers stay inside their range, a fact is learned once."""
    for name, amount in add.items():
        variable, value = scenario.variables.get(name), world.variables.get(name)
        if isinstance(variable, NumberVariable) and isinstance(value, _NUMBER):
            low, high = variable.range
            world.variables[name] = min(high, max(low, value + amount))
    for name, value in set_.items():
        if _fits(scenario, name, value):
            world.variables[name] = value
    if learn:
        learn_facts(world, learn)


def learn_facts(world: World, facts: Iterable[str]) -> None:
    """Add facts to the notebook, each once, in the order they were learned."""
    for fact in facts:
        if fact not in world.facts:
            world.facts.append(fact)


def _fits(scenario: Scenario, name: str, value: Value) -> bool:
    variable = scenario.variables.get(name)
    if isinstance(variable, FlagVariable):
        return isinstance(value, bool)
    if isinstance(variable, ChoiceVariable):
        return value in variable.of
    if isinstance(variable, NumberVariable) and not isinstance(value, bool | str):
        return variable.range[0] <= value <= variable.range[1]
    return False


def offered_choices(scene: Decision, world: World) -> list[Choice]:
    """Return the choices that can be taken now, in authored order."""
    return [
        choice
        for choice in scene.choices
        if (choice.when is None or holds(choice.when, world)) and not (choice.once and world.chosen.get(choice.id, 0))
    ]


R = TypeVar("R", RouteRule, LevelRule)


def first_that_holds(rules: Iterable[R], world: World) -> R | None:
    """Return the first rule whose condition holds now."""
    return next((rule for rule in rules if holds(rule.when, world)), None)


def spoken_beats(beats: Iterable[Beat], world: World) -> list[str]:
    """Return the ids of the beats that are spoken now."""
    return [beat.id for beat in beats if beat.when is None or holds(beat.when, world)]
