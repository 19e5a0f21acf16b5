"""Admin API: LMSs, their people, courses, tools and faults."""

from typing import Any

from django.http import HttpRequest

from sandbox_lms import copying, faults, keys, registration, registration_tokens, seed, tool_keys
from sandbox_lms.api import shapes
from sandbox_lms.api.door import api
from sandbox_lms.lookup import find_course, find_lms
from sandbox_lms.models import Course, Enrolment, Lms, Person, Registration

Body = dict[str, Any]


@api("GET")
def health(request: HttpRequest, body: Body) -> Any:
    """Say that the sandbox answers."""
    return {"ok": True, "lms": Lms.objects.count()}


@api("GET", "POST")
def lms_list(request: HttpRequest, body: Body) -> Any:
    """List the LMSs, or make one of {key, personality, name?, options?, faults?, seeded?}."""
    if request.method == "GET":
        return [shapes.lms(row) for row in Lms.objects.order_by("pk")]
    if Lms.objects.filter(key=body["key"]).exists():
        raise ValueError(f"There is an LMS {body['key']!r} already. Reset it instead.")
    row = seed.create_lms(
        body["key"], str(body.get("name") or body["key"]), body["personality"],
        options=body.get("options"), seeded=body.get("seeded", True),
    )  # fmt: skip
    _set_faults(row, body.get("faults", {}))
    return shapes.lms(row)


@api("GET", "PATCH", "DELETE")
def lms_one(request: HttpRequest, body: Body, key: str) -> Any:
    """Show, change {name?, options?} or delete an LMS."""
    row = find_lms(key)
    if request.method == "DELETE":
        row.delete()
        return {"deleted": key}
    row.name = body.get("name", row.name)
    row.options = {**row.options, **body.get("options", {})}
    row.save()
    return shapes.lms(row)


@api("POST")
def reset(request: HttpRequest, body: Body, key: str) -> Any:
    """Empty an LMS, tools too, and fill it with the demo course again unless {seeded: false}."""
    row = find_lms(key)
    seed.empty(row)
    if body.get("seeded", True):
        seed.fill(row)
    return shapes.lms(row)


@api("POST")
def rotate_key(request: HttpRequest, body: Body, key: str) -> Any:
    """Make a new signing key; {keep_old: false} drops the former ones. Forgets kept tool keys too."""
    tool_keys.forget()
    return {"kid": keys.rotate(find_lms(key), keep_old=body.get("keep_old", True))}


@api("GET", "PUT")
def fault_profile(request: HttpRequest, body: Body, key: str) -> Any:
    """Show or replace the fault profile; the count of requests begins again."""
    row = find_lms(key)
    if request.method == "PUT":
        _set_faults(row, body)
    return row.faults


def _set_faults(row: Lms, values: Body) -> None:
    faults.FaultProfile.read(values)
    row.faults = values
    row.save()
    faults.restart(row)


@api("GET", "POST")
def people(request: HttpRequest, body: Body, key: str) -> Any:
    """List the people of an LMS, or add {username, given_name?, family_name?, is_admin?}."""
    row = find_lms(key)
    if request.method == "GET":
        return [shapes.person(one) for one in row.people.all()]
    made = seed.add_person(
        row, body["username"], body.get("given_name", body["username"].title()),
        body.get("family_name", ""), is_admin=body.get("is_admin", False),
    )  # fmt: skip
    return shapes.person(made)


@api("GET", "POST")
def courses(request: HttpRequest, body: Body, key: str) -> Any:
    """List the courses of an LMS, or make {title, label?}."""
    row = find_lms(key)
    if request.method == "POST":
        return shapes.course(Course.objects.create(lms=row, title=body["title"], label=body.get("label", "")))
    return [shapes.course(one) for one in row.courses.all()]


@api("POST")
def copy(request: HttpRequest, body: Body, key: str, pk: int) -> Any:
    """Copy a course {title?}."""
    return shapes.course(copying.copy_course(find_course(find_lms(key), pk), body.get("title", "")))


@api("GET", "POST")
def roster(request: HttpRequest, body: Body, key: str, pk: int) -> Any:
    """List who is in a course, or set {username, role: learner|teacher|null, suspended?}."""
    course = find_course(find_lms(key), pk)
    if request.method == "POST":
        person = Person.objects.get(lms=course.lms, username=body["username"])
        if body.get("role") is None:
            Enrolment.objects.filter(course=course, person=person).delete()
        else:
            values = {"role": body["role"], "suspended": body.get("suspended", False)}
            Enrolment.objects.update_or_create(course=course, person=person, defaults=values)
    return [shapes.enrolment(one) for one in course.enrolments.select_related("person__lms")]


@api("GET", "POST")
def registrations(request: HttpRequest, body: Body, key: str) -> Any:
    """List the tools, or register one by hand; see `registration.register_by_hand` for the fields."""
    row = find_lms(key)
    if request.method == "POST":
        return shapes.registration(registration.register_by_hand(row, body))
    return [shapes.registration(one) for one in row.registrations.all()]


@api("POST")
def invitation(request: HttpRequest, body: Body, key: str) -> Any:
    """Make a dynamic registration address for {tool_url}."""
    url, token = registration_tokens.invite(find_lms(key), body["tool_url"])
    return {"url": url, "registration_token": token.token, "client_id": token.client_id}


@api("PATCH", "DELETE")
def registration_one(request: HttpRequest, body: Body, key: str, pk: int) -> Any:
    """Activate ({state: active}), change {scopes?, claims?, custom?} or remove a tool."""
    row = Registration.objects.get(lms=find_lms(key), pk=pk)
    if request.method == "DELETE":
        row.delete()
        return {"deleted": pk}
    for name in ("scopes", "claims", "custom", "redirect_uris"):
        setattr(row, name, body.get(name, getattr(row, name)))
    row.save()
    if body.get("state") == Registration.ACTIVE:
        registration.activate(row)
    return shapes.registration(row)
