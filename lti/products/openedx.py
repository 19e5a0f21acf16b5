"""Open edX, through its LTI consumer.

Evidence: openedx/xblock-lti-consumer 9.14.0 and 11.4.4, lti_consumer/lti_1p3/extensions/rest_framework/serializers.py,
lti_consumer/signals/signals.py, pull requests 607 and 609, issues 605 and 707; measured with the released package.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from lti.products.base import LINE_ITEM, Product, Verdict


class OpenEdx(Product):
    family_codes: ClassVar = ("openedx", "edx", "openedxplatform")
    name: ClassVar = "Open edX"
    after_registration: ClassVar = (
        "Open edX has no dynamic registration: enter the addresses in the LTI component in Studio."
    )

    makes_columns: ClassVar = True
    # Custom parameters go out as they are written, except for those of a processor that an operator installs.
    end_dates: ClassVar = {}
    # LtiAgsScore is one row that each score replaces, its comment with it.
    omitted_comment_clears: ClassVar = True
    fixes: ClassVar = {
        "login.platform_unknown": (
            "Studio > the LTI component > Edit: every component has a client id of its own unless they are stored "
            "together. Copy Issuer and Client ID from below the component into LMS > Connections here; mind the slash."
        ),
        "launch.deployment_unknown": "The deployment id of Open edX is 1: add it under LMS > Connections.",
        "launch.keys_unreachable": "The key set is the “Keyset URL” below the component in Studio.",
        "launch.content_missing": (
            'Studio > the component > Edit > Custom Parameters: ["branchwise_target=scenario:…"]; or allow deep '
            "linking there and press “Deep Linking Launch - Configure tool”."
        ),
        "launch.target": "Studio > the component > Edit: Tool Launch URL and Registered Redirect URIs are this site's.",
        "launch.lms_refused": "The hint of a launch ends soon: reload the page of the course and open it again.",
        "launch.state_unknown": "The same unit open in two tabs overwrites its launch: keep one open.",
        "launch.user_missing": "Preview as a staff member signed in to the LMS; Studio's own preview has no person.",
    }

    def trusts_claimed_line_item(self, scopes: Sequence[str]) -> bool:
        # In programmatic mode (the only one that lets a tool write columns) it is just the first of them.
        return LINE_ITEM not in scopes

    def verdict(self, status: int, text: str) -> Verdict:
        # An older or equal stamp is a validation error: "Score already exists for the provided timestamp."
        if status == 400 and "timestamp" in text.lower():
            return Verdict.STALE
        return super().verdict(status, text)

    def same_ratio(self, found: Decimal, wanted: Decimal) -> bool:
        return super().same_ratio(min(found, Decimal(1)), wanted)

    def zero_may_be_absent(self) -> bool:
        # A score of 0 was left out until after the 2026-08 versions: `and instance.score_given`.
        return True

    def line_item(self, label: str, maximum: Decimal, item: str, tag: str, link_id: str) -> dict[str, Any]:
        # scoreMaximum is an integer field, label takes 100 characters and tag 50; without resourceLinkId equal to
        # the launch's, the score is stored and never reaches the gradebook.
        body = super().line_item(label, maximum, item, tag[:50], link_id)
        body["scoreMaximum"] = int(maximum)
        body.setdefault("resourceId", link_id[:50])
        return body
