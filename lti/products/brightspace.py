"""Brightspace (D2L).

Evidence: public threads only, nothing was run. Registration without a token: openwebwork/webwork2 #2993. `aud` of the
client assertion fixed and unlike the token URL, 403 for people who are not enrolled and 404 for unknown ones: the
Brightspace notes in hypothesis/lms, dmitry-viskov/pylti1.3 #118. No grade item for plain links: hypothesis/lms #4726.
Submission Review among the extensions: D2L's developer reference, "LTI Advantage".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from lti.products.base import Product, Verdict


class Brightspace(Product):
    family_codes: ClassVar = ("desire2learn", "brightspace", "d2l")
    name: ClassVar = "Brightspace"
    known_hosts: ClassVar = (".brightspace.com", ".desire2learn.com", ".brightspacedemo.com")
    token_audience: ClassVar = "https://api.brightspace.com/auth/token"  # noqa: S105 (an address)
    reviews: ClassVar = True
    takes_submission: ClassVar = False
    after_registration: ClassVar = (
        "In Brightspace: Admin Tools > Manage Extensibility > LTI Advantage > the tool: switch it on. Then View "
        "Deployments > New Deployment: choose the tool, tick Assignment and Grade Services, Deep Linking and Names and "
        "Role Provisioning, let it send the user's name, and choose the org units that may use it."
    )
    fixes: ClassVar = {
        "launch.deployment_unknown": (
            "Admin Tools > External Learning Tools > Deployments: the Deployment Id there must be known here, under "
            "LMS > Connections."
        ),
        "launch.user_missing": "Deployment > Security Settings: let it send the user's id.",
        "launch.content_missing": (
            "Content > Existing Activities > the tool's link chooses content. A link made by hand has none, and gets "
            "no grade item either."
        ),
        "launch.target": "Admin Tools > External Learning Tools > Links: the URL must begin with this site's address.",
        "register.refused": "Manage Extensibility > LTI Advantage > Register Tool > Dynamic: begin there again.",
    }

    def verdict(self, status: int, text: str) -> Verdict:
        # 404 also for a user that the course does not know; the column's own 404 says no word about users.
        if status == 404 and "user" in text.lower():
            return Verdict.REFUSED
        return super().verdict(status, text)

    def messages(self, tool: Mapping[str, str]) -> list[dict[str, Any]]:
        # A link is placed by deep linking (it then has a grade item); the quicklink is where teachers look for it.
        return [
            {"type": "LtiResourceLinkRequest", "target_link_uri": tool["launch"], "label": tool["name"]},
            {
                "type": "LtiDeepLinkingRequest",
                "target_link_uri": tool["launch"],
                "label": tool["name"],
                "placements": ["ContentArea"],
            },
        ]
