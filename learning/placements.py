"""Making learners and placements, and letting a learner in. Called by protocols at launch."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from django.urls import reverse

from foundation.api import Organisation
from learning import tokens
from learning.models import Cohort, Learner, Participation, Placement
from learning.policies import Policies, read_policies, write_policies


class Target(msgspec.Struct, frozen=True):
    """What is placed: a scenario, a course, or one module of a course."""

    kind: Literal["scenario", "course"]
    uuid: UUID
    module: str = ""


def new_learner(organisation: Organisation, display_name: str = "") -> Learner:
    return Learner.objects.create(organisation=organisation, display_name=display_name[:200])


def new_cohort(organisation: Organisation, name: str = "") -> Cohort:
    return Cohort.objects.create(organisation=organisation, name=name[:300])


def create_placement(
    organisation: Organisation, cohort: Cohort, target: Target, policies: Policies | dict[str, Any] | None = None
) -> Placement:
    """Place a target in a cohort. Raises PolicyRefused when the policies cannot be read."""
    checked = policies if isinstance(policies, Policies) else read_policies(policies or {})
    return Placement.objects.create(
        organisation=organisation,
        cohort=cohort,
        target_kind=target.kind,
        target_uuid=target.uuid,
        target_module=target.module,
        policies=write_policies(checked),
    )


def enter(placement: Placement, learner: Learner, now: datetime, *, preview: bool = False) -> Participation:
    """Return the learner's participation, made on first entry. A preview is apart: never graded, never sent."""
    if learner.organisation_id != placement.organisation_id:
        raise ValueError("A learner enters placements of their own organisation only.")
    participation, _ = Participation.objects.get_or_create(
        placement=placement, learner=learner, is_preview=preview, defaults={"created_at": now}
    )
    return participation


def issue_token(
    participation: Participation, now: datetime, *, preview: bool = False, locale: str = "", return_url: str = ""
) -> str:
    """Return a bearer token for one participation. `return_url` is where "back to the course" leads."""
    if preview != participation.is_preview:
        raise ValueError("A token is a preview's exactly when its participation is: enter(…, preview=True).")
    grant = tokens.Grant(
        participation=participation.uuid, is_preview=preview, locale=locale, return_url=_checked(return_url)
    )
    return tokens.issue(grant, now)


def play_path(participation: Participation, token: str) -> str:
    """Return the path to send the learner to. What follows # never reaches a server or its logs."""
    return f"{reverse('learning:play', args=[participation.uuid])}#{token}"


def issue_coach_session(
    placement: Placement, coach: Learner, now: datetime, *, locale: str = "", return_url: str = ""
) -> str:
    """Return a bearer token that lets a teacher see and correct one placement."""
    if coach.organisation_id != placement.organisation_id:
        raise ValueError("A coach sees placements of their own organisation only.")
    grant = tokens.CoachGrant(
        placement=placement.uuid, coach=coach.uuid, locale=locale, return_url=_checked(return_url)
    )
    return tokens.issue(grant, now)


def coach_path(placement: Placement, token: str) -> str:
    return f"{reverse('learning:coach', args=[placement.uuid])}#{token}"


def _checked(return_url: str) -> str:
    """Return the way back if a link may lead there, else "": it comes from outside."""
    is_web = return_url.startswith(("https://", "http://"))
    return return_url if is_web and len(return_url) <= 2000 else ""
