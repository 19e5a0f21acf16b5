"""What of a course is frozen into a version: its modules, each pinned to its scenario's newest published version."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from authoring.course_checks import check_course, module_id_of
from authoring.models import Course, CourseModule, ScenarioVersion
from scenario_engine.findings import Finding


def faults(course: Course) -> list[Finding]:
    """Return the errors that refuse publishing a course."""
    return [finding for finding in check_course(course) if finding.level == "error"]


def content_of(course: Course) -> dict[str, Any]:
    """Return the fields of a CourseVersion that hold content."""
    modules = [_pin(module) for module in course.modules.all()]
    content = {
        "summary": course.summary,
        "minutes": course.minutes,
        "send": course.send,
        "credits": course.credits,
        "audience": course.audience,
        "details": course.details,
        "modules": modules,
    }
    identity = json.dumps([course.title, course.language, content], sort_keys=True).encode()
    return {"digest": hashlib.sha256(identity).hexdigest(), **content}


def _pin(module: CourseModule) -> dict[str, Any]:
    version: ScenarioVersion = module.scenario.versions.latest("number")  # `faults` was asked first
    return {
        "id": module_id_of(module),
        "title": module.title or version.title,
        "kind": module.kind,
        "version_id": version.pk,
        "weight": format(module.weight.normalize(), "f"),
        "required": module.required,
        "attempts": module.attempts,
        "gate": module.gate,
    }
