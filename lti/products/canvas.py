"""Canvas.

Evidence: instructure/canvas-lms, app/controllers/lti/ims/scores_controller.rb and
app/controllers/lti/ims/dynamic_registration_controller.rb; developerdocs.instructure.com, "Registration" and "Score".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from lti.products.base import TOOL_CONFIGURATION, Product, Sending, Verdict, written

SUBMISSION = "https://canvas.instructure.com/lti/submission"
PRIVACY_LEVEL = "https://canvas.instructure.com/lti/privacy_level"
_LAST_UPDATED = re.compile(r"last updated timestamp of ([0-9T:.+-]+Z?)", re.IGNORECASE)


class Canvas(Product):
    family_codes: ClassVar = ("canvas",)
    name: ClassVar = "Canvas"
    # One issuer for every school; the services live on the school's own host.
    host_suffixes: ClassVar = (".instructure.com",)
    known_hosts: ClassVar = (".instructure.com", ".canvaslms.com")
    configuration_suffixes: ClassVar = (".instructure.com", ".canvaslms.com")
    comments_add_up: ClassVar = True
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
            # Whether it was late is told by this: a score that waited for Canvas was not handed in later for that.
            submission["submitted_at"] = written(sending.finished_at or sending.stamp)
        body[SUBMISSION] = submission
        return body

    def verdict(self, status: int, text: str) -> Verdict:
        if status == 400 and "timestamp" in text.lower():
            return Verdict.STALE
        if status == 422 and "attempts" in text.lower():
            # "The maximum number of allowed attempts has been reached": a change of the grade is still taken.
            return Verdict.NO_ATTEMPT
        # Other 422: not a student of the course (teachers, student view), or no score maximum.
        return super().verdict(status, text)

    def latest_stamp(self, text: str) -> datetime | None:
        # "Provided timestamp of … before last updated timestamp of …": results carry none.
        found = _LAST_UPDATED.search(text)
        try:
            stamp = datetime.fromisoformat(found.group(1)) if found else None
        except ValueError:
            return None
        return stamp if stamp and stamp.tzinfo else None

    def is_final(self, status: int, text: str, tries: int) -> bool:
        # The line item of a deleted assignment answers 401, whatever the token.
        return status == 401 and tries >= 6

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
                "custom_parameters": dict(self.end_dates),
                "roles": [],
            }
        ]
