"""Blackboard Learn.

Evidence: public threads and vendor pages, nothing was run. One issuer for all, the deployment is the customer:
Simon-Initiative/oli-torus #1979. Results read with `user_id` come without comments, an omitted comment clears it,
line breaks turn into `<br/>`: hypothesis/lms #5685. 400 "User could not be found" for people who are not enrolled.
Tools are registered centrally: docs.blackboard.com, "Register an LTI tool". Dynamic: Unicon/tool13demo #53.
"""

from __future__ import annotations

from html import escape
from typing import ClassVar

from lti.products.base import Product


class Blackboard(Product):
    family_codes: ClassVar = ("blackboardlearn", "blackboard", "blackboardlearnultra")
    name: ClassVar = "Blackboard"
    known_hosts: ClassVar = (".blackboard.com",)
    # One issuer and one set of keys for all customers; services live on the customer's own host.
    host_suffixes: ClassVar = (".blackboard.com",)
    configuration_suffixes: ClassVar = (".blackboard.com",)
    omitted_comment_clears: ClassVar = True
    takes_submission: ClassVar = False
    filtered_result_has_comment: ClassVar = False
    after_registration: ClassVar = (
        "In Blackboard: Administrator Panel > Integrations > LTI Tool Providers > Register LTI 1.3/Advantage Tool: "
        "enter the client id, approve it, and let it send role, name, grades and membership. Each institution is a "
        "deployment of its own: add its id here."
    )
    fixes: ClassVar = {
        "launch.deployment_unknown": (
            "Every institution has a deployment id of its own: Administrator Panel > LTI Tool Providers > the tool. "
            "Add it under LMS > Connections."
        ),
        "login.platform_unknown": (
            "The issuer of every Blackboard is https://blackboard.com, and the client id is the Application ID of the "
            "developer portal."
        ),
        "launch.user_missing": "LTI Tool Providers > the tool > Edit > User Fields to be sent: tick Role and Name.",
        "launch.content_missing": (
            "Course Content > + > Content Market > the tool. A link made by hand needs branchwise_target among its "
            "custom parameters."
        ),
        "launch.other_browser": (
            "Safari keeps nothing inside frames: LTI Tool Providers > the placement > “Launch in New Window”."
        ),
    }

    def comment(self, text: str) -> str:
        # Shown as HTML: hypothesis/lms #5685.
        return "<br/>".join(escape(line) for line in text.splitlines())
