"""Who is signed in, and who may see a page. One browser may be somebody in each LMS."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from sandbox_lms.models import Course, Enrolment, Lms, Person

SESSION_KEY = "people"


class SignInNeeded(Exception):
    """Nobody is signed in at this LMS."""

    def __init__(self, lms: Lms) -> None:
        super().__init__(f"Sign in at {lms.name} first.")
        self.lms = lms


def sign_in(request: HttpRequest, person: Person) -> None:
    """Make `person` the one who uses this browser at their LMS."""
    request.session[SESSION_KEY] = {**request.session.get(SESSION_KEY, {}), person.lms.key: person.pk}


def sign_out(request: HttpRequest, lms: Lms) -> None:
    people = dict(request.session.get(SESSION_KEY, {}))
    people.pop(lms.key, None)
    request.session[SESSION_KEY] = people


def find_person(request: HttpRequest, lms: Lms) -> Person | None:
    """Return who is signed in at `lms`."""
    pk = request.session.get(SESSION_KEY, {}).get(lms.key)
    return Person.objects.filter(lms=lms, pk=pk).first() if pk else None


def need_person(request: HttpRequest, lms: Lms) -> Person:
    """Return who is signed in at `lms`; raises SignInNeeded."""
    person = find_person(request, lms)
    if person is None:
        raise SignInNeeded(lms)
    return person


def need_admin(request: HttpRequest, lms: Lms) -> Person:
    person = need_person(request, lms)
    if not person.is_admin:
        raise PermissionDenied("Only an admin of this LMS may do this.")
    return person


def role_in(person: Person, course: Course) -> str:
    """Return "teacher", "learner" or "" for somebody; an admin teaches everywhere."""
    if person.is_admin:
        return Enrolment.TEACHER
    enrolment = Enrolment.objects.filter(course=course, person=person).first()
    return enrolment.role if enrolment and not enrolment.suspended else ""


def need_member(request: HttpRequest, course: Course) -> tuple[Person, str]:
    """Return who is signed in and their role in `course`."""
    person = need_person(request, course.lms)
    role = role_in(person, course)
    if not role:
        raise PermissionDenied("You are not in this course.")
    return person, role


def need_teacher(request: HttpRequest, course: Course) -> Person:
    person, role = need_member(request, course)
    if role != Enrolment.TEACHER:
        raise PermissionDenied("Only a teacher of this course may do this.")
    return person
