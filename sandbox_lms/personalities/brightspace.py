"""Brightspace as a platform, as far as public threads tell (SOURCES.md P); it was not run.

Everything without a source in the comment is the plain default of `Personality`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sandbox_lms.ags_rules import plain
from sandbox_lms.ags_rules.common import Column, Record, Standing, Verdict
from sandbox_lms.personalities.base import Personality

if TYPE_CHECKING:
    from sandbox_lms.models import Course, Launch, LineItem, Link, Lms, Registration


class Brightspace(Personality):
    key = "brightspace"
    label = "Brightspace"
    family_code = "desire2learn"
    # Dynamic registration comes without a registration_token (webwork2#2993); the deployment is separate.
    sends_registration_token = False
    deploys_at_registration = False
    # Platform storage is reported (packback#129).
    storage_target = "_parent"

    def login_extras(self, launch: Launch) -> dict[str, str]:
        return {**super().login_extras(launch), "lti_storage_target": self.storage_target}

    def line_items_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        return f"/d2l/api/lti/ags/2.0/deployment/{registration.pk}/orgunits/{course.pk}/lineitems"

    def line_item_path(self, item: LineItem) -> str:
        base = f"/d2l/api/lti/ags/2.0/deployment/{item.registration_id}/orgunits/{item.course_id}"
        return f"{base}/lineitems/{item.pk}"

    def memberships_path(self, course: Course, registration: Registration, link: Link | None) -> str:
        return f"/d2l/api/lti/nrps/2.0/deployment/{registration.pk}/orgunits/{course.pk}/memberships"

    def platform_extras(self, lms: Lms) -> dict[str, Any]:
        return {"authorization_server": self._audience(lms)}

    def audiences(self, lms: Lms) -> Sequence[str] | None:
        # A fixed audience that is not the token URL (hypothesis); the configuration names it.
        return (self._audience(lms),)

    def _audience(self, lms: Lms) -> str:
        return f"{lms.issuer}/core/connect/token-audience"

    def judge(
        self, body: bytes, column: Column, record: Record, standing: Standing, lms: Lms, result_url: str
    ) -> Verdict:
        return plain.judge_score(body, column, record, standing, plain.BRIGHTSPACE)
