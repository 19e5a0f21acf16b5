"""Moodle 4.x and 5.x.

Evidence: moodle/moodle, mod/lti/service/gradebookservices/classes/local/resources/{scores,results}.php and
mod/lti/classes/local/ltiopenid/registration_helper.php; measured against a running Moodle 4.5.6.
"""

from __future__ import annotations

from typing import ClassVar

from lti.products.base import Product, Verdict


class Moodle(Product):
    family_codes: ClassVar = ("moodle",)
    name: ClassVar = "Moodle"
    # Measured: a score without `comment` erases the feedback of the former one.
    omitted_comment_clears: ClassVar = True
    after_registration: ClassVar = (
        "In Moodle: press Activate on the tool's card, then switch the tool on in the course under "
        "More > LTI External tools (or let it be shown in the activity chooser)."
    )

    reviews: ClassVar = True
    # Measured: no date reaches a tool, the variables stay as they are written.
    end_dates: ClassVar = {}
    # A grade's maximum is a whole number up to the site's gradepointmax, 100 unless an admin raised it.
    most_points: ClassVar = 100
    fixes: ClassVar = {
        "login.platform_unknown": (
            "Site administration > Plugins > External tool > Manage tools: delete the tool there and paste the "
            "registration URL again. The issuer is the site's address, as under “View configuration details”."
        ),
        "platform.pending": (
            "The approval is missing here, under LMS > Connections. In Moodle the tool's card has to be activated too."
        ),
        "launch.deployment_unknown": (
            "The tool was added twice. Manage tools > the tool's card > View configuration details shows its "
            "Deployment ID: add that one under LMS > Connections."
        ),
        "launch.lms_refused": "Sign in to Moodle again in the same browser; a session that ended gives this.",
        "launch.user_missing": "Guests cannot launch: sign in to Moodle as somebody who is enrolled.",
        "launch.keys_unreachable": (
            "Open <site>/mod/lti/certs.php from this server: it must answer JSON. A login wall or maintenance mode in "
            "front of it is the usual cause."
        ),
        "launch.audience": (
            "Manage tools > the tool's card > View configuration details: the Client ID there must be the one here."
        ),
        "launch.target": "Manage tools > the tool's gear: the Tool URL must begin with this site's address.",
        "launch.content_missing": (
            "Edit the activity and press “Select content”. With no such button: Manage tools > the tool's gear > tick "
            "“Supports Deep Linking (Content-Item Message)”."
        ),
        "launch.other_browser": (
            "Manage tools > the tool's gear > Default launch container: “New window” helps browsers that keep "
            "nothing inside frames."
        ),
        "register.refused": (
            "Paste the URL into Manage tools again: Moodle's link works once, for an hour. “missing_domain” or "
            "“domain_targetlinkuri_mismatch” means that a proxy changes this site's address."
        ),
        "deep_link.not_teacher": "Site roles count by their archetype: the role must be based on Teacher.",
    }

    def verdict(self, status: int, text: str) -> Verdict:
        # Stamps are compared in whole seconds; equal or older is 409, also after a teacher's later edit.
        # 502 is what a web server makes of the broken status line Moodle sends for a user id that is no number.
        if status == 404 and "<html" in text.lower():
            return Verdict.BROKEN  # a proxy's page or Moodle under maintenance, not the service's own 404
        return super().verdict(status, text)

    def is_final(self, status: int, text: str, tries: int) -> bool:
        # A locked grade or column answers 500 with an empty list, for as long as it is locked.
        return status == 500 and text.strip() in ("", "[]") and tries >= 6

    def is_platform_trouble(self, status: int, text: str) -> bool:
        # One locked grade must not make the whole site look down.
        return not (status == 500 and text.strip() in ("", "[]"))

    def zero_may_be_absent(self) -> bool:
        # results.php left resultScore out when it was empty(), which 0 is, in versions before 4.5.
        return True
