"""Rosters: read to their end when a coach asks and not before, with groups and differences; a refusal is believed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.api import run_due
from learning.api import Participation
from lti import roster
from lti.models import Context, Roster, RosterMember
from lti.services import nrps
from lti.work import ROSTERS
from tests.lti.fake_lms import FakeLms
from tests.lti.fake_web import answer

NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
GROUPS = "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice"


class Course:
    """The roster service of one course, two people a page."""

    def __init__(self, web, issuer):
        self.base, self.status = f"{issuer}/members", 200
        self.people = [
            self.member("person-7"),
            self.member("person-8", "Bo"),
            self.member("teacher", role="Instructor"),
        ]
        self.links, self.queries, self.offers_differences = {}, [], False
        web.on("GET", self.base, self.serve)
        web.on("GET", f"{issuer}/changes", self.changes)
        web.on("GET", f"{issuer}/groups", self.groups)
        self.changed, self.issuer = [], issuer

    def member(self, sub, name="", role="Learner", **more):
        return {"user_id": sub, "name": name, "roles": [role], **more}

    def serve(self, call):
        self.queries.append(call.url.partition("?")[2])
        page = int(call.url.partition("Page=")[2][:1] or 0)
        links = [f'<{self.issuer}/changes?Since=WyJB>; rel="differences"'] if self.offers_differences else []
        if len(self.people) > 2 * page + 2:
            links.append(f'<{self.base}?Page={page + 1}>; rel="next"')
        document = {"members": self.people[2 * page : 2 * page + 2]}
        return answer(call, self.status, document, {"Link": ", ".join(links)})

    def changes(self, call):
        assert "Since=WyJB" in call.url
        return answer(call, 200, {"members": self.changed}, {"Link": f'<{call.url}>; rel="differences"'})

    def groups(self, call):
        assert call.headers["Accept"] == nrps.GROUPS_TYPE
        return answer(call, 200, {"groups": [{"id": "g1", "name": "Blue"}, {"id": "g2", "name": "Red"}]})


@pytest.fixture
def course(lms, web, visitor):
    FakeLms(web, lms.row.issuer)
    found = Course(web, lms.row.issuer)
    claims = {NRPS: {"context_memberships_url": found.base}, GROUPS: {"context_groups_url": f"{lms.row.issuer}/groups"}}
    assert lms.launch(visitor, **claims).status_code == 303
    return found


def ask(now=None):
    """What a coach sees; the background read is done when it is due."""
    placement = Participation.objects.get().placement_id
    shown = roster.for_placement(placement, now or timezone.now())
    run_due(now or timezone.now(), [ROSTERS])
    return shown


def test_nothing_is_read_before_somebody_asks(course, web):
    run_due(timezone.now(), [ROSTERS])
    assert (course.queries, Roster.objects.count()) == ([], 0)
    assert ask().state == "asked"
    assert len(course.queries) == 2


def test_coach_sees_learners_who_have_not_come_and_no_teachers(course):
    ask()
    shown = ask()
    assert (shown.state, list(shown.absent)) == ("read", [("Bo", "")])
    assert set(RosterMember.objects.values_list("sub", flat=True)) == {"person-7", "person-8"}
    assert "role=http" in course.queries[0]
    assert "limit=100" in course.queries[0]
    assert course.queries[1] == "Page=1"  # as the LMS wrote it


def test_roster_is_not_read_again_within_the_hour(course):
    now = timezone.now()
    ask(now)
    ask(now + timedelta(minutes=50))
    assert len(course.queries) == 2
    ask(now + timedelta(minutes=70))
    assert len(course.queries) == 4


def test_who_left_the_course_is_forgotten(course):
    now = timezone.now()
    ask(now)
    course.people[1]["status"] = "Inactive"
    ask(now + timedelta(hours=2))
    assert ask(now + timedelta(hours=2)).absent == []


def test_groups_are_shown_where_the_lms_has_them(course):
    course.people[1]["group_enrollments"] = [{"group_id": "g2"}, {"group_id": "unknown"}]
    ask()
    assert ask().absent == [("Bo", "Red")]
    assert "groups=true" in course.queries[0]


def test_only_differences_are_read_where_the_lms_tells_them(course):
    now = timezone.now()
    course.offers_differences = True
    ask(now)
    course.changed = [course.member("person-9", "Cy"), course.member("person-8", "Bo", status="Deleted")]
    ask(now + timedelta(hours=2))
    assert len(course.queries) == 2
    assert ask(now + timedelta(hours=2)).absent == [("Cy", "")]


def test_all_is_read_when_differences_fail(course, web):
    now = timezone.now()
    course.offers_differences = True
    ask(now)
    web.on("GET", f"{course.issuer}/changes", lambda call: answer(call, 404))
    ask(now + timedelta(hours=2))
    assert len(course.queries) == 4


@pytest.mark.parametrize("status", [401, 403, 404])
def test_refusal_is_believed_for_a_day(course, status):
    now = timezone.now()
    course.status = status
    ask(now)
    assert ask(now + timedelta(hours=2)).state == "refused"
    asked = len(course.queries)
    course.status = 200
    ask(now + timedelta(days=1, minutes=1))
    assert len(course.queries) > asked
    assert ask(now + timedelta(days=1, minutes=2)).state == "read"


def test_trouble_is_tried_again(course):
    course.status = 503
    ask()
    row = Roster.objects.get()
    assert (row.is_refused, row.read_at, row.due_at > timezone.now()) == (False, None, True)


def test_names_are_kept_for_a_month_after_somebody_asked(course):
    now = timezone.now()
    ask(now)
    assert roster.forget_unused(now + timedelta(days=29)) == 0
    roster.forget_unused(now + timedelta(days=31))
    assert (Roster.objects.count(), RosterMember.objects.count()) == (0, 0)


def test_lms_without_a_roster_offers_none(lms, web, visitor):
    FakeLms(web, lms.row.issuer)
    lms.launch(visitor)
    Context.objects.update(memberships_url="")
    assert roster.for_placement(Participation.objects.get().placement_id, timezone.now()) is None


def test_roster_of_an_activity_can_be_asked_for(lms, web, course):
    list(nrps.read_members(lms.row, course.base, link_id="link-1", limit=5))
    assert course.queries[-2] == "limit=5&rlid=link-1"
