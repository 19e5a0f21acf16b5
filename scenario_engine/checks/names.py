"""Rules about names: what is mentioned exists, and what is compared or set fits its type."""

from collections.abc import Callable
from difflib import get_close_matches
from functools import partial

from scenario_engine.checks.mentions import Kind, Mention
from scenario_engine.checks.places import place
from scenario_engine.checks.rule import Find, Problem, Problems, Subject
from scenario_engine.document import (
    ChoiceVariable,
    Decision,
    FlagVariable,
    NumberVariable,
    Reply,
    Roleplay,
    Scenario,
    Variable,
)
from scenario_engine.document.base import Value


def finder(kind: Kind) -> Find:
    """Return the function that finds names of one kind that stand for nothing."""
    return partial(_find_undefined, kind)


def _find_undefined(kind: Kind, subject: Subject) -> Problems:
    mentioned = subject.mentions[kind]
    known = _known(subject)[kind]() if mentioned else set()
    for scene, mention in mentioned:
        if mention.name not in known:
            yield Problem(
                f"{place(mention.path)}There is no {kind} “{mention.name}”.",
                _suggest(mention.name, known),
                scene.id if scene else "",
                mention.part,
                subject.path(scene, mention.path),
            )


def _suggest(name: str, known: set[str]) -> str:
    # Comparing with thousands of names would take longer than all other rules together.
    close = get_close_matches(name, known, n=1) if len(known) <= 300 else []
    return f"Did you mean “{close[0]}”?" if close else "Define it, or choose one that exists."


def _known(subject: Subject) -> dict[Kind, Callable[[], set[str]]]:
    scenario = subject.scenario
    return {
        "variable": lambda: set(scenario.variables),
        "fact": lambda: set(scenario.facts),
        "competency": lambda: set(scenario.competencies),
        "criterion": lambda: set(scenario.criteria),
        "cast member": lambda: set(scenario.cast),
        "mood": lambda: {f"{who}.{mood}" for who, member in scenario.cast.items() for mood in member.moods},
        "scene": lambda: set(subject.story.scenes),
        "choice": lambda: set(subject.story.choices),
        "level": lambda: {f"{s.id}.{use.use}" for s in _speaking(scenario) for use in s.criteria},
        "goal": lambda: {f"{s.id}.{g.id}" for s in scenario.scenes if isinstance(s, Roleplay) for g in s.goals},
    }


def _speaking(scenario: Scenario) -> list[Reply | Roleplay]:
    return [scene for scene in scenario.scenes if isinstance(scene, Reply | Roleplay)]


def find_foreign_timeouts(subject: Subject) -> Problems:
    """Yield each time limit whose choice is not one of its own decision."""
    for scene in subject.scenario.scenes:
        if isinstance(scene, Decision) and scene.timed:
            named = scene.timed.on_timeout
            if all(choice.id != named for choice in scene.choices):
                message = f"When time is up “{named}” is taken, but this decision has no such choice."
                path = subject.path(scene, ".timed.on_timeout")
                yield Problem(message, "Name one of its own choices.", scene.id, named, path)


def find_misfits(subject: Subject) -> Problems:
    """Yield each value that its variable can never have, and each variable that cannot start as it says."""
    for name, variable in subject.scenario.variables.items():
        fault = _start_fault(variable)
        if fault:
            yield Problem(fault, "Change the start or the range.", part=name, path=f"$.variables.{name}")
    for scene, mention in subject.mentions["variable"]:
        used = subject.scenario.variables.get(mention.name)
        fault = _fault(used, mention) if used is not None else ""
        if fault:
            path = subject.path(scene, mention.path)
            yield Problem(fault, "Change the value, or the variable.", scene.id if scene else "", mention.part, path)


def _start_fault(variable: Variable) -> str:
    if isinstance(variable, NumberVariable):
        low, high = variable.range
        if low > high:
            return f"The range runs from {low:g} down to {high:g}."
        if not low <= variable.start <= high:
            return f"It starts at {variable.start:g}, outside {low:g} to {high:g}."
    if isinstance(variable, ChoiceVariable) and variable.start is not None and variable.start not in variable.of:
        return f"It starts as “{variable.start}”, which is not one of its values."
    return ""


def _fault(variable: Variable, mention: Mention) -> str:
    if mention.operation == "add":
        is_number = isinstance(variable, NumberVariable)
        return "" if is_number else f"“{mention.name}” is no number: nothing can be added to it."
    if mention.operation == "set":
        return "" if fits(variable, mention.value) else f"“{mention.name}” cannot be set to {_shown(mention.value)}."
    condition = mention.condition
    if condition is None:
        return ""
    if condition.is_ is not None and not fits(variable, condition.is_):
        return f"“{mention.name}” can never be {_shown(condition.is_)}."
    if (condition.at_least is not None or condition.at_most is not None) and not isinstance(variable, NumberVariable):
        return f"“{mention.name}” is no number: it cannot be at least or at most something."
    return ""


def fits(variable: Variable, value: Value) -> bool:
    """Return whether a variable can have a value."""
    if isinstance(variable, FlagVariable):
        return isinstance(value, bool)
    if isinstance(variable, ChoiceVariable):
        return isinstance(value, str) and value in variable.of
    return not isinstance(value, bool | str) and variable.range[0] <= value <= variable.range[1]


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"“{value}”" if isinstance(value, str) else f"{value:g}"
