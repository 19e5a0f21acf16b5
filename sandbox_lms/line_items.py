"""The line item service: list, create, read, change, delete."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from sandbox_lms import scopes
from sandbox_lms.ags_rules.common import parse_object, read_number
from sandbox_lms.models import Course, LineItem, Link
from sandbox_lms.personalities import Options
from sandbox_lms.services import Call, CallRefused, own_url, read_page, service

READERS = (scopes.LINE_ITEM, scopes.LINE_ITEM_READ)


@service("line_items")
def collection(call: Call, *, course: int | None = None, block: int | None = None, **_: Any) -> HttpResponse:
    """Answer the line items of a course, or (Open edX) of one block."""
    link = call.find_block(block) if block is not None else None
    found = link.course if link is not None else call.find_course(course or 0)
    if call.request.method == "GET":
        _need_reader(call)
        call.expect(scopes.LINE_ITEMS_TYPE)
        return _list(call, found, link)
    if call.request.method == "POST":
        call.need(scopes.LINE_ITEM)
        call.expect(scopes.LINE_ITEM_TYPE)
        return _create(call, found, link)
    raise call.refuse(405, "Invalid request method specified.")


@service("line_items")
def single(call: Call, *, item: int, **_: Any) -> HttpResponse:
    """Answer, change or delete one line item."""
    method = call.request.method
    if method == "GET":
        _need_reader(call)
    else:
        call.need(scopes.LINE_ITEM)
    call.expect(scopes.LINE_ITEM_TYPE)
    found = call.find_item(item)
    if method == "GET":
        return JsonResponse(describe(call, found), content_type=scopes.LINE_ITEM_TYPE)
    if method == "PUT":
        return _change(call, found)
    if method == "DELETE":
        return _delete(call, found)
    raise call.refuse(405, "Invalid request method specified.")


def describe(call: Call, item: LineItem) -> dict[str, Any]:
    """Return the JSON of a line item."""
    described: dict[str, Any] = {
        "id": call.lms.issuer + call.personality.line_item_path(item),
        "label": item.label,
        "scoreMaximum": int(item.maximum) if item.maximum == int(item.maximum) else item.maximum,
        "resourceId": item.resource_id,
        "tag": item.tag,
    }
    if item.resource_link_id:
        described["resourceLinkId"] = item.resource_link_id
        described["ltiLinkId"] = item.resource_link_id
    if item.submission_review:
        described["submissionReview"] = item.submission_review
    return described


def _need_reader(call: Call) -> None:
    # Moodle wants lineitem.readonly for reading, even with the full scope (hypothesis, SOURCES.md P).
    call.need(*((scopes.LINE_ITEM_READ,) if call.lms.personality == "moodle" else READERS))


def _list(call: Call, course: Course, link: Link | None) -> HttpResponse:
    items = LineItem.objects.filter(course=course, registration=call.registration).select_related("link")
    if link is not None:
        items = items.filter(link=link)
    query = call.request.GET
    # Sakai's code reads lti_link_id where the specification says resource_link_id (SOURCES.md P).
    filter_name = "lti_link_id" if call.lms.personality == "sakai" else "resource_link_id"
    for name, field in (("tag", "tag"), ("resource_id", "resource_id"), (filter_name, "resource_link_id")):
        if query.get(name):
            items = items.filter(**{field: query[name]})
    # Moodle and Open edX page only when asked (SOURCES.md M7).
    pages = call.lms.personality not in ("moodle", "openedx")
    page = read_page(call.request, items.count(), Options.of(call.lms).page_size if pages else None)
    body = json.dumps([describe(call, item) for item in items[page.start : page.stop]])
    response = HttpResponse(body, content_type=scopes.LINE_ITEMS_TYPE)
    if page.next_query:
        response["Link"] = _link_header(call, page.next_query)
    return response


def _link_header(call: Call, query: str) -> str:
    url = f"{own_url(call)}?{query}"
    if call.lms.personality == "moodle":
        # Typographic quotes and &amp; as measured (SOURCES.md M7): no client can follow it. The
        # bytes are UTF-8 read as Latin-1, which is how they travel in a header.
        broken = f"<{url.replace('&', '&amp;')}>; rel=“next”"
        return broken.encode().decode("latin-1")
    return f'<{url}>; rel="next"'


def _create(call: Call, course: Course, link: Link | None) -> HttpResponse:
    body = _read(call)
    coupled_to = str(body.get("resourceLinkId") or "")
    if coupled_to and not _owns_link(call, course, coupled_to):
        # Foreign resourceLinkId: Moodle 403, Canvas 404 (line_items_controller.rb RecordNotFound).
        raise call.refuse(403 if call.lms.personality == "moodle" else 404, "Invalid resourceLinkId supplied.")
    item = LineItem.objects.create(
        course=course, registration=call.registration, link=link or _link_of(call, course, coupled_to),
        resource_link_id=coupled_to, label=str(body["label"])[:255], maximum=float(body["scoreMaximum"]),
        resource_id=str(body.get("resourceId") or "")[:255], tag=str(body.get("tag") or "")[:255],
        starts=str(body.get("startDateTime") or "")[:40], ends=str(body.get("endDateTime") or "")[:40],
    )  # fmt: skip
    return JsonResponse(describe(call, item), status=201, content_type=scopes.LINE_ITEM_TYPE)


def _read(call: Call) -> dict[str, Any]:
    body = parse_object(call.request.body)
    if body is None:
        raise call.refuse(400, "The body is not a JSON object.")
    if (refusal := call.personality.refuse_line_item(body, call.lms)) is not None:
        raise CallRefused(refusal)
    if read_number(body["scoreMaximum"]) is None:
        raise call.refuse(400, "scoreMaximum must be a finite number.")
    return body


def _link_of(call: Call, course: Course, resource_link_id: str) -> Link | None:
    if not resource_link_id:
        return None
    links = Link.objects.filter(course=course, registration=call.registration)
    return links.filter(resource_link_id=resource_link_id).first()


def _owns_link(call: Call, course: Course, resource_link_id: str) -> bool:
    # Open edX stores any usage key; a score there is then "outside allowed scope" and stays unpublished
    # (signals.py).
    return call.lms.personality == "openedx" or _link_of(call, course, resource_link_id) is not None


def _change(call: Call, item: LineItem) -> HttpResponse:
    body = _read(call)
    old_maximum, item.maximum = item.maximum, float(body["scoreMaximum"])
    item.label = str(body["label"])[:255]
    item.resource_id = str(body.get("resourceId") or item.resource_id)[:255]
    item.tag = str(body.get("tag") or item.tag)[:255]
    item.save()
    if old_maximum and item.maximum != old_maximum:
        # A new maximum rescales the grades that are there (SOURCES.md M7).
        for grade in item.grades.exclude(shown=None):
            grade.shown = (grade.shown or 0) * item.maximum / old_maximum
            grade.save()
    return JsonResponse(describe(call, item), content_type=scopes.LINE_ITEM_TYPE)


def _delete(call: Call, item: LineItem) -> HttpResponse:
    status = call.personality.coupled_delete_status
    if item.coupled and status != 204:
        raise call.refuse(status, "A coupled line item cannot be deleted.")
    # Moodle obeys and leaves the activity ungraded (SOURCES.md M7).
    item.delete()
    return HttpResponse(status=204)


def not_a_service(request: HttpRequest, **_: Any) -> HttpResponse:
    """Answer a service address that nothing handles: naive appending of /scores after a query ends here."""
    return HttpResponse("[]", status=400, reason="No handler found", content_type="application/json")
