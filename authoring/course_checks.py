"""Findings of a course, in the same shape as those of a scenario."""

from __future__ import annotations

import re
from collections import Counter

from authoring.models import Course, CourseModule
from scenario_engine.findings import Finding

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_\-]{0,63}")


def check_course(course: Course) -> list[Finding]:
    """Return what is wrong with a course as it stands: its own modules, and what it would pin."""
    modules = list(course.modules.all())
    if not modules:
        return [_finding("course.empty", "The course has no module yet.", "Add a scenario as its first module.")]
    found: list[Finding] = []
    twice = [name for name, count in Counter(module_id_of(module) for module in modules).items() if count > 1]
    found += [
        _finding("course.module-twice", f"Two modules have the id “{name}”.", "Give one of them another id.", name)
        for name in twice
    ]
    for module in modules:
        found += _check_module(course, module)
    if all(module.weight == 0 for module in modules):
        text = "No module counts towards the grade."
        found.append(_finding("course.no-grade", text, "Give a module a weight, or leave it so.", level="note"))
    if modules[0].gate:
        text = "The first module waits for a module before it."
        found.append(_finding("course.gate", text, "Open the first module from the start.", module_id_of(modules[0])))
    return found


def module_id_of(module: CourseModule) -> str:
    """Return the module's id, the scenario's slug where none was given."""
    return module.module_id or (module.scenario.slug if module.scenario_id else "")


def _check_module(course: Course, module: CourseModule) -> list[Finding]:
    name = module_id_of(module)
    if module.scenario_id is None or module.scenario.organisation_id != course.organisation_id:
        return [_finding("course.no-scenario", "A module has no scenario.", "Choose one, or delete the module.", name)]
    found = []
    if not _ID.fullmatch(name):
        text = f"“{name}” cannot be a module id."
        found.append(_finding("course.module-id", text, "Begin with a letter; then letters, digits, - and _.", name))
    if not module.scenario.versions.exists():
        text = f"“{module.scenario.title}” has not been published yet."
        found.append(_finding("course.unpublished", text, "Publish the scenario, then the course.", name))
    return found


def _finding(code: str, message: str, hint: str, part: str = "", level: str = "error") -> Finding:
    return Finding(code=code, level="note" if level == "note" else "error", message=message, hint=hint, part=part)
