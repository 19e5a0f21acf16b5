"""Sakai as a platform, as far as its code was read (SOURCES.md P); it was not run.

Everything without a source in the comment is the plain default of `Personality`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox_lms.ags_rules import plain
from sandbox_lms.ags_rules.common import Column, Record, Standing, Verdict
from sandbox_lms.personalities.base import Personality

if TYPE_CHECKING:
    from sandbox_lms.models import Course, Launch, LineItem, Link, Lms, Registration


class Sakai(Personality):
    key = "sakai"
    label = "Sakai"
    family_code = "sakailms.org"
    # Dynamic registration with a one-use token of an hour; the deployment id comes in the answer.
    storage_target = "_parent"
    # One scope that is not permitted refuses the whole token request.
    foreign_scopes = "refused"

    def new_deployment_id(self, registration: Registration) -> str:
        return "1"

    def line_items_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        return f"/imsblis/lti13/lineitems/{registration.pk}/{course.pk}"

    def line_item_path(self, item: LineItem) -> str:
        return f"/imsblis/lti13/lineitems/{item.registration_id}/{item.course_id}/{item.pk}"

    def memberships_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        return f"/imsblis/lti13/namesandroles/{registration.pk}/{course.pk}"

    def login_extras(self, launch: Launch) -> dict[str, str]:
        # Sends lti_storage_target=_parent.
        return {**super().login_extras(launch), "lti_storage_target": self.storage_target}

    def judge(
        self, body: bytes, column: Column, record: Record, standing: Standing, lms: Lms, result_url: str
    ) -> Verdict:
        return plain.judge_score(body, column, record, standing, plain.SAKAI)
