"""Who is in a course of the LMS: read page by page in the background, and only when somebody here wants to know."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.api import Again, OutboundError, wake
from lti import ports
from lti.models import Context, LtiPerson, Roster, RosterMember
from lti.roles import Acting, acting_as
from lti.services import nrps
from lti.services.errors import PlatformBusy, ServiceError
from lti.services.nrps import Member, Reading

KIND = "lti.rosters"
PAGE_SIZE = 100
FRESH_FOR = timedelta(hours=1)
REFUSED_FOR = timedelta(days=1)
# What nobody has asked for in so long is forgotten: names are kept only while they are of use.
KEPT_FOR = timedelta(days=30)


def for_placement(placement_id: int, now: datetime) -> ports.RosterView | None:
    """Return who of a placement's course has not come here yet; None where its LMS shares no roster.

    Reads what is kept, and has it read anew in the background when it is older than an hour.
    """
    contexts = Context.objects.filter(links__placement=placement_id).exclude(memberships_url="")
    context = contexts.select_related("deployment").first()
    if context is None:
        return None
    roster = want(context, now)
    if roster.is_refused:
        return ports.RosterView("refused", _("The LMS does not let Branchwise read who is in the course."))
    if roster.read_at is None:
        return ports.RosterView("asked", _("The LMS is asked who is in the course. Look again in a moment."))
    here = LtiPerson.objects.filter(
        platform=context.deployment.platform_id, learner__participations__placement=placement_id
    )
    groups = {each["id"]: each["name"] for each in roster.groups}
    absent = [
        (member.name or _("Somebody without a name"), ", ".join(groups[key] for key in member.groups if key in groups))
        for member in roster.members.exclude(sub__in=here.values("sub"))
    ]
    return ports.RosterView("read", absent=absent, read_at=roster.read_at)


def want(context: Context, now: datetime) -> Roster:
    """Return a course's roster as it is known, and make it due when it is missing or old."""
    roster, made = Roster.objects.get_or_create(context=context, defaults={"due_at": now})
    age = REFUSED_FOR if roster.is_refused else FRESH_FOR
    is_old = roster.read_at is None or roster.read_at < now - age
    if made or (is_old and roster.due_at is None):
        Roster.objects.filter(pk=roster.pk, due_at__isnull=True).update(due_at=now, tries=0)
        wake(KIND)
    return roster


def run(row: Roster, now: datetime) -> Again | None:
    """Read one roster. An LMS that refuses (403) is believed, and asked again when somebody wants it another day."""
    roster = Roster.objects.select_related("context__deployment__platform").get(pk=row.pk)
    forget_unused(now)
    try:
        _read(roster, now)
    except PlatformBusy as busy:
        return Again(now + timedelta(seconds=busy.seconds), str(busy))
    except ServiceError as error:
        if error.status not in (401, 403, 404):
            raise
        Roster.objects.filter(pk=roster.pk).update(is_refused=True, read_at=now)
    return None


def forget_unused(now: datetime) -> int:
    """Delete rosters that nobody has asked for in a month, names and all."""
    count, _rows = Roster.objects.filter(read_at__lt=now - KEPT_FOR, due_at__isnull=True).delete()
    return count


def take_over_names(context: Context) -> int:
    """Read the roster and give a name to everybody known here without one; returns to how many.

    People who never launched are not made: what is not needed is not kept. Raises ServiceError or OutboundError.
    """
    if not context.memberships_url:
        return 0
    platform = context.deployment.platform
    members = nrps.read_members(platform, context.memberships_url, limit=PAGE_SIZE)
    return _name_people(context, {member.sub: member.name for member in members if member.name})


def _read(roster: Roster, now: datetime) -> None:
    """Read what changed since the last time where the LMS offers that, else all of it."""
    reading = Reading()
    groups = _groups(roster)
    changed = _differences(roster, reading)
    is_whole = changed is None
    if changed is None:
        changed = _everybody(roster.context, reading, groups=bool(groups))
    with transaction.atomic():
        _keep(roster, changed, is_whole)
        Roster.objects.filter(pk=roster.pk).update(
            groups=groups, differences_url=reading.differences_url[:1000], read_at=now, is_refused=False
        )
        _name_people(roster.context, {member.sub: member.name for member in changed if member.name})


def _everybody(context: Context, reading: Reading, *, groups: bool) -> list[Member]:
    platform, url = context.deployment.platform, context.memberships_url
    return list(nrps.read_members(platform, url, reading, role=nrps.LEARNER, limit=PAGE_SIZE, groups=groups))


def _differences(roster: Roster, reading: Reading) -> list[Member] | None:
    """Return who changed since the last reading; None where that cannot be told."""
    if not roster.differences_url or roster.read_at is None:
        return None
    try:
        return list(nrps.read_members(roster.context.deployment.platform, roster.differences_url, reading))
    except PlatformBusy:
        raise
    except (ServiceError, OutboundError):  # such addresses end some day
        return None


def _groups(roster: Roster) -> list[dict[str, str]]:
    """Return the course's groups, none where the LMS offers or allows none."""
    context = roster.context
    if not context.groups_url:
        return []
    try:
        return nrps.read_groups(context.deployment.platform, context.groups_url)
    except PlatformBusy:
        raise
    except (ServiceError, OutboundError):
        return []


def _keep(roster: Roster, members: list[Member], is_whole: bool) -> None:
    learners = [each for each in members if each.is_active and acting_as(each.roles) is Acting.LEARNER]
    staying = {each.sub for each in learners}
    named = {each.sub for each in members}
    kept = roster.members.values_list("pk", "sub")
    gone = [pk for pk, sub in kept if sub not in staying and (is_whole or sub in named)]
    RosterMember.objects.filter(pk__in=gone).delete()
    once = {each.sub: each for each in learners}
    RosterMember.objects.bulk_create(
        [RosterMember(roster=roster, sub=sub, name=m.name, groups=list(m.groups)) for sub, m in once.items()],
        update_conflicts=True,
        unique_fields=["roster", "sub"],
        update_fields=["name", "groups"],
        batch_size=500,
    )


def _name_people(context: Context, names: dict[str, str]) -> int:
    """Give a name to everybody known here without one."""
    people = LtiPerson.objects.filter(
        platform=context.deployment.platform_id,
        organisation=context.deployment.organisation_id,
        learner__display_name="",
        learner__erased_at=None,
    )
    count = 0
    for person in people.select_related("learner"):
        if names.get(person.sub):
            ports.rename_learner(person.learner, names[person.sub])
            count += 1
    return count
