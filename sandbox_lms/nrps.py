"""The roster service (Names and Role Provisioning)."""

from typing import Any

from django.http import HttpResponse, JsonResponse

from sandbox_lms import scopes
from sandbox_lms.models import Course, Enrolment, LineItem, Link
from sandbox_lms.personalities import Options
from sandbox_lms.services import Call, own_url, read_page, service


@service("members")
def members(call: Call, *, course: int | None = None, block: int | None = None, **_: Any) -> HttpResponse:
    """Answer who is in the course; `role`, `limit`, `page` and `rlid` as the specification says."""
    if call.request.method != "GET":
        raise call.refuse(405, "Only GET is supported.")
    call.need(scopes.MEMBERSHIP_READ)
    call.expect(scopes.MEMBERS_TYPE)
    found = call.find_block(block).course if block is not None else call.find_course(course or 0)
    enrolments = [one for one in _enrolled(found) if _has_role(call, one, call.request.GET.get("role", ""))]
    # Canvas pages by itself, the others when asked (SOURCES.md M8, lti_consumer plugin/views.py).
    default = Options.of(call.lms).page_size if call.lms.personality == "canvas" else None
    page = read_page(call.request, len(enrolments), default)
    link = _named_link(call, found)
    body = {
        "id": own_url(call),
        "context": {
            "id": call.personality.context_id(found),
            "label": found.label,
            "title": found.title,
        },
        "members": [_member(call, one, link) for one in enrolments[page.start : page.stop]],
    }
    response = JsonResponse(body, content_type=scopes.MEMBERS_TYPE)
    if page.next_query:
        response["Link"] = f'<{own_url(call)}?{page.next_query}>; rel="next"'
    return response


def _enrolled(course: Course) -> list[Enrolment]:
    # Suspended people are left out, admins are not members (SOURCES.md M8).
    found = course.enrolments.filter(suspended=False, person__is_admin=False)
    return list(found.select_related("person").order_by("person__pk"))


def _has_role(call: Call, enrolment: Enrolment, role: str) -> bool:
    if not role:
        return True
    short = role.rsplit("#", 1)[-1]
    own = call.personality.member_roles(enrolment.person, enrolment.role)
    return any(name.rsplit("#", 1)[-1] == short for name in own)


def _named_link(call: Call, course: Course) -> Link | None:
    rlid = call.request.GET.get("rlid", "")
    if not rlid:
        return None
    link = Link.objects.filter(course=course, resource_link_id=rlid, registration=call.registration).first()
    if link is None:
        raise call.refuse(404, "There is no such resource link.")
    return link


def _member(call: Call, enrolment: Enrolment, link: Link | None) -> dict[str, Any]:
    person = enrolment.person
    member: dict[str, Any] = {
        "status": "Active",
        "user_id": call.personality.person_id(person),
        "roles": call.personality.member_roles(person, enrolment.role),
    }
    if call.lms.personality == "moodle":
        member["lis_person_sourcedid"] = ""
    if call.personality.shares(call.registration, "name"):
        member |= {"name": person.name, "given_name": person.given_name, "family_name": person.family_name}
    if call.personality.shares(call.registration, "email"):
        member["email"] = person.email
    if link is not None:
        member["message"] = [_message(call, link)]
    return member


def _message(call: Call, link: Link) -> dict[str, Any]:
    message: dict[str, Any] = {scopes.CLAIM + "message_type": scopes.RESOURCE_LINK}
    if call.lms.personality == "moodle" and LineItem.objects.filter(link=link).exists():
        # With rlid each member carries a basic outcome message (SOURCES.md M8).
        url = f"{call.lms.issuer}/mod/lti/service.php"
        message["https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome"] = {
            "lis_result_sourcedid": "",
            "lis_outcome_service_url": url,
        }
    return message
