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
    configuration_suffixes: ClassVar = (".instructure.com", ".canvaslms.com")
    after_registration: ClassVar = (
        "In Canvas: switch the app on, and add it to the accounts or courses that may use it under Settings > Apps."
    )

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
        # A message without placements shows nowhere; these two choose content for assignments and modules.
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
