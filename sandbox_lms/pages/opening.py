"""Opening a tool: the page around the frame, and the form inside it that starts the login."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from sandbox_lms import launches, personalities
from sandbox_lms.headers import allow_posts_to_tool
from sandbox_lms.lookup import find_course, find_link
from sandbox_lms.models import DeepLink, LineItem, Lms, Person
from sandbox_lms.pages.guard import page
from sandbox_lms.pages.people import need_member, need_person, need_teacher

TARGETS = ("iframe", "window", "frame")


@page
def activity(request: HttpRequest, lms: Lms, link_pk: int) -> HttpResponse:
    """Show an activity: the tool in a frame."""
    link = find_link(lms, link_pk)
    _, role = need_member(request, link.course)
    context = {
        "link": link, "course": link.course, "teaches": role == "teacher",
        "storage": personalities.of(lms).storage_target,
    }  # fmt: skip
    return render(request, "sandbox_lms/activity.html", context)


@page
def open_link(request: HttpRequest, lms: Lms, link_pk: int) -> HttpResponse:
    """Send the browser to the tool's login for an activity."""
    link = find_link(lms, link_pk)
    person, _ = need_member(request, link.course)
    target = request.GET.get("target", "iframe")
    presentation = target if target in TARGETS else "iframe"
    return _send(request, lms, lambda: launches.start_link(person, link, presentation=presentation))


@page
def open_deep_link(request: HttpRequest, lms: Lms, token: str) -> HttpResponse:
    """Send the browser to the tool's login to choose content."""
    deep_link = get_object_or_404(DeepLink, token=token, course__lms=lms)
    if need_person(request, lms) != deep_link.person:
        return _message(request, lms, "This choice was begun by somebody else. Begin again from the course.")
    return _send(request, lms, lambda: launches.start_deep_link(deep_link))


@page
def review(request: HttpRequest, lms: Lms, course_pk: int, item_pk: int, person_pk: int) -> HttpResponse:
    """Show a learner's submission: the tool in a frame, opened with a submission review message."""
    course = find_course(lms, course_pk)
    need_teacher(request, course)
    item = get_object_or_404(LineItem.objects.select_related("link"), course=course, pk=item_pk)
    learner = get_object_or_404(Person, lms=lms, pk=person_pk)
    context = {
        "course": course, "item": item, "learner": learner, "storage": personalities.of(lms).storage_target,
    }  # fmt: skip
    return render(request, "sandbox_lms/review.html", context)


@page
def open_review(request: HttpRequest, lms: Lms, course_pk: int, item_pk: int, person_pk: int) -> HttpResponse:
    """Send the browser to the tool's login to review a submission."""
    course = find_course(lms, course_pk)
    teacher = need_teacher(request, course)
    item = get_object_or_404(LineItem.objects.select_related("link"), course=course, pk=item_pk)
    learner = get_object_or_404(Person, lms=lms, pk=person_pk)
    link = item.link
    if link is None:
        return _message(request, lms, "This column belongs to no activity, so there is nothing to open.")
    return _send(request, lms, lambda: launches.start_review(teacher, link, learner, item.submission_review))


@page
def storage_frame(request: HttpRequest, lms: Lms) -> HttpResponse:
    """The sibling frame that keeps platform storage (Canvas: post_message_forwarding)."""
    return render(request, "sandbox_lms/storage_frame.html")


def _send(request: HttpRequest, lms: Lms, start: launches.Starter) -> HttpResponse:
    try:
        login = start()
    except launches.LaunchRefused as refused:
        return _message(request, lms, str(refused))
    context = {
        "method": login.method.lower(),
        "url": login.url,
        "fields": login.fields,
        "title": "Opening the tool",
    }
    return allow_posts_to_tool(render(request, "sandbox_lms/send_form.html", context))


def _message(request: HttpRequest, lms: Lms, message: str) -> HttpResponse:
    return render(request, "sandbox_lms/frame_message.html", {"lms": lms, "message": message}, status=400)
