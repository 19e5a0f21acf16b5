"""What one LMS decides for itself, with the plain LTI 1.3 answer as the default.

A personality holds no state and does no I/O: it is asked for ids, paths, claims and judgements.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid4

from sandbox_lms import scopes
from sandbox_lms.ags_rules.common import Column, Record, Standing, Verdict

if TYPE_CHECKING:
    from sandbox_lms.models import Course, DeepLink, Launch, LineItem, Link, Lms, Person, Registration

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person#"


@dataclass(frozen=True)
class Options:
    """What may be set per LMS (`Lms.options`); the defaults are a fresh installation's."""

    token_lifetime_s: int = 3600
    page_size: int = 50
    #: Open edX: "declarative" (one line item, read-only) or "programmatic" (the tool makes its own).
    ags_mode: str = "declarative"
    #: Open edX: may the tool see names and addresses; elsewhere the registration's claims decide.
    shares_people: bool = True
    #: "reported" or "omitted": old Moodle left resultScore out for 0, old Open edX never published it (SOURCES.md T).
    zero: str = "reported"

    @classmethod
    def of(cls, lms: Lms) -> Options:
        known = {field.name for field in fields(cls)}
        return cls(**{key: value for key, value in lms.options.items() if key in known})


@dataclass(frozen=True)
class Refusal:
    """An answer that refuses; Moodle puts its text into the HTTP reason phrase."""

    status: int
    body: str
    content_type: str = "text/plain; charset=utf-8"
    reason: str | None = None


