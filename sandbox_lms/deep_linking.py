"""Deep linking: checking the tool's answer and making activities of its items. Pages are elsewhere."""

import secrets
from typing import Any

import jwt
from django.db import transaction

from sandbox_lms import personalities, tool_keys
from sandbox_lms.models import Course, DeepLink, LineItem, Link, Lms, Person, Registration
from sandbox_lms.personalities import Options
from sandbox_lms.scopes import CLAIM, DL_CLAIM


class AnswerRefused(Exception):
    """The deep linking response is refused; the text says why, as the tool's author needs it."""


def begin(course: Course, person: Person, registration: Registration, *, saves_at_once: bool | None = None,
          settings: dict[str, Any] | None = None) -> DeepLink:  # fmt: skip
    """Return a new conversation; by default the personality decides whether the teacher confirms."""
    if saves_at_once is None:
        saves_at_once = personalities.of(course.lms).deep_link_saves_at_once
    return DeepLink.objects.create(
        token=secrets.token_urlsafe(24),
        course=course,
        person=person,
        registration=registration,
        saves_at_once=saves_at_once,
        settings=settings or {},
    )


def receive(deep_link: DeepLink, token: str) -> None:
    """Take the tool's answer: check the JWT, judge each item, and save the links where that is at once."""
    lms, registration = deep_link.course.lms, deep_link.registration
    claims = _check(lms, registration, deep_link, token)
    found = claims.get(DL_CLAIM + "content_items") or []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise AnswerRefused("content_items must be a list of objects.")
    deep_link.said = {
        key: str(claims[DL_CLAIM + key]) for key in ("msg", "log", "errormsg", "errorlog") if claims.get(DL_CLAIM + key)
    }
    deep_link.items, deep_link.problems = [], []
    for item in found:
        kept, problem = personalities.of(lms).accept_item(item, alone=len(found) == 1)
        if kept is not None:
            deep_link.items.append(kept)
        if problem:
            refused = kept is None
            deep_link.problems.append({"title": item.get("title", ""), "text": problem, "refused": refused})
    deep_link.state = DeepLink.RETURNED
    deep_link.save()
    if deep_link.saves_at_once and deep_link.items:
        save(deep_link)


def _check(lms: Lms, registration: Registration, deep_link: DeepLink, token: str) -> dict[str, Any]:
    if deep_link.state != DeepLink.OPEN:
        raise AnswerRefused("This choice was sent already.")
    _check_issuer(registration, token)
    try:
        # No leeway: an iat of this very second on a faster clock is refused (SOURCES.md M4).
        claims = tool_keys.decode(registration, token)
    except tool_keys.ToolKeyProblem as problem:
        raise AnswerRefused(str(problem)) from problem
    if lms.personality == "moodle":
        return claims  # not checked: aud, nonce, deployment_id, message_type (SOURCES.md M4)
    if claims.get(CLAIM + "message_type") != "LtiDeepLinkingResponse":
        raise AnswerRefused("message_type must be LtiDeepLinkingResponse.")
    if lms.personality == "openedx":
        return claims  # key_handlers.py: verify_aud is off
    audience = claims.get("aud")
    if lms.issuer not in (audience if isinstance(audience, list) else [audience]):
        raise AnswerRefused(f"aud must be the issuer, {lms.issuer}.")
    if not claims.get("nonce"):
        raise AnswerRefused("nonce is missing.")  # Canvas uses it as the jti
    if claims.get(CLAIM + "deployment_id") != registration.deployment_id:
        raise AnswerRefused("deployment_id is another one than in the request.")
    sent = personalities.of(lms).deep_link_settings(deep_link).get("data")
    if sent is not None and claims.get(DL_CLAIM + "data") != sent:
        raise AnswerRefused("data must be returned unchanged.")
    return claims


def _check_issuer(registration: Registration, token: str) -> None:
    try:
        issuer = jwt.decode(token, options={"verify_signature": False}).get("iss")
    except jwt.InvalidTokenError as error:
        raise AnswerRefused(f"The JWT cannot be read: {error}") from error
    if issuer != registration.client_id:
        raise AnswerRefused("Consumer key is incorrect: iss must be the client_id.")


@transaction.atomic
def save(deep_link: DeepLink) -> list[Link]:
    """Make one link of each item, each with a line item of its own where the LMS gives one."""
    if deep_link.state == DeepLink.SAVED:
        return []
    course, registration = deep_link.course, deep_link.registration
    links: list[Link] = []
    for item in deep_link.items:
        if item.get("type") == "ltiResourceLink":
            first = links[0] if links and course.lms.personality == "openedx" else None
            links.append(make_link(course, registration, item, block=first))
    deep_link.state = DeepLink.SAVED
    deep_link.save()
    return links


@transaction.atomic
def make_link(course: Course, registration: Registration, item: dict[str, Any], *, block: Link | None = None) -> Link:
    """Make an activity from a content item; `block` is the Open edX block that it becomes a part of."""
    link = Link.objects.create(
        course=course,
        registration=registration,
        title=str(item.get("title") or registration.name)[:255],
        text=str(item.get("text") or ""),
        url=str(item.get("url") or ""),
        icon=_icon_url(item.get("icon")),
        custom=dict(item.get("custom") or {}),
    )
    personality = personalities.of(course.lms)
    link.resource_link_id = block.resource_link_id if block else personality.new_resource_link_id(link)
    link.save()
    if block is None:
        _make_column(link, item)
    return link


def _icon_url(icon: object) -> str:
    return str(icon.get("url") or "")[:1000] if isinstance(icon, dict) else ""


def _make_column(link: Link, item: dict[str, Any]) -> None:
    asked = item.get("lineItem")
    lms = link.course.lms
    if lms.personality == "openedx":
        # The block has one line item with its weight, unless the tool makes its own (SOURCES.md O).
        if Options.of(lms).ags_mode == "declarative":
            _create_column(link, {"scoreMaximum": asked.get("scoreMaximum", 1) if asked else 1})
    elif isinstance(asked, dict):
        # No lineItem: an activity without a grade (SOURCES.md M4).
        _create_column(link, asked)


def _create_column(link: Link, asked: dict[str, Any]) -> LineItem:
    return LineItem.objects.create(
        course=link.course,
        registration=link.registration,
        link=link,
        resource_link_id=link.resource_link_id,
        # The grade item takes the activity's title; the item's label is ignored (SOURCES.md M4).
        label=link.title,
        maximum=float(asked.get("scoreMaximum") or 100),
        resource_id=str(asked.get("resourceId") or ""),
        tag=str(asked.get("tag") or ""),
        coupled=True,
        submission_review=asked.get("submissionReview") or {},
    )
