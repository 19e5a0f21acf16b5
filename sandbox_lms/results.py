"""The result service: what a tool reads back, with each LMS's own idea of it."""

import json
from datetime import UTC
from typing import Any

from django.http import HttpResponse

from sandbox_lms import scopes
from sandbox_lms.models import Grade, LineItem
from sandbox_lms.personalities import Options
from sandbox_lms.services import Call, own_url, read_page, service


@service("results")
def results(call: Call, *, item: int, user: str = "", **_: Any) -> HttpResponse:
    """Answer the results of a line item, of one user if the address or the query says so."""
    if call.request.method != "GET":
        raise call.refuse(405, "Only GET is supported.")
    call.need(scopes.RESULT_READ)
    call.expect(scopes.RESULTS_TYPE)
    found = call.find_item(item)
    grades = found.grades.select_related("person").order_by("pk")
    if wanted := user or call.request.GET.get("user_id", ""):
        person = call.find_person(wanted)
        grades = grades.filter(person=person) if person else grades.none()
    described = [one for grade in grades if (one := describe(call, found, grade)) is not None]
    # Moodle and Open edX page only when asked (SOURCES.md M7).
    pages = call.lms.personality not in ("moodle", "openedx")
    page = read_page(call.request, len(described), Options.of(call.lms).page_size if pages else None)
    body = json.dumps(described[page.start : page.stop])
    response = HttpResponse(body, content_type=scopes.RESULTS_TYPE)
    if page.next_query:
        response["Link"] = f'<{own_url(call)}?{page.next_query}>; rel="next"'
    return response


def describe(call: Call, item: LineItem, grade: Grade) -> dict[str, Any] | None:
    """Return the JSON of one result, None when this LMS leaves it out."""
    score, maximum = _value(call, item, grade)
    if score is None and call.lms.personality in ("moodle", "openedx"):
        return None  # erased grades are absent (SOURCES.md M7); score_given__isnull=False (views.py)
    of = call.lms.issuer + call.personality.line_item_path(item)
    path, _, query = of.partition("?")
    user_id = call.personality.person_id(grade.person)
    described: dict[str, Any] = {
        "id": f"{path}/results/{user_id}" + (f"?{query}" if query else ""),
        "scoreOf": of,
        "userId": user_id,
        "resultMaximum": maximum,
        "comment": grade.comment,
    }
    omits_zero = Options.of(call.lms).zero == "omitted" and call.lms.personality == "moodle"
    if not (omits_zero and score == 0):
        # Older Moodle tested with !empty and left resultScore out for 0 (SOURCES.md T).
        described["resultScore"] = score
    if call.lms.personality == "moodle" and grade.stamp is not None:
        described["timestamp"] = grade.stamp.astimezone(UTC).isoformat(timespec="milliseconds")
    return described


def _value(call: Call, item: LineItem, grade: Grade) -> tuple[float | None, float]:
    if call.lms.personality in ("canvas", "openedx"):
        # The last posted numbers as they came (Lti::Result, LtiAgsScore); Open edX gives 1 for a maximum
        # of 0.
        return grade.given, grade.given_maximum or (1 if call.lms.personality == "openedx" else item.maximum)
    # Moodle reads the gradebook itself, so a teacher's override is what comes back.
    return grade.shown, item.maximum
