"""The first pages: which LMS, who am I, my courses."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sandbox_lms import personalities
from sandbox_lms.models import Course, Lms, Person
from sandbox_lms.pages.guard import page
from sandbox_lms.pages.people import find_person, sign_in, sign_out


def home(request: HttpRequest) -> HttpResponse:
    """Show the LMSs of this sandbox."""
    rows = [(lms, personalities.of(lms), find_person(request, lms)) for lms in Lms.objects.order_by("pk")]
    return render(request, "sandbox_lms/home.html", {"rows": rows, "tool_url": settings.SANDBOX_TOOL_URL})


@page
def front(request: HttpRequest, lms: Lms) -> HttpResponse:
    """Show the sign-in, or the courses of whoever is signed in."""
    person = find_person(request, lms)
    if person is None:
        context = {"people": list(_with_roles(lms)) if settings.SANDBOX_ONE_CLICK else []}
        return render(request, "sandbox_lms/sign_in.html", context)
    courses = Course.objects.filter(lms=lms)
    if not person.is_admin:
        courses = courses.filter(enrolments__person=person, enrolments__suspended=False)
    return render(request, "sandbox_lms/courses.html", {"courses": courses})


@require_POST
@page
def enter(request: HttpRequest, lms: Lms) -> HttpResponse:
    """Sign in with a password, or as anybody where one click is allowed."""
    if settings.SANDBOX_ONE_CLICK and "become" in request.POST:
        sign_in(request, get_object_or_404(Person, lms=lms, username=request.POST["become"]))
        return redirect("front", lms_key=lms.key)
    person = Person.objects.filter(lms=lms, username=request.POST.get("username", "")).first()
    if person is None or not person.has_password(request.POST.get("password", "")):
        messages.error(request, "This name and password do not fit. They are in the file sign-ins.json.")
        return redirect("front", lms_key=lms.key)
    sign_in(request, person)
    return redirect("front", lms_key=lms.key)


@require_POST
@page
def leave(request: HttpRequest, lms: Lms) -> HttpResponse:
    """Sign out, to sign in as somebody else."""
    sign_out(request, lms)
    return redirect("front", lms_key=lms.key)


def _with_roles(lms: Lms) -> list[tuple[Person, str]]:
    found = []
    for person in lms.people.prefetch_related("enrolments"):
        enrolment = person.enrolments.first()
        found.append((person, "admin" if person.is_admin else enrolment.role if enrolment else "guest"))
    return found
