"""The one structural rule a struct cannot state: a condition has exactly one subject, compared as it can be."""

from collections.abc import Iterable, Iterator

from scenario_engine.codec.walk import walk_parts
from scenario_engine.document.base import Part
from scenario_engine.document.conditions import COMPARING, SUBJECTS, Condition
from scenario_engine.document.scenario import Scenario
from scenario_engine.findings import Finding

_NAMES = {"not_": "not"}


def find_bad_conditions(scenario: Scenario, parts: Iterable[Part]) -> Iterator[Finding]:
    """Yield a finding for each condition without exactly one subject, or compared in a way it cannot be.

    `parts` are all parts of the scenario: paths are worked out only when one of them is bad.
    """
    if not any(isinstance(part, Condition) and _fault(part) for part in parts):
        return
    for path, part in walk_parts(scenario):
        if isinstance(part, Condition):
            message = _fault(part)
            if message:
                yield Finding(
                    code="document.condition",
                    level="error",
                    message=message,
                    path=path,
                    hint="For example {var: trust, at_least: 5} or {all: [{fact: told}, {visits: hall, at_least: 2}]}.",
                )


def _fault(condition: Condition) -> str:
    named = [name for name in SUBJECTS if getattr(condition, name) is not None]
    if len(named) != 1:
        shown = ", ".join(_NAMES.get(name, name) for name in named) or "none"
        return f"A condition needs exactly one subject; this one has {shown}."
    subject = named[0]
    compared = [value is not None for value in (condition.is_, condition.at_least, condition.at_most)]
    if subject in COMPARING and not any(compared):
        return f"A condition on “{subject}” needs is, at_least or at_most."
    if subject not in COMPARING and any(compared):
        return f"A condition on “{_NAMES.get(subject, subject)}” cannot be compared with is, at_least or at_most."
    if subject == "level" and (condition.level or "").count(".") != 1:
        return "A level is named “scene.criterion”."
    if subject == "goal" and (condition.goal or "").count(".") != 1:
        return "A goal is named “scene.goal”."
    return ""
