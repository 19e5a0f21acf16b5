"""Open edX (lti-consumer-xblock 11.4.4) as a platform. Scores are in `ags_rules.openedx`.

Sources: the released package (read; the module is named at each rule), SOURCES.md O and
SOURCES.md P. One block is one LTI configuration; its number stands in every service URL.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.utils.crypto import salted_hmac

from sandbox_lms import scopes
from sandbox_lms.ags_rules import openedx as rules
from sandbox_lms.ags_rules.common import Column, Record, Standing, Verdict
from sandbox_lms.personalities.base import INSTITUTION, MEMBERSHIP, SYSTEM, Options, Personality, Refusal

if TYPE_CHECKING:
    from sandbox_lms.models import Course, DeepLink, Launch, LineItem, Link, Lms, Person, Registration

ACCEPTED_TYPES = ("ltiResourceLink", "link", "html", "image")  # lti_1p3/constants.py


class OpenEdx(Personality):
    key = "openedx"
    label = "Open edX"
    family_code = "openedx"
    # lti_1p3/consumer.py: the login is a GET; nonce, state, redirect_uri and client_id are all it checks.
    login_method = "GET"
    required_auth = ("lti_message_hint", "login_hint", "nonce", "state", "redirect_uri", "client_id")
    auth_errors = "page"
    sends_azp = True
    # plugin/views.py: the launch data wait in the LMS cache under a key made of user and block, so a second
    # launch of the same user overwrites the first, and the hint works until it expires.
    hint_is_one_use = False
    has_dynamic_registration = False  # manual only; found no dynamic registration (SOURCES.md O)
    # rest_framework/authentication.py has no authenticate_header, so Django REST framework says 403.
    bad_token_status = 403

    def new_deployment_id(self, registration: Registration) -> str:
        return "1"  # models.py: deployment_id="1"

    def person_id(self, person: Person) -> str:
        return str(UUID(person.uuid))  # the external user id

    def context_id(self, course: Course) -> str:
        return f"course-v1:Sandbox+{course.uuid[:6].upper()}+2026"

    def new_resource_link_id(self, link: Link) -> str:
        # A usage key: holds "+" and "@", to be percent-encoded in queries (PR #607).
        run = self.context_id(link.course).removeprefix("course-v1:")
        return f"block-v1:{run}+type@lti_consumer+block@{uuid4().hex}"

    def line_items_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        return f"/api/lti_consumer/v1/lti/{link.pk if link else 0}/lti-ags"

    def line_item_path(self, item: LineItem) -> str:
        return f"/api/lti_consumer/v1/lti/{item.link_id or 0}/lti-ags/{item.pk}"

    def memberships_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        return f"/api/lti_consumer/v1/lti/{link.pk if link else 0}/memberships"

    def deep_link_return_path(self, deep_link: DeepLink) -> str:
        # The real one is found again by the teacher's session; ours carries it.
        return f"/api/lti_consumer/v1/lti/{deep_link.pk}/lti-dl/response?session={deep_link.token}"

    def roles(self, person: Person, role: str | None) -> list[str]:
        # lti_1p3/constants.py, LTI_1P3_ROLE_MAP
        if person.is_admin:
            return [SYSTEM + "Administrator", INSTITUTION + "Administrator", INSTITUTION + "Staff",
                    MEMBERSHIP + "Administrator", MEMBERSHIP + "Instructor"]  # fmt: skip
        base = [SYSTEM + "None", INSTITUTION + "None"]
        if role == "teacher":
            return [*base, MEMBERSHIP + "Administrator", MEMBERSHIP + "Instructor"]
        return [*base, MEMBERSHIP + "Learner"]

    def member_roles(self, person: Person, role: str) -> list[str]:
        return [MEMBERSHIP + ("Instructor" if role == "teacher" else "Learner")]

    def shares(self, registration: Registration, claim: str) -> bool:
        return Options.of(registration.lms).shares_people  # only if the course allows it (SOURCES.md O)

    def new_hint(self, person: Person, link: Link | None) -> str:
        return salted_hmac("sandbox_lms.openedx.hint", f"{person.pk}:{link.pk if link else 0}").hexdigest()

    def adjust_message(self, message: dict[str, Any], launch: Launch) -> None:
        # Of the resource link only the id is sent; a deep linking request carries no extra claims.
        link = message.get(scopes.CLAIM + "resource_link")
        if link is not None:
            message[scopes.CLAIM + "resource_link"] = {"id": link["id"]}
        if launch.message_type == scopes.DEEP_LINKING:
            for claim in ("launch_presentation", "tool_platform", "custom"):
                message.pop(scopes.CLAIM + claim, None)

    def deep_link_settings(self, deep_link: DeepLink) -> dict[str, Any]:
        # lti_1p3/deep_linking.py
        return {
            "accept_types": list(ACCEPTED_TYPES),
            "accept_presentation_document_targets": ["iframe", "window", "embed"],
            "accept_multiple": True,
            "auto_create": True,
            "title": "",
            "text": "",
        }

    def audiences(self, lms: Lms) -> Sequence[str] | None:
        return None  # ignores the assertion's aud and jti (SOURCES.md P)

    def claimed_scopes(self, registration: Registration, lms: Lms) -> list[str]:
        # lti_1p3/ags.py: declarative mode may only read line items.
        makes_items = Options.of(lms).ags_mode == "programmatic"
        return [scopes.LINE_ITEM if makes_items else scopes.LINE_ITEM_READ, scopes.RESULT_READ, scopes.SCORE]

    def refuse_media_type(self, method: str, accept: str, content_type: str, expected: str) -> Refusal | None:
        # parsers.py takes one media type (415); the line item views negotiate the answer (406), the score
        # and result views do not (IgnoreContentNegotiation).
        if method in ("POST", "PUT") and content_type.split(";")[0].strip() != expected:
            return self.service_error(415, f'Unsupported media type "{content_type}" in request.')
        negotiated = expected in (scopes.LINE_ITEM_TYPE, scopes.LINE_ITEMS_TYPE)
        if method == "GET" and negotiated and accept and "*/*" not in accept and expected not in accept:
            return self.service_error(406, "Could not satisfy the request Accept header.")
        return None

    def service_error(self, status: int, message: str) -> Refusal:
        return Refusal(status, json.dumps({"detail": message}), "application/json")

    def refuse_line_item(self, body: Mapping[str, Any], lms: Lms) -> Refusal | None:
        # rest_framework/serializers.py and models.LtiAgsLineItem: label 100, tag 50, an integer maximum.
        errors: dict[str, list[str]] = {}
        label, tag, maximum = body.get("label"), body.get("tag", ""), body.get("scoreMaximum")
        if not label:
            errors["label"] = ["This field is required."]
        elif len(str(label)) > 100:
            errors["label"] = ["Ensure this field has no more than 100 characters."]
        if len(str(tag)) > 50:
            errors["tag"] = ["Ensure this field has no more than 50 characters."]
        if isinstance(maximum, bool) or not isinstance(maximum, int | float) or maximum != int(maximum):
            errors["scoreMaximum"] = ["A valid integer is required."]
        if not errors and not body.get("resourceId") and not body.get("resourceLinkId"):
            errors["non_field_errors"] = ["Must provide at least one of resource_id or resource_link_id"]
        return Refusal(400, json.dumps(errors), "application/json") if errors else None

    def judge(
        self, body: bytes, column: Column, record: Record, standing: Standing, lms: Lms, result_url: str
    ) -> Verdict:
        drops_zero = Options.of(lms).zero == "omitted"
        return rules.judge_score(body, column, record, standing, drops_zero=drops_zero)

    def accept_item(self, item: dict[str, Any], *, alone: bool) -> tuple[dict[str, Any] | None, str]:
        if item.get("type") not in ACCEPTED_TYPES:
            return None, "The selected content type is not supported by Open edX."
        if len(str(item.get("title") or "")) > 255:
            return None, "Ensure this field has no more than 255 characters."
        if item.get("lineItem"):
            # The item is stored, its line item is not made: the block's own weight counts.
            kept = {key: value for key, value in item.items() if key != "lineItem"}
            return kept, "The block's own weight is the maximum; the line item of the answer is not used."
        return item, ""
