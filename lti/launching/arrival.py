"""The whole way from a checked launch to the path where the person goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from lti import claims, framing, ports, roles
from lti.claims import Claims
from lti.grades import outbox
from lti.launching import columns, dates, links, people
from lti.launching.people import Entering
from lti.models import Deployment, LtiPerson, ResourceLink
from lti.ports import Learner
from lti.problems import LaunchProblem
from lti.roles import Acting
from lti.services.nrps import name_of


class Way(TypedDict):
    """How somebody goes on: in which language, and where "back to the course" leads."""

    locale: str
    return_url: str


SUBMISSION_REVIEW = "LtiSubmissionReviewRequest"


@dataclass(frozen=True)
class Arrival:
    """Where somebody goes on, and as whom."""

    path: str
    acting: Acting
    link: ResourceLink
    person: LtiPerson | None


def arrive(deployment: Deployment, body: Claims, now: datetime, known: ResourceLink | None = None) -> Arrival:
    """Let the person of a checked launch in. Raises LaunchProblem when there is no content for them.

    `known` is what links.find_known found for this launch.
    """
    acting = roles.acting_as(claims.texts(body, claims.ROLES))
    link = links.find_link(deployment, body, known)
    columns.attach_column(link, claims.grade_service(body))
    dates.take_over(link, body, acting, now)
    entering = Entering(link.placement, acting is Acting.PREVIEW) if acting is not Acting.TEACHER else None
    learner, person = _who(deployment, body, now, entering)
    presentation = claims.mapping(body, claims.PRESENTATION)
    way: Way = {
        "locale": claims.locale(body),
        "return_url": claims.address(presentation, "return_url", 2000),
    }
    framing.note_origin(deployment.platform, way["return_url"])
    if body.get(claims.MESSAGE_TYPE) == SUBMISSION_REVIEW:
        path = _review_path(deployment, body, acting, link, learner, now, way)
    elif acting is Acting.TEACHER:
        path = ports.coach(link.placement, learner, now, **way)
    else:
        taken_part = getattr(person, "participation_uuid", None)
        path = ports.play(link.placement, learner, now, preview=acting is Acting.PREVIEW, known=taken_part, **way)
    return Arrival(path, acting, link, person)


def _who(
    deployment: Deployment, body: Claims, now: datetime, entering: Entering | None
) -> tuple[Learner, LtiPerson | None]:
    """Return the learner behind `sub`; without one, somebody new each time, of whom no grade is sent."""
    sub = claims.identifier(body, "sub", required=False)
    name = "" if deployment.platform.settings.get("names") == "drop" else name_of(dict(body))
    if not sub:
        return ports.new_learner(deployment.organisation, name), None
    person = people.find_person(deployment.platform, deployment.organisation, sub, name, entering)
    if getattr(person, "has_blocked", False):
        outbox.try_again(person, now)
    return person.learner, person


def _review_path(
    deployment: Deployment,
    body: Claims,
    acting: Acting,
    link: ResourceLink,
    learner: Learner,
    now: datetime,
    way: Way,
) -> str:
    """Return where a grade cell of the gradebook leads: a teacher to that learner's attempt, a learner to their own."""
    sub = claims.identifier(claims.mapping(body, claims.FOR_USER), "user_id", within=claims.FOR_USER)
    if acting is Acting.TEACHER:
        reviewed = people.find_learner(deployment.platform, deployment.organisation, sub)
        if reviewed is None:
            return ports.coach(link.placement, learner, now, **way)
        return ports.review(link.placement, reviewed, learner, now, **way)
    if sub != body.get("sub"):
        raise LaunchProblem("launch.review_not_teacher", "a teaching role, or one's own attempt", acting.value)
    return ports.play(link.placement, learner, now, preview=acting is Acting.PREVIEW, **way)
