"""A course row takes what course.yaml says: the same for a pack that is loaded and for one that is uploaded."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from authoring.models import Course, CourseModule, Scenario
from authoring.packs.course_file import CourseFile, PackModule, weight_of


def fill_course(course: Course, file: CourseFile, scenarios: Mapping[str, Scenario]) -> None:
    """Set everything but the name in addresses; `scenarios` are by the file that a module names. Not saved yet."""
    course.title, course.language, course.summary = file.title, file.language, file.summary
    course.minutes, course.send, course.credits = file.minutes, file.send, file.credits
    course.audience = file.audience
    course.details = {
        "objectives": msgspec.to_builtins(file.objectives),
        "competencies": msgspec.to_builtins(file.competencies),
    }
    course.modules = [  # type: ignore[misc]
        _module(module, scenarios[module.scenario], order) for order, module in enumerate(file.modules)
    ]


def _module(module: PackModule, scenario: Scenario, order: int) -> CourseModule:
    return CourseModule(
        module_id=module.id,
        title=module.title,
        kind=module.kind,
        scenario=scenario,
        weight=weight_of(module),
        required=module.required,
        attempts=module.attempts,
        gate=module.gate,
        sort_order=order,
    )
