"""The course of an uploaded pack becomes a draft course around the drafts of its scenarios. Nothing is published."""

from __future__ import annotations

from collections.abc import Sequence

from authoring.drafts import Draft, free_slug
from authoring.imports.models import ImportJob
from authoring.imports.reading import ReadFile
from authoring.models import Course
from authoring.packs.filling import fill_course
from foundation.api import record


def save_course(
    job: ImportJob, read: ReadFile, drafts: Sequence[Draft], entries: list[dict[str, str]]
) -> Course | None:
    """Save the course of a pack, with its modules in their order; None when the file is no pack.

    A course of that name is never touched: the second import is a copy, and the report says so.
    """
    file = read.course
    if file is None:
        return None
    scenarios = {
        f"scenarios/{document['id']}.yaml": draft.scenario
        for document, draft in zip(read.documents, drafts, strict=True)
    }
    course = Course(organisation=job.organisation, slug=free_slug(job.organisation, file.id, Course), live=False)
    fill_course(course, file, scenarios)
    course.save()
    course.save_revision(user=job.by, clean=False, log_action=True)
    if course.slug != file.id:
        what = f"A course “{file.id}” is here already and was not touched: this is a copy, “{course.slug}”."
        hint = "Delete the one you do not need; so with its scenarios."
        entries.append({"kind": "changed", "place": file.title[:120], "what": what, "hint": hint})
    record(job.organisation, job.by or "authoring", "course.imported", f"course:{course.uuid}")
    return course
