"""Grades as the gradebook keeps them: from scores, from teachers, with their history."""

from dataclasses import fields
from typing import Any

from sandbox_lms.ags_rules.common import Record
from sandbox_lms.models import Course, Enrolment, Grade, GradeChange, LineItem, Person


def record_of(grade: Grade | None) -> Record:
    """Return what the rules know of `grade`; no row is an empty record."""
    if grade is None:
        return Record()
    values = {field.name: getattr(grade, field.name) for field in fields(Record)}
    return Record(**{**values, "comments": tuple(grade.comments)})


def keep(item: LineItem, person: Person, record: Record, *, by: str, note: str = "") -> Grade:
    """Store `record`, and a line of history when the grade on show changed."""
    before = item.grades.filter(person=person).first()
    values = {field.name: getattr(record, field.name) for field in fields(Record)}
    grade, _ = Grade.objects.update_or_create(
        line_item=item, person=person, defaults={**values, "comments": list(record.comments)}
    )
    if before is None or before.shown != grade.shown or note:
        GradeChange.objects.create(
            line_item=item, person=person, by=by, shown=grade.shown, maximum=item.maximum, note=note
        )
    return grade


def override(item: LineItem, person: Person, shown: float | None, *, by: str, comment: str | None = None) -> Grade:
    """Set a learner's grade by hand, on the column's own scale; None gives it back to the tool, empty."""
    lms = item.course.lms
    record = record_of(item.grades.filter(person=person).first())
    values: dict[str, Any] = {
        "shown": shown,
        "overridden": shown is not None,
        # A teacher's edit counts as newer than any earlier stamp (SOURCES.md M6).
        "stamp": lms.now(),
        "comment": record.comment if comment is None else comment,
    }
    if lms.personality == "canvas":
        # The result follows the teacher (Lti::Result.update_score_for_submission).
        values |= {"given": shown, "given_maximum": item.maximum}
    return keep(item, person, _with(record, values), by=by, note="by hand" if shown is not None else "emptied")


def set_locked(item: LineItem, person: Person, locked: bool, *, by: str) -> Grade:
    """Lock or unlock one grade."""
    record = record_of(item.grades.filter(person=person).first())
    return keep(item, person, _with(record, {"locked": locked}), by=by, note="locked" if locked else "unlocked")


def _with(record: Record, values: dict[str, Any]) -> Record:
    kept = {field.name: getattr(record, field.name) for field in fields(Record)}
    return Record(**{**kept, **values})


def learners_of(course: Course) -> list[Person]:
    """Return the learners of a course, suspended ones too, by family name."""
    enrolments = course.enrolments.filter(role=Enrolment.LEARNER).select_related("person")
    return [enrolment.person for enrolment in enrolments]


def grades_of(course: Course) -> dict[tuple[int, int], Grade]:
    """Return every grade of a course by (line item, person)."""
    found = Grade.objects.filter(line_item__course=course).select_related("person", "line_item")
    return {(grade.line_item_id, grade.person_id): grade for grade in found}
