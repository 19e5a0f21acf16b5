"""Admin API: launches, deep links, links, columns, grades and the log of scores."""

from typing import Any

from django.http import HttpRequest

from sandbox_lms import deep_linking, gradebook, launches
from sandbox_lms.api import shapes
from sandbox_lms.api.door import api
from sandbox_lms.lookup import find_course, find_link, find_lms
from sandbox_lms.models import DeepLink, LineItem, Lms, Person, Registration

Body = dict[str, Any]


@api("POST")
def launch(request: HttpRequest, body: Body, key: str) -> Any:
    """Start a launch of {person, link, for_user?, presentation?, claims?}.

    `for_user` makes it a submission review. `claims` replaces claims of the message, null removes one.
    """
    lms = find_lms(key)
    person, link = _person(lms, body["person"]), find_link(lms, body["link"])
    try:
        if body.get("for_user"):
            column = LineItem.objects.filter(link=link).first()
            review = column.submission_review if column else {}
            return shapes.login(launches.start_review(person, link, _person(lms, body["for_user"]), review))
        started = launches.start_link(
            person, link, presentation=body.get("presentation", "iframe"), claims=body.get("claims")
        )
    except launches.LaunchRefused as refused:
        raise ValueError(str(refused)) from refused
    return shapes.login(started)


@api("POST")
def start_deep_link(request: HttpRequest, body: Body, key: str) -> Any:
    """Start deep linking for {person, course, registration, saves_at_once?, settings?, claims?}."""
    lms = find_lms(key)
    deep_link = deep_linking.begin(
        find_course(lms, body["course"]),
        _person(lms, body["person"]),
        Registration.objects.get(lms=lms, pk=body["registration"]),
        saves_at_once=body.get("saves_at_once", True),
        settings=body.get("settings"),
    )
    try:
        started = launches.start_deep_link(deep_link, claims=body.get("claims"))
    except launches.LaunchRefused as refused:
        raise ValueError(str(refused)) from refused
    return {**shapes.login(started), "id": deep_link.pk}


@api("GET", "POST")
def deep_link(request: HttpRequest, body: Body, key: str, pk: int) -> Any:
    """Show what came back; a POST saves it as the teacher's click would."""
    found = DeepLink.objects.get(course__lms=find_lms(key), pk=pk)
    if request.method == "POST":
        deep_linking.save(found)
    return shapes.deep_link(found)


@api("GET", "POST")
def links(request: HttpRequest, body: Body, key: str, pk: int) -> Any:
    """List the activities of a course, or make one of {registration, item} without deep linking."""
    course = find_course(find_lms(key), pk)
    if request.method == "POST":
        tool = Registration.objects.get(lms=course.lms, pk=body["registration"])
        return shapes.link(deep_linking.make_link(course, tool, body["item"]))
    return [shapes.link(one) for one in course.links.all()]


@api("PATCH", "DELETE")
def link_one(request: HttpRequest, body: Body, key: str, pk: int) -> Any:
    """Change {hidden?, past_due?, custom?} or delete an activity."""
    found = find_link(find_lms(key), pk)
    if request.method == "DELETE":
        found.delete()
        return {"deleted": pk}
    for name in ("hidden", "past_due", "custom"):
        setattr(found, name, body.get(name, getattr(found, name)))
    found.save()
    return shapes.link(found)


@api("GET")
def grade_table(request: HttpRequest, body: Body, key: str, pk: int) -> Any:
    """Show the gradebook: columns, learners, grades."""
    course = find_course(find_lms(key), pk)
    return {
        "columns": [shapes.line_item(item) for item in course.line_items.all()],
        "learners": [shapes.person(person) for person in gradebook.learners_of(course)],
        "grades": [shapes.grade(grade) for grade in gradebook.grades_of(course).values()],
    }


@api("PATCH", "DELETE")
def column(request: HttpRequest, body: Body, key: str, pk: int) -> Any:
    """Change {locked?, attempts_allowed?, maximum?} or delete a column."""
    item = LineItem.objects.get(course__lms=find_lms(key), pk=pk)
    if request.method == "DELETE":
        item.delete()
        return {"deleted": pk}
    for name in ("locked", "attempts_allowed", "maximum"):
        setattr(item, name, body.get(name, getattr(item, name)))
    item.save()
    return shapes.line_item(item)


@api("POST")
def grade(request: HttpRequest, body: Body, key: str, pk: int, username: str) -> Any:
    """Do what a teacher does to one grade: {shown: number|null}, {locked: bool}, {comment}."""
    lms = find_lms(key)
    item, person = LineItem.objects.get(course__lms=lms, pk=pk), _person(lms, username)
    if "shown" in body:
        gradebook.override(item, person, body["shown"], by="admin API", comment=body.get("comment"))
    if "locked" in body:
        gradebook.set_locked(item, person, bool(body["locked"]), by="admin API")
    return shapes.grade(item.grades.get(person=person))


@api("GET", "DELETE")
def score_posts(request: HttpRequest, body: Body, key: str) -> Any:
    """List the score posts after the id `?after=`, or forget them all."""
    lms = find_lms(key)
    if request.method == "DELETE":
        return {"deleted": lms.score_posts.all().delete()[0]}
    found = lms.score_posts.filter(pk__gt=int(request.GET.get("after", 0)))
    return [shapes.score_post(post) for post in found]


def _person(lms: Lms, username: str) -> Person:
    return Person.objects.get(lms=lms, username=username)
