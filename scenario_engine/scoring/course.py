"""Grades of modules become the grade of a course (docs/scoring.md, rule 11)."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

import msgspec

SendPolicy = Literal["when_complete", "running"]


class ModuleGrade(msgspec.Struct, frozen=True, kw_only=True):
    """One module of a course for one learner. `weight` 0 keeps it out of the grade.

    `completed` without a grade: done in a way that is not graded (read instead of played, say).
    """

    id: str
    weight: Fraction = Fraction(1)
    grade: Fraction | None = None
    required: bool = True
    completed: bool = False
    excused: bool = False
    held: bool = False


def course_grade(modules: Iterable[ModuleGrade], send: SendPolicy = "when_complete") -> Fraction | None:
    """Return the course's grade 0..1, or None while there is none to send.

    The weight of a module leaves the sum when it is excused, completed without a grade, or optional and not graded.
    `when_complete` waits for every required module; `running` takes a missing one for 0, but says nothing before the
    first grade. Neither says anything while a module waits for a coach.
    """
    asked = [module for module in modules if not module.excused]
    graded = [module for module in asked if module.grade is not None and module.weight > 0]
    missing = [module for module in asked if _is_missing(module)]
    if not graded or (missing and send == "when_complete"):
        return None
    if any(module.held and module.grade is None for module in asked):
        return None
    weights = sum((module.weight for module in [*graded, *missing]), Fraction(0))
    return sum((module.weight * (module.grade or Fraction(0)) for module in graded), Fraction(0)) / weights


def _is_missing(module: ModuleGrade) -> bool:
    return module.required and module.grade is None and not module.completed
