"""The claims of a launch message; what an LMS changes about them is in its personality."""

from typing import Any

from django.conf import settings

from sandbox_lms import personalities, scopes
from sandbox_lms.models import Enrolment, Launch, LineItem
from sandbox_lms.scopes import CLAIM, DL_CLAIM


def build_message(launch: Launch, nonce: str) -> dict[str, Any]:
    """Return the whole payload of the id_token for `launch`."""
    lms, registration = launch.lms, launch.registration
    personality = personalities.of(lms)
    now = int(lms.now().timestamp())
    message: dict[str, Any] = {
        "iss": lms.issuer,
        "aud": registration.client_id,
        "sub": personality.person_id(launch.person),
        "iat": now,
        "exp": now + personality.id_token_lifetime_s,
        "nonce": nonce,
        CLAIM + "message_type": launch.message_type,
        CLAIM + "version": "1.3.0",
        CLAIM + "deployment_id": registration.deployment_id,
        CLAIM + "target_link_uri": launch.target_link_uri,
        CLAIM + "roles": personality.roles(launch.person, _role(launch)),
        CLAIM + "context": _context(launch),
        CLAIM + "tool_platform": _platform(launch),
        CLAIM + "launch_presentation": _presentation(launch),
        **_person(launch),
        **_services(launch),
    }
    if personality.sends_azp:
        message["azp"] = registration.client_id
    _add_subject(message, launch)
    if custom := _custom(launch):
        message[CLAIM + "custom"] = custom
    personality.adjust_message(message, launch)
    return _overridden(message, launch.claims)


def _overridden(message: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
    # Known bad payloads for the tool's tests: a value replaces a claim, null removes it.
    merged = {**message, **claims}
    return {key: value for key, value in merged.items() if not (key in claims and value is None)}


def _role(launch: Launch) -> str | None:
    enrolment = Enrolment.objects.filter(course=launch.course, person=launch.person).first()
    return enrolment.role if enrolment else None


def _context(launch: Launch) -> dict[str, Any]:
    personality = personalities.of(launch.lms)
    return {
        "id": personality.context_id(launch.course),
        "label": launch.course.label,
        "title": launch.course.title,
        "type": personality.context_types(),
    }


def _platform(launch: Launch) -> dict[str, str]:
    personality = personalities.of(launch.lms)
    return {
        "guid": f"{launch.lms.key}.{settings.ENVIRONMENT.host}",
        "name": launch.lms.name,
        "version": personality.version,
        "product_family_code": personality.family_code,
    }


def _presentation(launch: Launch) -> dict[str, str]:
    path = personalities.of(launch.lms).course_path(launch.course)
    return {
        "locale": launch.person.locale,
        "document_target": launch.presentation,
        "return_url": launch.lms.issuer + path,
    }


def _person(launch: Launch) -> dict[str, str]:
    personality, person, claims = personalities.of(launch.lms), launch.person, {}
    if personality.shares(launch.registration, "name"):
        claims = {"name": person.name, "given_name": person.given_name, "family_name": person.family_name}
    if personality.shares(launch.registration, "email"):
        claims["email"] = person.email
    return claims


def _services(launch: Launch) -> dict[str, Any]:
    lms, registration, course, link = launch.lms, launch.registration, launch.course, launch.link
    personality = personalities.of(lms)
    services: dict[str, Any] = {}
    if claimed := personality.claimed_scopes(registration, lms):
        endpoint: dict[str, Any] = {
            "scope": claimed,
            "lineitems": lms.issuer + personality.line_items_path(course, registration, link),
        }
        if (item := _only_column(launch)) is not None:
            endpoint["lineitem"] = lms.issuer + personality.line_item_path(item)
        services[scopes.AGS_ENDPOINT] = endpoint
    if scopes.MEMBERSHIP_READ in registration.scopes:
        services[scopes.NRPS_SERVICE] = {
            "context_memberships_url": lms.issuer + personality.memberships_path(course, registration, link),
            "service_versions": ["2.0"],
        }
    return services


def _only_column(launch: Launch) -> LineItem | None:
    if launch.link is None:
        return None
    columns = LineItem.objects.filter(course=launch.course, resource_link_id=launch.link.resource_link_id)
    found = list(columns.filter(registration=launch.registration)[:2])
    if launch.lms.personality == "openedx":
        # Issue #707: the claim names an arbitrary first item even when there are several.
        return found[0] if found else None
    # SOURCES.md M5: with two line items on one link the claim has no `lineitem`.
    return found[0] if len(found) == 1 else None


def _add_subject(message: dict[str, Any], launch: Launch) -> None:
    personality = personalities.of(launch.lms)
    if launch.link is not None:
        claim = {"id": launch.link.resource_link_id, "title": launch.link.title}
        if launch.link.text:
            claim["description"] = launch.link.text
        message[CLAIM + "resource_link"] = claim
    if launch.deep_link is not None:
        message[DL_CLAIM + "deep_linking_settings"] = {
            **personality.deep_link_settings(launch.deep_link),
            **launch.deep_link.settings,
            "deep_link_return_url": launch.lms.issuer + personality.deep_link_return_path(launch.deep_link),
        }
    if launch.for_user is not None:
        # SOURCES.md M10: the id alone, no name.
        message[CLAIM + "for_user"] = {"user_id": personality.person_id(launch.for_user)}


def _custom(launch: Launch) -> dict[str, Any]:
    own = dict(launch.link.custom) if launch.link is not None else {}
    if launch.for_user is not None and launch.link is not None:
        column = LineItem.objects.filter(link=launch.link).first()
        own |= column.submission_review.get("custom", {}) if column else {}
    personality = personalities.of(launch.lms)
    custom = personality.custom(launch.registration.custom, own, variables(launch))
    if launch.lms.personality == "moodle" and scopes.MEMBERSHIP_READ in launch.registration.scopes:
        # SOURCES.md M2: Moodle adds this one.
        path = personality.memberships_path(launch.course, launch.registration, launch.link)
        custom["context_memberships_url"] = launch.lms.issuer + path
    return custom


def variables(launch: Launch) -> dict[str, str | None]:
    """Return the substitution variables with a value here; others stay as they were written."""
    personality, person, course = personalities.of(launch.lms), launch.person, launch.course
    link = launch.link
    return {
        "User.id": personality.person_id(person),
        "User.username": person.username,
        "Person.name.given": person.given_name,
        "Person.name.family": person.family_name,
        "Person.name.full": person.name,
        "Person.email.primary": person.email,
        "Context.id": personality.context_id(course),
        "Context.title": course.title,
        "Context.label": course.label,
        "Context.id.history": personality.context_id(course.copied_from) if course.copied_from else "",
        # Known without a value: null in a deep linking request (SOURCES.md M2).
        "ResourceLink.id": link.resource_link_id if link else None,
        "ResourceLink.title": link.title if link else None,
        **_history(launch),
    }


def _history(launch: Launch) -> dict[str, str | None]:
    # SOURCES.md M2: not supported in Moodle, where it stays as it was written.
    if launch.lms.personality == "moodle" or launch.link is None:
        return {}
    return {"ResourceLink.id.history": ",".join(launch.link.history)}
