"""Names of a course's people from the LMS's roster, for those who launched before their names were shared."""

from __future__ import annotations

from lti import ports
from lti.models import Context, LtiPerson
from lti.services import nrps


def take_over_names(context: Context) -> int:
    """Read the roster and give a name to everybody known here without one; returns to how many.

    People who never launched are not made: what is not needed is not kept. Raises ServiceError or OutboundError.
    """
    platform = context.deployment.platform
    if not context.memberships_url:
        return 0
    names = {member.sub: member.name for member in nrps.read_members(platform, context.memberships_url) if member.name}
    people = LtiPerson.objects.filter(
        platform=platform, organisation=context.deployment.organisation, learner__display_name="", sub__in=names
    )
    count = 0
    for person in people.filter(learner__erased_at=None).select_related("learner"):
        ports.rename_learner(person.learner, names[person.sub])
        count += 1
    return count
