"""Whether a call fits: outcomes have a way on, what is shared exists on both sides and is of one kind."""

from collections.abc import Iterator
from typing import NamedTuple

from scenario_engine.document import ChoiceVariable, Ending, FlagVariable, NumberVariable, Scenario, Variable
from scenario_engine.document.base import Value
from scenario_engine.document.scenes import Call
from scenario_engine.findings import FindingLevel
from scenario_engine.links import first_scene


class Misfit(NamedTuple):
    """Something that does not fit; `path` is relative to the call."""

    code: str
    message: str
    hint: str
    path: str = ""
    level: FindingLevel = "error"


def find_misfits(caller: Scenario, called: Scenario, call: Call) -> Iterator[Misfit]:
    """Yield everything that keeps `called` from being played in `caller`, and what an author should know."""
    name = call.scenario
    if not first_scene(called):
        yield Misfit("link.empty", f"“{name}” has no scene to start at.", "Give it scenes, or call another.")
    if called.language != caller.language:
        message = f"“{name}” is written in {called.language}, this scenario in {caller.language}."
        yield Misfit("link.language", message, "Call a scenario in the same language.")
    for scene in called.scenes:
        if isinstance(scene, Ending):
            yield from _misfits_of_ending(scene, call)
    yield from _misfits_of_variables(caller, called, call)
    yield from _misfits_of_facts(caller, called, call)
    if called.safety.content_note and not caller.safety.content_note:
        message = f"“{name}” has a content note; learners of this scenario would not see it."
        yield Misfit("link.content-note", message, "Write it into this scenario's own.", level="warning")


def _misfits_of_ending(ending: Ending, call: Call) -> Iterator[Misfit]:
    shown = f"Its ending “{ending.title or ending.id}”"
    if ending.outcome != "stopped" and not (call.ways.get(ending.outcome) or call.otherwise):
        message = f"{shown} ({ending.outcome}) leads nowhere here."
        yield Misfit("link.no-way-on", message, "Say where this outcome leads, or give an “otherwise”.", ".ways")
    if ending.points:
        message = f"{shown} carries points, which a call cannot keep."
        yield Misfit("link.ending-points", message, "Give the points to the choices before it.")


def _misfits_of_variables(caller: Scenario, called: Scenario, call: Call) -> Iterator[Misfit]:
    for theirs, ours in call.variables.items():
        one, other = called.variables.get(theirs), caller.variables.get(ours)
        if one is None:
            message = f"“{call.scenario}” has no variable “{theirs}”."
            yield Misfit("link.unknown-variable", message, "Choose one of its variables.", ".variables")
        elif other is None:
            message = f"There is no variable “{ours}” here."
            yield Misfit("link.unknown-variable", message, "Define it, or choose another.", ".variables")
        elif not _is_alike(one, other):
            message = f"“{theirs}” and “{ours}” are not variables of one kind and range."
            yield Misfit("link.unlike-variables", message, "Make them alike, or do not share them.", ".variables")
    for name, value in call.set.items():
        variable = called.variables.get(name)
        if variable is None or name in call.variables:
            message = f"“{name}” is not a variable of “{call.scenario}” that can be set here."
            yield Misfit("link.unknown-variable", message, "Choose one that is not shared.", ".set")
        elif not _can_be(variable, value):
            yield Misfit("link.value-misfit", f"“{name}” cannot start as {value!r}.", "Choose another value.", ".set")


def _misfits_of_facts(caller: Scenario, called: Scenario, call: Call) -> Iterator[Misfit]:
    for theirs, ours in call.facts.items():
        if theirs not in called.facts or ours not in caller.facts:
            missing = f"“{theirs}” in “{call.scenario}”" if theirs not in called.facts else f"“{ours}” here"
            yield Misfit("link.unknown-fact", f"There is no fact {missing}.", "Choose one that exists.", ".facts")


def _is_alike(one: Variable, other: Variable) -> bool:
    if isinstance(one, NumberVariable) and isinstance(other, NumberVariable):
        return one.range == other.range
    if isinstance(one, ChoiceVariable) and isinstance(other, ChoiceVariable):
        return one.of == other.of
    return isinstance(one, FlagVariable) and isinstance(other, FlagVariable)


def _can_be(variable: Variable, value: Value) -> bool:
    if isinstance(variable, FlagVariable):
        return isinstance(value, bool)
    if isinstance(variable, ChoiceVariable):
        return value in variable.of
    return not isinstance(value, bool | str) and variable.range[0] <= value <= variable.range[1]
