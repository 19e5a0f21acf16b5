"""The whole way from a checked launch to the path where the person goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lti import claims, ports, roles
from lti.claims import Claims
from lti.grades import outbox
from lti.launching import columns, links, people
from lti.models import Deployment, LtiPerson, ResourceLink
from lti.roles import Acting
from lti.services.nrps import name_of


@dataclass(frozen=True)
class Arrival:
    """Where somebody goes on, and as whom."""

    path: str
    acting: Acting
    link: ResourceLink
    person: LtiPerson | None


def arrive(deployment: Deployment, body: Claims, now: datetime) -> Arrival:
    """Let the person of a checked resource link launch in. Raises LaunchProblem when there is no content."""
    acting = roles.acting_as(claims.texts(body, claims.ROLES))
    link = links.find_link(deployment, body)
    columns.attach_column(link, claims.grade_service(body))
    sub, name = claims.identifier(body, "sub", required=False), name_of(dict(body))
    person = None
    if sub:
        person = people.find_person(deployment.platform, deployment.organisation, sub, name)
        learner = person.learner
        if getattr(person, "has_blocked", False):
            outbox.try_again(person, now)
    else:
        learner = ports.new_learner(deployment.organisation, name)
    presentation = claims.mapping(body, claims.PRESENTATION)
    locale = claims.words(presentation, "locale", 20)
    return_url = claims.address(presentation, "return_url", 2000)
    if acting is Acting.TEACHER:
        path = ports.coach(link.placement, learner, now, locale=locale, return_url=return_url)
    else:
        preview = acting is Acting.PREVIEW
        path = ports.play(link.placement, learner, now, preview=preview, locale=locale, return_url=return_url)
    return Arrival(path, acting, link, person)
