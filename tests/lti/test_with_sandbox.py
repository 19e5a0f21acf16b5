"""The whole way against an LMS in another process, with the ways of each product: register, choose, launch, grade.

Nothing is faked but the catalogue and the grade itself.
"""

from decimal import Decimal

import pytest
from django.utils import timezone

from learning.api import Participation
from lti.grades.verifying import verify
from lti.models import GradeState, GradeTarget, Platform, PlatformToken
from lti.preflight import probe
from lti.services import tokens
from tests.lti.conftest import SCENARIO
from tests.lti.grading import deliver, give_grade
from tests.lti.joining import add_link, follow, join

PRODUCTS = ["moodle", "canvas", "openedx", "brightspace", "sakai"]


def shown_ratio(lms, link, username="amara"):
    grade = lms.grade(lms.course, link["line_items"][0]["id"], username)
    return None if grade is None else Decimal(str(grade["shown"])) / Decimal(str(grade["maximum"]))


def run_until_delivered(tries=40):
    for _ in range(tries):
        GradeTarget.objects.filter(state__in=[GradeState.PENDING, GradeState.BLOCKED]).update(due_at=timezone.now())
        Platform.objects.update(paused_until=None)
        deliver()
        if not GradeTarget.objects.exclude(state=GradeState.DELIVERED).exists():
            return
    raise AssertionError(list(GradeTarget.objects.values("state", "last_error", "last_status")))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", PRODUCTS)
def test_grades_arrive_exactly_in(sandbox, site, organisation, key):
    lms, registration = join(sandbox, key, site, organisation)
    link = add_link(lms, registration)
    arrival = follow(lms.start_launch("amara", link["id"]))
    assert (arrival.status, "/play/" in arrival.url) == (200, True), arrival.body
    participation = Participation.objects.get()
    for ratio in ("0.3333", "0.9000", "0.0000", "1.0000"):
        give_grade(participation, ratio)
        run_until_delivered()
        assert shown_ratio(lms, link) == Decimal(ratio)
    assert list(verify(now=timezone.now())) == []
    assert all(found.ok for found in probe(Platform.objects.get())), list(probe(Platform.objects.get()))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", ["moodle", "canvas", "openedx"])
def test_grades_survive_a_bad_day_in(sandbox, site, organisation, key):
    """Half of the calls go wrong, applied or not: in the end every cell is right."""
    lms, registration = join(sandbox, key, site, organisation)
    link = add_link(lms, registration)
    expected = {}
    for number, username in enumerate(("amara", "jonas", "mei", "rafael")):
        follow(lms.start_launch(username, link["id"]))
        participation = Participation.objects.latest("pk")
        expected[username] = f"0.{number + 2}500"
        lms.set_faults(rate=0.5, seed=number, retry_after_s=1, slow_s=1)
        give_grade(participation, "0.1000")
        deliver()
        give_grade(participation, expected[username])
    run_until_delivered()
    lms.set_faults()
    assert {name: shown_ratio(lms, link, name) for name in expected} == {
        name: Decimal(ratio) for name, ratio in expected.items()
    }


@pytest.mark.django_db(transaction=True)
def test_copied_course_in_moodle_grades_its_own_column(sandbox, site, organisation):
    lms, registration = join(sandbox, "moodle", site, organisation)
    link = add_link(lms, registration)
    follow(lms.start_launch("amara", link["id"]))
    copy = lms.copy_course(lms.course)
    lms.enrol(copy["id"], "amara")
    [copied] = lms.links(copy["id"])
    follow(lms.start_launch("amara", copied["id"]))
    first, second = Participation.objects.order_by("pk")
    assert first.placement_id != second.placement_id
    give_grade(second, "0.7")
    run_until_delivered()
    grade = lms.grade(copy["id"], copied["line_items"][0]["id"], "amara")
    assert Decimal(str(grade["shown"])) / Decimal(str(grade["maximum"])) == Decimal("0.7")
    assert shown_ratio(lms, link) is None


@pytest.mark.django_db(transaction=True)
def test_open_edx_in_programmatic_mode_gets_a_column_that_counts(sandbox, site, organisation):
    lms, registration = join(sandbox, "openedx", site, organisation)
    lms.set_options(ags_mode="programmatic")
    custom = {"branchwise_target": f"scenario:{SCENARIO}", "branchwise_item": "item-9"}
    link = lms.add_link(lms.course, registration, {"title": "Refund", "custom": custom})
    follow(lms.start_launch("amara", link["id"]))
    give_grade(Participation.objects.get(), "0.6")
    run_until_delivered()
    grades = [grade for grade in lms.gradebook(lms.course)["grades"] if grade["username"] == "amara"]
    assert [Decimal(str(row["shown"])) / Decimal(str(row["maximum"])) for row in grades] == [Decimal("0.6")]


@pytest.mark.django_db(transaction=True)
def test_rotated_keys_on_both_sides_go_unnoticed(sandbox, site, organisation):
    from lti import tool_keys

    lms, registration = join(sandbox, "moodle", site, organisation)
    link = add_link(lms, registration)
    follow(lms.start_launch("amara", link["id"]))
    lms.rotate_key(keep_old=False)
    Platform.objects.update(key_set_tried_at=None)
    assert follow(lms.start_launch("amara", link["id"])).status == 200
    tool_keys.rotate(timezone.now())
    tool_keys.rotate(timezone.now())
    PlatformToken.objects.all().delete()  # the next one is asked for with the new key
    tokens.forget_all()
    give_grade(Participation.objects.get(), "0.4")
    run_until_delivered()
    assert shown_ratio(lms, link) == Decimal("0.4")
