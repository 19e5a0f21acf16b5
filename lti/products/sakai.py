"""Sakai 22 and later.

Evidence: sakaiproject/sakai, read, not run. Token requests with one scope that is not permitted are refused whole, and
the item filter is `lti_link_id`: plugin/lti/…/LTI13Servlet.java. `lti_storage_target=_parent`: basiclti-common.
Registration with a token of an hour, good once, and a deployment in the answer: the same servlet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from lti.products.base import GROUPS, LINE_ITEM, MEMBERS, RESULT, SCORE, Product


class Sakai(Product):
    # A registration says "sakailms.org": LTI13Servlet.java.
    family_codes: ClassVar = ("sakai", "sakailms", "sakailms.org")
    name: ClassVar = "Sakai"
    # A score is read into a class of seven fields; whether an eighth would refuse the whole is not known.
    takes_submission: ClassVar = False
    after_registration: ClassVar = (
        "In Sakai: Administration Workspace > External Tools > the new tool > Edit: allow it to be selected in the "
        "rich text editor and Lessons, allow grading (Assignment and Grade Services), rosters and the person's name. "
        "Sakai keeps it as a draft until it is saved once."
    )
    fixes: ClassVar = {
        "launch.deployment_unknown": "External Tools > the tool > Edit shows the LTI 1.3 Deployment Id: add it here.",
        "launch.user_missing": "External Tools > the tool > Edit > Privacy: people's ids must be sent.",
        "launch.content_missing": (
            "Lessons > Add Content > Add Learning App > the tool, and choose the content there; a tool placed in the "
            "site's menu has none."
        ),
        "launch.audience": "External Tools > the tool > Edit: the LTI 1.3 Client ID must be the one here.",
        "register.refused": (
            "External Tools > Install LTI 1.x Tool > Auto-Provision: begin there again, the link works once, for an "
            "hour."
        ),
    }

    def scopes(self, supported: Sequence[str]) -> list[str]:
        """Ask for what is offered and no more: a token request fails as a whole on one scope too many."""
        return [scope for scope in (LINE_ITEM, RESULT, SCORE, MEMBERS, GROUPS) if not supported or scope in supported]