class Personality:
    key: ClassVar[str]
    label: ClassVar[str]
    family_code: ClassVar[str]
    version: ClassVar[str] = "1.0"

    # Login and authorisation
    login_method: ClassVar[str] = "POST"
    required_auth: ClassVar[Sequence[str]] = (
        "client_id", "login_hint", "nonce", "redirect_uri", "response_mode", "response_type", "scope",
    )  # fmt: skip
    #: Errors of the authorisation request go to the tool ("post") or onto a page ("page").
    auth_errors: ClassVar[str] = "post"
    missing_parameter_code: ClassVar[str] = "invalid_request"
    hint_is_one_use: ClassVar[bool] = True
    id_token_lifetime_s: ClassVar[int] = 3600
    #: The `lti_storage_target` it offers, "" for none.
    storage_target: ClassVar[str] = ""
    sends_azp: ClassVar[bool] = False

    # Registration
    has_dynamic_registration: ClassVar[bool] = True
    sends_registration_token: ClassVar[bool] = True
    registration_token_is_one_use: ClassVar[bool] = True
    #: The deployment is made with the registration, or only when an admin installs the tool.
    deploys_at_registration: ClassVar[bool] = True

    # Services
    #: A missing, expired or foreign token.
    bad_token_status: ClassVar[int] = 401
    missing_scope_status: ClassVar[int] = 403
    #: What a token request with some scopes that are not permitted gets: "dropped" or "refused".
    foreign_scopes: ClassVar[str] = "dropped"
    jti_is_one_use: ClassVar[bool] = False
    media_type_of_tokens: ClassVar[str] = "application/json"
    deep_link_saves_at_once: ClassVar[bool] = True

    # -- ids -------------------------------------------------------------------------------------------
    def new_client_id(self, lms: Lms) -> str:
        return str(uuid4())

    def new_deployment_id(self, registration: Registration) -> str:
        return str(uuid4())

    def person_id(self, person: Person) -> str:
        return person.uuid

    def person_filter(self, given: str) -> dict[str, Any] | None:
        """Return the query for the person that a userId means; None when nobody can be meant."""
        try:
            return {"uuid": UUID(given).hex}
        except ValueError:
            return None

    def context_id(self, course: Course) -> str:
        return course.uuid

    def new_resource_link_id(self, link: Link) -> str:
        return uuid4().hex

    # -- paths below the issuer ------------------------------------------------------------------------
    def line_items_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        raise NotImplementedError

    def line_item_path(self, item: LineItem) -> str:
        raise NotImplementedError

    def memberships_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        raise NotImplementedError

    def deep_link_return_path(self, deep_link: DeepLink) -> str:
        return f"/deep_links/return?data={deep_link.token}"

    def course_path(self, course: Course) -> str:
        return f"/course/{course.pk}/"

    # -- claims ----------------------------------------------------------------------------------------
    def roles(self, person: Person, role: str | None) -> list[str]:
        """Return the roles claim for somebody who is `role` ("learner", "teacher", None) in the course."""
        roles = [INSTITUTION + "Administrator"] if person.is_admin else []
        if role == "teacher" or (role is None and person.is_admin):
            return [*roles, MEMBERSHIP + "Instructor"]
        return [*roles, MEMBERSHIP + "Learner"] if role == "learner" else [*roles, INSTITUTION + "Guest"]

    def member_roles(self, person: Person, role: str) -> list[str]:
        return self.roles(person, role)

    def context_types(self) -> list[str]:
        return ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"]

    def shares(self, registration: Registration, claim: str) -> bool:
        """Does the tool learn `claim` ("name", "email") of people?"""
        return claim in registration.claims

    def login_extras(self, launch: Launch) -> dict[str, str]:
        """Return more fields of the login initiation."""
        return {"lti_deployment_id": launch.registration.deployment_id}

    def message_hint(self, launch: Launch) -> str:
        return launch.hint

    def read_message_hint(self, value: str) -> str:
        """Return the hint that `message_hint` wrapped."""
        return value

    def new_hint(self, person: Person, link: Link | None) -> str:
        return secrets.token_urlsafe(24)

    def adjust_message(self, message: dict[str, Any], launch: Launch) -> None:
        """Change the finished message as this LMS would."""

    def custom(
        self, tool: Mapping[str, Any], link: Mapping[str, Any], variables: Mapping[str, str | None]
    ) -> dict[str, Any]:
        """Return the custom claim of parameters set at the tool and at the link."""
        from sandbox_lms.custom import expand

        return expand({**tool, **link}, variables)

    def deep_link_settings(self, deep_link: DeepLink) -> dict[str, Any]:
        """Return the settings claim without its return URL."""
        return {
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["iframe", "window"],
            "accept_multiple": True,
            "auto_create": True,
            "data": deep_link.token,
        }

    # -- registration ----------------------------------------------------------------------------------
    def platform_messages(self) -> list[dict[str, Any]]:
        return [{"type": scopes.RESOURCE_LINK}, {"type": scopes.DEEP_LINKING}]

    def platform_extras(self, lms: Lms) -> dict[str, Any]:
        """Return more entries of the OpenID configuration."""
        return {}

    def refuse_registration(self, body: Mapping[str, Any]) -> Refusal | None:
        """Return why this registration request is refused, or None."""
        missing = [
            key for key in ("initiate_login_uri", "redirect_uris", "client_name", "jwks_uri") if not body.get(key)
        ]
        return Refusal(400, f"missing {', '.join(missing)}") if missing else None

    def granted_scopes(self, asked: Sequence[str]) -> list[str]:
        return [scope for scope in asked if scope in scopes.ALL]

    def registration_answer(self, registration: Registration, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the JSON that answers a registration."""
        tool = {**body.get(scopes.TOOL_CONFIGURATION, {})}
        if self.deploys_at_registration:
            tool["deployment_id"] = registration.deployment_id
        return {
            **body,
            "client_id": registration.client_id,
            "scope": " ".join(registration.scopes),
            scopes.TOOL_CONFIGURATION: tool,
        }

    # -- services --------------------------------------------------------------------------------------
    def audiences(self, lms: Lms) -> Sequence[str] | None:
        """Return the accepted `aud` of a client assertion; None accepts any."""
        return (f"{lms.issuer}/token", lms.issuer)

    def claimed_scopes(self, registration: Registration, lms: Lms) -> list[str]:
        """Return the scopes that the endpoint claim announces."""
        return [scope for scope in registration.scopes if scope.startswith(scopes.AGS)]

    def refuse_media_type(self, method: str, accept: str, content_type: str, expected: str) -> Refusal | None:
        """Return why these headers are refused for a resource of media type `expected`, or None."""
        return None

    def service_error(self, status: int, message: str) -> Refusal:
        """Return the answer that this LMS gives for a refused service call."""
        return Refusal(status, json.dumps({"error": message}), "application/json")

    def refuse_line_item(self, body: Mapping[str, Any], lms: Lms) -> Refusal | None:
        """Return why a line item with these fields is refused, or None."""
        if not body.get("label") or not isinstance(body.get("scoreMaximum"), int | float):
            return self.service_error(400, "A line item needs label and scoreMaximum.")
        return None

    #: What DELETE on the column made with its link answers: 204 obeys.
    coupled_delete_status: ClassVar[int] = 204

    def judge(
        self, body: bytes, column: Column, record: Record, standing: Standing, lms: Lms, result_url: str
    ) -> Verdict:
        """Return what a score POST is answered, and the record it leaves."""
        raise NotImplementedError

    def accept_item(self, item: dict[str, Any], *, alone: bool) -> tuple[dict[str, Any] | None, str]:
        """Return the content item as this LMS keeps it (None: refused) and what was changed or wrong."""
        return item, ""
