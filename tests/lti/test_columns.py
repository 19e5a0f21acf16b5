"""The column a grade goes to: made, found again, moved, deleted, wished for by nobody, or on a foreign host."""

import pytest
from django.utils import timezone

from learning.api import Participation
from lti.grades import outbox
from lti.models import Cause, DeliveryOutcome, GradeState, GradeTarget, LineItem, Platform
from tests.lti.enrolling import AGS, enrol, last, make_due, target
from tests.lti.fake_lms import FakeLms
from tests.lti.fake_web import answer
from tests.lti.grading import deliver, give_grade


def graded(lms, web, visitor, product, named="", items=()):
    """Launch a learner where the LMS names this column and has those, and give a grade; returns the gradebook."""
    Platform.objects.filter(pk=lms.row.pk).update(product=product)
    book = FakeLms(web, lms.row.issuer, product)
    book.items = list(items)
    lms.extra[AGS] = {**book.endpoint, "lineitem": named}
    lms.launch(visitor)
    give_grade(Participation.objects.get(), "0.5")
    return book


def test_open_edx_without_a_column_gets_one_bound_to_the_link(lms, web, visitor):
    book = graded(lms, web, visitor, "openedx")
    deliver()
    [made] = book.items
    assert (made["resourceLinkId"], made["resourceId"], made["scoreMaximum"]) == ("link-1", "item-1", 100)
    assert book.cells["person-7"].score == 50
    assert LineItem.objects.get().url == made["id"]


def test_open_edx_column_that_is_there_is_found_again(lms, web, visitor):
    there = {"id": FakeLms(web, lms.row.issuer, "openedx").item_url, "resourceLinkId": "link-1", "resourceId": "item-1"}
    book = graded(lms, web, visitor, "openedx", f"{lms.row.issuer}/items/99/lineitem", [there])
    deliver()
    assert LineItem.objects.get().url == there["id"]
    assert len(book.items) == 1


def test_no_column_is_made_where_a_teacher_wanted_none(lms, web, visitor):
    book = graded(lms, web, visitor, "moodle")
    assert (LineItem.objects.count(), GradeTarget.objects.count(), book.items) == (0, 0, [])


def test_deleted_column_blocks_and_is_not_made_again(book, participation, web):
    give_grade(participation, "0.5")
    web.on("POST", book.item_url.split("?")[0] + "/scores", lambda call: answer(call, 404))
    deliver()
    assert (target().state, book.items) == (GradeState.BLOCKED, [])


@pytest.mark.parametrize("granted", ["lineitem.readonly", "lineitem", "both"])
def test_a5_looking_for_a_column_asks_for_the_least_that_was_granted(lms, web, visitor, granted):
    """Open edX may grant reading alone; where there is more, more is not needed to read."""
    book = FakeLms(web, lms.row.issuer)
    names = ["lineitem", "lineitem.readonly"] if granted == "both" else [granted]
    scopes = ["https://purl.imsglobal.org/spec/lti-ags/scope/" + name for name in ("score", *names)]
    lms.extra[AGS] = {**book.endpoint, "scope": scopes}
    lms.launch(visitor)
    book.faults = [404]
    give_grade(Participation.objects.get(), "0.5")
    deliver()
    assert target().cause == Cause.COLUMN_GONE
    asked = [call.form()["scope"] for call in web.made("POST", lms.row.token_url)]
    assert asked == [scopes[0], scopes[-1]]


def test_rights_that_an_admin_grants_later_count_from_the_next_launch(lms, web, visitor):
    book = FakeLms(web, lms.row.issuer)
    lms.extra[AGS] = {**book.endpoint, "scope": book.endpoint["scope"][:1]}
    lms.launch(visitor)
    lms.extra[AGS] = book.endpoint
    lms.launch(visitor)
    assert LineItem.objects.get().scopes == book.endpoint["scope"]
    book.faults = [("applied", 502)]
    give_grade(Participation.objects.get(), "0.5")
    deliver()
    assert (last(), len(book.posts())) == (DeliveryOutcome.CONFIRMED, 1)  # read back, as may be done now


def test_column_that_moved_is_followed(book, participation, lms, visitor):
    give_grade(participation, "0.5")
    deliver()
    moved = FakeLms(book.web, lms.row.issuer, item_url=f"{lms.row.issuer}/items/44/lineitem")
    lms.extra[AGS] = moved.endpoint
    lms.launch(visitor)
    make_due()
    outbox.resend(GradeTarget.objects.all(), timezone.now())
    deliver()
    assert (LineItem.objects.count(), moved.cells["person-7"].score) == (1, 50)


def test_grade_from_before_the_column_was_known_is_sent(lms, web, visitor):
    lms.launch(visitor)
    give_grade(Participation.objects.get(), "0.9")
    assert GradeTarget.objects.count() == 0
    book, _ = enrol(lms, web, visitor)
    deliver()
    assert book.cells["person-7"].score == 90


def test_column_on_a_foreign_host_gets_nothing(lms, web, visitor):
    book = FakeLms(web, "https://elsewhere.example.net")
    lms.extra[AGS] = book.endpoint
    lms.launch(visitor)
    give_grade(Participation.objects.get(), "0.9")
    deliver()
    assert book.posts() == []
    assert "not a host of" in last("note")
