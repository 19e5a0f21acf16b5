"""The course page and its parts: activities, adding one, roster, own grades, copying."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sandbox_lms import copying, deep_linking, gradebook
from sandbox_lms.lookup import find_course, find_link
from sandbox_lms.models import Enrolment, LineItem, Lms, Registration
from sandbox_lms.pages.guard import page
from sandbox_lms.pages.people import need_member, need_teacher


@page
def course(request: HttpRequest, lms: Lms, course_pk: int) -> HttpResponse:
    """Show a course's activities."""
    found = find_course(lms, course_pk)
    person, role = need_member(request, found)
    teaches = role == Enrolment.TEACHER
    columns = {item.link_id: item for item in found.line_items.filter(coupled=True)}
    own = {grade.line_item_id: grade for grade in person.grades.filter(line_item__course=found)}
    rows = []
    for link in found.links.select_related("registration"):
        column = columns.get(link.pk)
        if teaches or not link.hidden:
            rows.append((link, column, own.get(column.pk) if column else None))
    # A tool may send people back with a message in the address (LTI 1.3, launch presentation).
    said = request.GET.get("lti_errormsg") or request.GET.get("lti_msg")
    return render(
        request, "sandbox_lms/course.html",
        {"course": found, "rows": rows, "teaches": teaches, "said": said,
         "tools": lms.registrations.filter(state=Registration.ACTIVE)},
    )  # fmt: skip


@require_POST
@page
def add_activity(request: HttpRequest, lms: Lms, course_pk: int) -> HttpResponse:
    """Open the tool in a frame to choose content."""
    found = find_course(lms, course_pk)
    person = need_teacher(request, found)
    tool = get_object_or_404(Registration, lms=lms, pk=request.POST.get("tool"), state=Registration.ACTIVE)
    deep_link = deep_linking.begin(found, person, tool)
    context = {"course": found, "tool": tool, "deep_link": deep_link}
    return render(request, "sandbox_lms/add_activity.html", context)


@require_POST
@page
def change_link(request: HttpRequest, lms: Lms, link_pk: int) -> HttpResponse:
    """Hide, show or delete an activity."""
    link = find_link(lms, link_pk)
    need_teacher(request, link.course)
    change = request.POST.get("change")
    if change == "delete":
        # The column goes with its activity, and its address answers 404 at once (SOURCES.md M6).
        link.delete()
        messages.success(request, f"{link.title} was deleted.")
    else:
        link.hidden = change == "hide"
        link.save()
        messages.success(request, f"{link.title} is {'hidden' if link.hidden else 'shown'} now.")
    return redirect("course", lms_key=lms.key, course_pk=link.course_id)


@require_POST
@page
def copy_course(request: HttpRequest, lms: Lms, course_pk: int) -> HttpResponse:
    """Copy the course; its teachers teach the copy."""
    found = find_course(lms, course_pk)
    need_teacher(request, found)
    made = copying.copy_course(found)
    for enrolment in found.enrolments.filter(role=Enrolment.TEACHER):
        Enrolment.objects.create(course=made, person=enrolment.person, role=enrolment.role)
    messages.success(request, "The course was copied, without learners and grades.")
    return redirect("course", lms_key=lms.key, course_pk=made.pk)


@page
def roster(request: HttpRequest, lms: Lms, course_pk: int) -> HttpResponse:
    """Show who is in the course; a teacher may suspend learners and let them back in."""
    found = find_course(lms, course_pk)
    need_teacher(request, found)
    if request.method == "POST":
        enrolment = get_object_or_404(Enrolment, course=found, pk=request.POST.get("enrolment"))
        enrolment.suspended = not enrolment.suspended
        enrolment.save()
        return redirect("roster", lms_key=lms.key, course_pk=found.pk)
    enrolments = found.enrolments.select_related("person")
    return render(request, "sandbox_lms/roster.html", {"course": found, "enrolments": enrolments})


@page
def own_grades(request: HttpRequest, lms: Lms, course_pk: int) -> HttpResponse:
    """Show a learner's own grades."""
    found = find_course(lms, course_pk)
    person, _ = need_member(request, found)
    grades = gradebook.grades_of(found)
    items = LineItem.objects.filter(course=found, hidden=False)
    rows = [(item, grades.get((item.pk, person.pk))) for item in items]
    return render(request, "sandbox_lms/own_grades.html", {"course": found, "rows": rows})
