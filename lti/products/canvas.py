"""Canvas.

Evidence: instructure/canvas-lms, app/controllers/lti/ims/scores_controller.rb and
app/controllers/lti/ims/dynamic_registration_controller.rb; developerdocs.instructure.com, "Registration" and "Score".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from lti.products.base import TOOL_CONFIGURATION, Product, Sending, Verdict, written

SUBMISSION = "https://canvas.instructure.com/lti/submission"
PRIVACY_LEVEL = "https://canvas.instructure.com/lti/privacy_level"


class Canvas(Product):
    family_codes: ClassVar = ("canvas",)
    name: ClassVar = "Canvas"
    # One issuer for every school; the services live on the school's own host.
    host_suffixes: ClassVar = (".instructure.com",)
    known_hosts: ClassVar = (".instructure.com", ".canvaslms.com")
    configuration_suffixes: ClassVar = (".instructure.com", ".canvaslms.com")
    after_registration: ClassVar = (
        "In Canvas: switch the app on, and add it to the accounts or courses that may use it under Settings > Apps."
    )

    fixes: ClassVar = {
        "login.platform_unknown": (
            "Admin > Developer Keys: compare the key's number (the client id) with the one here. Cloud schools share "
            "the issuer https://canvas.instructure.com; beta and test have issuers of their own."
        ),
        "launch.deployment_unknown": (
            "Settings > Apps > View App Configurations > the gear > Deployment Id: add that one under LMS > "
            "Connections."
        ),
        "launch.lms_refused": (
            "“login_required” is a Canvas session that ended: reload Canvas. In the student view and in unpublished "
            "courses the launch may be refused too."
        ),
        "launch.audience": "Admin > Developer Keys: the number under Details is the client id.",
        "launch.target": "Admin > Developer Keys > edit: “Target Link URI” must begin with this site's address.",
        "launch.content_missing": (
            "Edit the assignment > Submission Type “External Tool” > Find, and choose the content; or in a module "
            "“+” > External Tool."
        ),
        "launch.user_missing": "Courses that are public launch without a person: sign in to Canvas.",
        "launch.key_unknown": "The key set of cloud schools is https://sso.canvaslms.com/api/lti/security/jwks.",
        "register.refused": (
            "Admin > Apps > Manage > Install a New App > Dynamic Registration: begin there again, the link lives an "
            "hour. 422 means that Canvas did not take the configuration: use the JSON of /lti/canvas.json instead."
        ),
        "deep_link.not_teacher": "Account admins need a course role as well: add yourself to the course as a teacher.",
    }

    def score(self, sending: Sending) -> dict[str, Any]:
        body = super().score(sending)
        # Every score makes a new submission, and counts as an attempt, unless told otherwise.
        again = sending.resend or sending.sent_before
        submission: dict[str, Any] = {"new_submission": not again, "prioritize_non_tool_grade": True}
        if not again:
            submission["submitted_at"] = written(sending.stamp)
        body[SUBMISSION] = submission
        if again:
            body.pop("comment", None)  # each one is added to the others: it is sent once
        return body

    def verdict(self, status: int, text: str) -> Verdict:
        if status == 400 and "timestamp" in text.lower():
            return Verdict.STALE
        # 422: not a student of the course (teachers, student view), no score maximum, or no attempts left.
        return super().verdict(status, text)

    def registration(self, tool: Mapping[str, str], supported: Any) -> dict[str, Any]:
        body = super().registration(tool, supported)
        body[TOOL_CONFIGURATION][PRIVACY_LEVEL] = "name_only"
        return body

    def messages(self, tool: Mapping[str, str]) -> list[dict[str, Any]]:
        # A message without placements shows nowhere; these choose content for assignments and modules.
        return [
            {
                "type": "LtiDeepLinkingRequest",
                "target_link_uri": tool["launch"],
                "label": tool["name"],
                "icon_uri": tool["icon"],
                "placements": ["assignment_selection", "link_selection"],
                "custom_parameters": {},
                "roles": [],
            }
        ]
