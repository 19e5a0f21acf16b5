"""Canvas as a platform: ids, paths, claims, registration. Scores are in `ags_rules.canvas`.

Sources: instructure/canvas-lms (read; the file is named at each rule) and SOURCES.md P.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sandbox_lms import scopes
from sandbox_lms.ags_rules import canvas as rules
from sandbox_lms.ags_rules.common import Column, Record, Standing, Verdict
from sandbox_lms.personalities.base import INSTITUTION, MEMBERSHIP, SYSTEM, Personality, Refusal

if TYPE_CHECKING:
    from sandbox_lms.models import Course, DeepLink, Launch, LineItem, Link, Lms, Person, Registration

#: app/models/lti/ims/registration.rb
REQUIRED = (
    "application_type", "grant_types", "response_types", "redirect_uris", "initiate_login_uri", "client_name",
    "jwks_uri", "token_endpoint_auth_method",
)  # fmt: skip
FIRST_GLOBAL_ID = 10_000_000_000_000


class Canvas(Personality):
    key = "canvas"
    label = "Canvas"
    family_code = "canvas"
    version = "vCloud"
    # app/controllers/lti/ims/authentication_controller.rb REQUIRED_PARAMS; the errors are posted to the tool.
    required_auth = (*Personality.required_auth, "prompt", "lti_message_hint")
    missing_parameter_code = "invalid_request_object"
    # Its pages carry a sibling frame of this name for lti.put_data (SOURCES.md P).
    storage_target = "post_message_forwarding"
    sends_azp = True
    # The token lasts an hour and is not marked as used; the deployment appears when an admin installs the
    # tool (app/controllers/lti/ims/dynamic_registration_controller.rb).
    registration_token_is_one_use = False
    deploys_at_registration = False
    missing_scope_status = 401
    foreign_scopes = "refused"
    jti_is_one_use = True
    # line_items_controller.rb: "head :unauthorized and return if line_item.coupled"
    coupled_delete_status = 401

    def new_client_id(self, lms: Lms) -> str:
        return str(FIRST_GLOBAL_ID + uuid4().int % 1_000_000_000)

    def new_deployment_id(self, registration: Registration) -> str:
        digest = hashlib.sha1(registration.client_id.encode(), usedforsecurity=False).hexdigest()
        return f"{registration.pk}:{digest}"

    def person_id(self, person: Person) -> str:
        return str(UUID(person.uuid))

    def person_filter(self, given: str) -> dict[str, Any] | None:
        # The lti id or the numeric Canvas id (concerns/gradebook_services.rb, user).
        if given.isdigit() and len(given) < 18:
            return {"pk": int(given)}
        return super().person_filter(given)

    def new_resource_link_id(self, link: Link) -> str:
        return str(uuid4())

    def line_items_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        return f"/api/lti/courses/{course.pk}/line_items"

    def line_item_path(self, item: LineItem) -> str:
        return f"/api/lti/courses/{item.course_id}/line_items/{item.pk}"

    def memberships_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        return f"/api/lti/courses/{course.pk}/names_and_roles"

    def deep_link_return_path(self, deep_link: DeepLink) -> str:
        # The state travels in the URL (concerns/deep_linking_services.rb, params[:data]).
        return f"/api/lti/courses/{deep_link.course_id}/deep_linking_response?data={deep_link.token}"

    def roles(self, person: Person, role: str | None) -> list[str]:
        if person.is_admin:
            return [INSTITUTION + "Administrator", MEMBERSHIP + "Instructor", SYSTEM + "User"]
        if role == "teacher":
            return [INSTITUTION + "Instructor", MEMBERSHIP + "Instructor", SYSTEM + "User"]
        return [INSTITUTION + "Student", MEMBERSHIP + "Learner", SYSTEM + "User"]

    def member_roles(self, person: Person, role: str) -> list[str]:
        return [MEMBERSHIP + ("Instructor" if role == "teacher" else "Learner")]

    def login_extras(self, launch: Launch) -> dict[str, str]:
        # `deployment_id` is sent without the lti_ prefix as well (SOURCES.md P).
        deployment = launch.registration.deployment_id
        return {
            "lti_deployment_id": deployment,
            "deployment_id": deployment,
            "canvas_region": "sandbox",
            "canvas_environment": "prod",
            "lti_storage_target": self.storage_target,
        }

    def adjust_message(self, message: dict[str, Any], launch: Launch) -> None:
        placement = "assignment_selection" if launch.deep_link_id else "link_selection"
        message["https://www.instructure.com/placement"] = placement
        message["locale"] = launch.person.locale
        message["picture"] = ""
        message["errors"] = {"errors": {}}
        message[scopes.CLAIM + "lti11_legacy_user_id"] = launch.person.uuid

    def deep_link_settings(self, deep_link: DeepLink) -> dict[str, Any]:
        # Per placement; no `data` claim, since it is in the return URL.
        return {
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["iframe", "window"],
            "accept_media_types": "application/vnd.ims.lti.v1.ltilink",
            "accept_multiple": True,
            "auto_create": False,
        }

    def platform_messages(self) -> list[dict[str, Any]]:
        placements = ["course_navigation", "link_selection", "assignment_selection"]
        return [
            {"type": scopes.RESOURCE_LINK, "placements": placements},
            {"type": scopes.DEEP_LINKING, "placements": [*placements, "course_assignments_menu"]},
        ]

    def platform_extras(self, lms: Lms) -> dict[str, Any]:
        return {"https://canvas.instructure.com/lti/account_name": lms.name}

    def refuse_registration(self, body: Mapping[str, Any]) -> Refusal | None:
        errors = [f"{key} can't be blank" for key in REQUIRED if not body.get(key)]
        if not {"client_credentials", "implicit"} <= set(body.get("grant_types") or []):
            errors.append("grant_types Must include client_credentials, implicit")
        if "id_token" not in (body.get("response_types") or []):
            errors.append("response_types Must include id_token")
        if body.get("token_endpoint_auth_method") != "private_key_jwt":
            errors.append("token_endpoint_auth_method Must be 'private_key_jwt'")
        if body.get("application_type") != "web":
            errors.append("application_type Must be 'web'")
        errors += _scope_errors(body) + _tool_errors(body.get(scopes.TOOL_CONFIGURATION))
        return Refusal(422, json.dumps({"errors": errors}), "application/json") if errors else None

    def registration_answer(self, registration: Registration, body: Mapping[str, Any]) -> dict[str, Any]:
        kept = {key: body[key] for key in REQUIRED}
        view = f"{registration.lms.issuer}/admin/tools/{registration.pk}/"
        tool = {
            **body[scopes.TOOL_CONFIGURATION],
            "https://canvas.instructure.com/lti/registration_config_url": view,
        }
        return {
            "client_id": registration.client_id,
            **kept,
            "logo_uri": body.get("logo_uri"),
            "scope": " ".join(registration.scopes),
            scopes.TOOL_CONFIGURATION: tool,
        }

    def audiences(self, lms: Lms) -> Sequence[str] | None:
        return (f"{lms.issuer}/token",)

    def service_error(self, status: int, message: str) -> Refusal:
        body = json.dumps({"errors": {"type": "error", "message": message}})
        return Refusal(status, body, "application/json")

    def refuse_line_item(self, body: Mapping[str, Any], lms: Lms) -> Refusal | None:
        maximum = body.get("scoreMaximum")
        if not body.get("label") or not isinstance(maximum, int | float) or maximum < 0:
            return self.service_error(422, "label and scoreMaximum are required")
        return None

    def judge(
        self, body: bytes, column: Column, record: Record, standing: Standing, lms: Lms, result_url: str
    ) -> Verdict:
        return rules.judge_score(body, column, record, standing, result_url)

    def accept_item(self, item: dict[str, Any], *, alone: bool) -> tuple[dict[str, Any] | None, str]:
        if item.get("type") != "ltiResourceLink":
            return None, f"The type {item.get('type')} is not accepted here."
        column = item.get("lineItem")
        if column is None:
            return item, ""
        # concerns/deep_linking_modules.rb: validate_line_item!
        maximum = column.get("scoreMaximum") if isinstance(column, Mapping) else None
        if isinstance(maximum, bool) or not isinstance(maximum, int | float) or maximum < 0:
            return None, "Line item scoreMaximum must be a number and must not be negative."
        return item, ""


def _scope_errors(body: Mapping[str, Any]) -> list[str]:
    asked = str(body.get("scope") or "").split()
    if not asked:
        return ["scope can't be blank"]  # SOURCES.md P: `claims` and `scope` are required
    unknown = [scope for scope in asked if scope not in scopes.ALL]
    return [f"scopes Invalid scopes: {', '.join(unknown)}"] if unknown else []


def _tool_errors(tool: object) -> list[str]:
    if not isinstance(tool, Mapping):
        return ["lti_tool_configuration can't be blank"]
    missing = [key for key in ("domain", "messages", "claims", "target_link_uri") if key not in tool]
    return [f"lti_tool_configuration object at root is missing required properties: {key}" for key in missing]
