"""Moodle 4.5 as a platform: ids, paths, claims, registration. Scores are in `ags_rules.moodle`.

Source of every rule: SOURCES.md M1 to M10 (measured in 4.5.6), its section named in the comment.
"""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.crypto import salted_hmac

from sandbox_lms import custom, scopes
from sandbox_lms.ags_rules import moodle as rules
from sandbox_lms.ags_rules.common import Column, Record, Standing, Verdict
from sandbox_lms.personalities.base import INSTITUTION, MEMBERSHIP, SYSTEM, Personality, Refusal

if TYPE_CHECKING:
    from sandbox_lms.models import Course, DeepLink, Launch, LineItem, Link, Lms, Person, Registration

LETTERS = string.ascii_letters + string.digits


class Moodle(Personality):
    key = "moodle"
    label = "Moodle"
    family_code = "moodle"
    version = "2024100706"
    # M2: prompt, response_mode, nonce and hint are required; errors are POSTed without an id_token.
    required_auth = (*Personality.required_auth, "prompt")
    id_token_lifetime_s = 60
    # M5: the token answer says text/html; scopes that are not permitted are dropped in silence.
    media_type_of_tokens = "text/html; charset=utf-8"
    missing_scope_status = 401
    deep_link_saves_at_once = False  # M4: the teacher saves the form, or presses "Save and return to course"

    def new_client_id(self, lms: Lms) -> str:
        return "".join(secrets.choice(LETTERS) for _ in range(15))

    def new_deployment_id(self, registration: Registration) -> str:
        return str(registration.pk)  # M2: the tool's type id, known at once (M3)

    def person_id(self, person: Person) -> str:
        return str(person.pk)  # M2: the numeric user id as a string

    def person_filter(self, given: str) -> dict[str, Any] | None:
        return {"pk": int(given)} if given.isdigit() and len(given) < 18 else None

    def context_id(self, course: Course) -> str:
        return str(course.pk)

    def new_resource_link_id(self, link: Link) -> str:
        return str(link.pk)

    # M5: the tool's type id is in the query, so `/scores` must go before it.
    def line_items_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        return f"/mod/lti/services.php/{course.pk}/lineitems?type_id={registration.pk}"

    def line_item_path(self, item: LineItem) -> str:
        return f"/mod/lti/services.php/{item.course_id}/lineitems/{item.pk}/lineitem?type_id={item.registration_id}"

    def memberships_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        # M8: no query of its own.
        return f"/mod/lti/services.php/CourseSection/{course.pk}/bindings/{registration.pk}/memberships"

    def deep_link_return_path(self, deep_link: DeepLink) -> str:
        # The session key in the query is what ties the answer to the teacher; it must not be logged.
        course, tool = deep_link.course_id, deep_link.registration_id
        return f"/mod/lti/contentitem_return.php?course={course}&id={tool}&sesskey={deep_link.token}"

    def roles(self, person: Person, role: str | None) -> list[str]:
        # M2: Learner or Instructor only; admins get three.
        if person.is_admin:
            return [MEMBERSHIP + "Instructor", INSTITUTION + "Administrator", SYSTEM + "Administrator"]
        return [MEMBERSHIP + ("Instructor" if role == "teacher" else "Learner")]

    def member_roles(self, person: Person, role: str) -> list[str]:
        return ["Instructor" if role == "teacher" else "Learner"]  # M8: short names, not URIs

    def context_types(self) -> list[str]:
        return ["CourseSection"]  # M2: the short form, not a URI

    def message_hint(self, launch: Launch) -> str:
        # M2: a JSON text with quotes in it.
        return json.dumps({"cmid": launch.link_id or 0, "launchid": f"ltilaunch_{launch.hint}"})

    def read_message_hint(self, value: str) -> str:
        try:
            hint = json.loads(value)
        except ValueError:
            return ""
        return str(hint.get("launchid", "")).removeprefix("ltilaunch_") if isinstance(hint, dict) else ""

    def adjust_message(self, message: dict[str, Any], launch: Launch) -> None:
        message[scopes.CLAIM + "lti1p1"] = {"user_id": self.person_id(launch.person)}
        message[scopes.CLAIM + "ext"] = {"lms": "moodle-2"}
        if self.shares(launch.registration, "name"):
            message[scopes.CLAIM + "ext"]["user_username"] = launch.person.username
        message[scopes.CLAIM + "lis"] = {"person_sourcedid": "", "course_section_sourcedid": ""}
        # M1: the way back carries the user's session key, so that it must not be logged.
        key = salted_hmac("sandbox_lms.moodle.sesskey", str(launch.person_id)).hexdigest()[:10]
        message[scopes.CLAIM + "launch_presentation"]["return_url"] += f"?sesskey={key}"
        link = message.get(scopes.CLAIM + "resource_link")
        if link is not None:
            link.setdefault("description", "")  # M2: may be ""

    def custom(
        self, tool: Mapping[str, Any], link: Mapping[str, Any], variables: Mapping[str, str | None]
    ) -> dict[str, Any]:
        return custom.expand_as_moodle(tool, link, variables)

    def deep_link_settings(self, deep_link: DeepLink) -> dict[str, Any]:
        # M4: links only, no `data`.
        return {
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["frame", "iframe", "window"],
            "accept_multiple": True,
            "auto_create": False,
        }

    def refuse_registration(self, body: Mapping[str, Any]) -> Refusal | None:
        # M3: plain text and 400; empty counts as missing (SOURCES.md P).
        if "id_token" not in (body.get("response_types") or []):
            return Refusal(400, "missing required attribute response_types")
        for key in ("initiate_login_uri", "redirect_uris", "client_name", "jwks_uri"):
            if not body.get(key):
                return Refusal(400, f"missing required attribute {key}")
        if body.get("token_endpoint_auth_method") != "private_key_jwt":
            return Refusal(400, "invalid_token_endpoint_auth_method")
        tool = body.get(scopes.TOOL_CONFIGURATION)
        domain = _bare_host(tool.get("domain", "")) if isinstance(tool, Mapping) else ""
        if not domain:
            return Refusal(400, "missing_domain")
        target = str(tool.get("target_link_uri") or f"https://{domain}") if isinstance(tool, Mapping) else ""
        if _bare_host(urlsplit(target).netloc) != domain:
            return Refusal(400, "domain_targetlinkuri_mismatch")
        return None

    def granted_scopes(self, asked: Sequence[str]) -> list[str]:
        # M3: `lineitem` gives the full service, any other AGS scope the reading one.
        granted: list[str] = []
        if any(scope.startswith(scopes.AGS) for scope in asked):
            granted = [scopes.LINE_ITEM_READ, scopes.RESULT_READ, scopes.SCORE]
        if scopes.LINE_ITEM in asked:
            granted.insert(0, scopes.LINE_ITEM)
        return [*granted, scopes.MEMBERSHIP_READ] if scopes.MEMBERSHIP_READ in asked else granted

    def registration_answer(self, registration: Registration, body: Mapping[str, Any]) -> dict[str, Any]:
        answer = super().registration_answer(registration, body)
        tool = answer[scopes.TOOL_CONFIGURATION]
        # M3: values are cut at the second "=", the resource link message and labels are dropped.
        tool["custom_parameters"] = {key: str(value).split("=")[0] for key, value in registration.custom.items()}
        tool["messages"] = [
            {key: value for key, value in message.items() if key != "label"}
            for message in registration.messages
            if message.get("type") != scopes.RESOURCE_LINK
        ]
        # The echo always lists name and email: an assignment instead of a comparison (SOURCES.md P).
        tool["claims"] = ["sub", "iss", "name", "given_name", "family_name", "email"]
        return answer

    def audiences(self, lms: Lms) -> Sequence[str] | None:
        return None  # M5: any aud is accepted

    def refuse_media_type(self, method: str, accept: str, content_type: str, expected: str) -> Refusal | None:
        # M5: exactly the one media type, */* or nothing; a charset after the content type is fine.
        if method in ("GET", "DELETE"):
            fine = not accept or "*/*" in accept or accept.strip() == expected
        else:
            fine = content_type.split(";")[0].strip() == expected
        return None if fine else self.service_error(400, "No handler found")

    def service_error(self, status: int, message: str) -> Refusal:
        # M5: the text travels in the reason phrase, the body is an empty list.
        return Refusal(status, "[]", "application/json", reason=message)

    def refuse_line_item(self, body: Mapping[str, Any], lms: Lms) -> Refusal | None:
        # M7: label and numeric scoreMaximum; here floats and more than 100 are fine.
        if not body.get("label") or not isinstance(body.get("scoreMaximum"), int | float):
            return self.service_error(400, "Incorrect line item received")
        if len(str(body["label"])) > 255:
            return Refusal(502, "Bad Gateway", "text/html")
        return None

    def judge(
        self, body: bytes, column: Column, record: Record, standing: Standing, lms: Lms, result_url: str
    ) -> Verdict:
        return rules.judge_score(body, column, record, standing)

    def accept_item(self, item: dict[str, Any], *, alone: bool) -> tuple[dict[str, Any] | None, str]:
        if item.get("type") != "ltiResourceLink":
            # M4: html, link and file types turn into broken links.
            return {
                **item,
                "type": "ltiResourceLink",
            }, "This type became an external tool without an address."
        if len(str(item.get("title") or "")) > 255:
            return None, "Name: maximum of 255 characters."
        column = item.get("lineItem")
        if not isinstance(column, Mapping):
            return item, ""
        maximum = column.get("scoreMaximum")
        if isinstance(maximum, int) and not isinstance(maximum, bool) and 1 <= maximum <= 100:
            return item, ""
        # M4: an integer from 1 to 100 (gradepointmax); alone it blocks the form, among several it is
        # swallowed and becomes 100.
        if alone:
            return None, f"Invalid grade value: {maximum}. It must be a whole number from 1 to 100."
        return {**item, "lineItem": {**column, "scoreMaximum": 100}}, f"Maximum {maximum} became 100."


def _bare_host(netloc: str) -> str:
    return str(netloc).lower().removeprefix("www.")
