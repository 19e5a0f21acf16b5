"""The gradebook: learners × columns, one grade with its history, overriding and locking it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sandbox_lms import gradebook
from sandbox_lms.ags_rules.common import read_number
from sandbox_lms.lookup import find_course
from sandbox_lms.models import GradeChange, LineItem, Lms, Person
from sandbox_lms.pages.guard import page
from sandbox_lms.pages.people import need_teacher


@page
def table(request: HttpRequest, lms: Lms, course_pk: int) -> HttpResponse:
    """Show every learner's grades."""
    course = find_course(lms, course_pk)
    need_teacher(request, course)
    items = list(course.line_items.all())
    learners, grades = gradebook.learners_of(course), gradebook.grades_of(course)
    rows = [(person, [(item, grades.get((item.pk, person.pk))) for item in items]) for person in learners]
    graded = sum(1 for grade in grades.values() if grade.shown is not None)
    context = {
        "course": course, "items": items, "rows": rows, "graded": graded,
        "possible": len(items) * len(learners),
    }  # fmt: skip
    return render(request, "sandbox_lms/gradebook.html", context)


@page
def grade(request: HttpRequest, lms: Lms, course_pk: int, item_pk: int, person_pk: int) -> HttpResponse:
    """Show one grade; a POST overrides, empties, locks or unlocks it."""
    course = find_course(lms, course_pk)
    teacher = need_teacher(request, course)
    item = get_object_or_404(LineItem.objects.select_related("link", "course__lms"), course=course, pk=item_pk)
    person = get_object_or_404(Person, lms=lms, pk=person_pk)
    if request.method == "POST":
        problem = _change(request, item, person, by=teacher.name)
        if problem:
            messages.error(request, problem)
        else:
            messages.success(request, "The grade was changed.")
        return redirect("grade", lms_key=lms.key, course_pk=course.pk, item_pk=item.pk, person_pk=person.pk)
    changes = GradeChange.objects.filter(line_item=item, person=person)
    found = item.grades.filter(person=person).first()
    context = {"course": course, "item": item, "learner": person, "grade": found, "changes": changes}
    return render(request, "sandbox_lms/grade.html", context)


def _change(request: HttpRequest, item: LineItem, person: Person, *, by: str) -> str:
    """Do what the form asks; return what is wrong with it, "" when nothing."""
    change = request.POST.get("change")
    if change in ("lock", "unlock"):
        gradebook.set_locked(item, person, change == "lock", by=by)
        return ""
    if change == "empty":
        gradebook.override(item, person, None, by=by)
        return ""
    number = read_number(request.POST.get("shown", "").replace(",", "."))
    if number is None or not 0 <= number <= item.maximum:
        return f"The grade must be a number from 0 to {item.maximum:g}."
    gradebook.override(item, person, number, by=by, comment=request.POST.get("comment", "").strip())
    return ""
