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
