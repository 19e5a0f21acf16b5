"""From a grade to a gradebook: what is sent, what is never sent, and what a bad day changes."""

import threading
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import cast

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from foundation.leases import claim
from learning.api import Participation
from lti.grades import batches, outbox, status
from lti.models import DeliveryOutcome, GradeDelivery, GradeState, GradeTarget, LineItem, Platform
from tests.lti.enrolling import AGS, enrol, last, make_due, target
from tests.lti.fake_lms import FakeLms
from tests.lti.grading import KINDS, deliver, give_grade

SUBMISSION = "https://canvas.instructure.com/lti/submission"
RULES = ["plain", "moodle", "canvas", "openedx"]


@pytest.fixture
def book(lms, web, visitor):
    return enrol(lms, web, visitor)[0]


@pytest.fixture
def participation(book):
    return Participation.objects.get()


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("ratio", ["0.0000", "0.3333", "0.6667", "1.0000"])
def test_grade_arrives_exactly(lms, web, visitor, rules, ratio):
    book, participation = enrol(lms, web, visitor, rules)
    give_grade(participation, ratio)
    assert deliver() == 1
    cell = book.cells["person-7"]
    assert Decimal(str(cell.score)) / Decimal(str(cell.maximum)) == Decimal(ratio)
    row = target()
    assert (row.state, row.sent, row.due_at, row.is_unsure) == (GradeState.DELIVERED, Decimal(ratio), None, False)
    assert last() == DeliveryOutcome.DELIVERED


def test_one_post_with_everything_that_counts(book, participation):
    give_grade(participation, "0.5")
    deliver()
    [post] = book.posts()
    assert post.url == f"{book.issuer}/items/3/lineitem/scores?type_id=2"
    assert post.headers["Accept"] == post.headers["Content-Type"] == "application/vnd.ims.lis.v1.score+json"
    stamp = post.json().pop("timestamp")
    assert stamp.endswith("Z")
    assert post.json() == {
        "userId": "person-7",
        "scoreGiven": 50,
        "scoreMaximum": 100,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": stamp,
    }


def test_no_grade_sends_nothing_and_erases_nothing(book, participation):
    give_grade(participation, None)
    assert deliver() == 0
    give_grade(participation, "0.8")
    deliver()
    give_grade(participation, None)
    assert deliver() == 0
    assert (len(book.posts()), book.cells["person-7"].score) == (1, 80)
    assert target().state == GradeState.NOTHING


def test_grade_withdrawn_before_it_was_sent_is_not_sent(book, participation):
    give_grade(participation, "0.8")
    give_grade(participation, None)
    make_due()
    deliver()
    assert book.posts() == []


def test_preview_never_reaches_the_outbox(book, participation):
    Participation.objects.update(is_preview=True)
    give_grade(participation, "1")
    assert GradeTarget.objects.count() == 0


def test_newest_of_several_grades_is_sent_once(book, participation):
    for ratio in ("0.2", "0.9", "0.4"):
        give_grade(participation, ratio)
    deliver()
    assert [post.json()["scoreGiven"] for post in book.posts()] == [40]


def test_same_grade_again_is_not_posted_again(book, participation):
    give_grade(participation, "0.4")
    deliver()
    give_grade(participation, "0.4")
    deliver()
    assert len(book.posts()) == 1
    assert target().state == GradeState.DELIVERED


@pytest.mark.parametrize("rules", RULES)
def test_two_grades_in_one_second_both_arrive_in_order(lms, web, visitor, rules):
    book, participation = enrol(lms, web, visitor, rules)
    now = timezone.now()
    for ratio in ("0.2", "0.9", "0.5"):
        give_grade(participation, ratio, now)
        deliver(now)
    assert book.cells["person-7"].score == 50
    stamps = sorted(GradeDelivery.objects.values_list("stamp", flat=True))
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in pairwise(stamps))


def test_clock_set_back_an_hour_still_delivers(book, participation):
    now = timezone.now()
    give_grade(participation, "0.2", now)
    deliver(now)
    give_grade(participation, "0.7", now - timedelta(hours=1))
    deliver(now - timedelta(hours=1))
    assert book.cells["person-7"].score == 70


# --- A bad day


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("fault", ["timeout", "reset", 500, 502, 503], ids=str)
@pytest.mark.parametrize("applied", [False, True], ids=["lost", "applied"])
def test_grade_survives_one_fault_without_a_double(lms, web, visitor, rules, fault, applied):
    book, participation = enrol(lms, web, visitor, rules)
    book.faults = [("applied", fault)] if applied else [fault]
    give_grade(participation, "0.75")
    deliver()
    make_due()
    deliver()
    cell, row = book.cells["person-7"], target()
    assert (cell.score, cell.submissions) == (75, 1)
    assert row.state == GradeState.DELIVERED
    assert len(book.posts()) == (1 if applied else 2)
    assert row.is_confirmed is applied


def test_worker_that_died_after_the_post_is_made_good_by_reading(book, participation):
    """The process was killed between the LMS's answer and our commit: only the intent is there."""
    give_grade(participation, "0.6")

    def die():
        raise KeyboardInterrupt

    book.faults = [("applied", 200)]
    [row] = claimed()
    original = outbox.wake
    real = batches.outcomes.settle
    try:
        batches.outcomes.settle = lambda *arguments: die()
        with pytest.raises(KeyboardInterrupt):
            batches.run([row], timezone.now())
    finally:
        batches.outcomes.settle = real
    assert original is outbox.wake
    assert (target().is_unsure, target().state) == (True, GradeState.PENDING)
    GradeTarget.objects.update(due_at=timezone.now(), lease_until=None, lease_id=None)
    deliver()
    assert (target().state, target().is_confirmed, len(book.posts())) == (GradeState.DELIVERED, True, 1)


def claimed() -> list[GradeTarget]:
    return cast(list[GradeTarget], claim(KINDS[0], timezone.now(), 1))


def test_lost_lease_writes_no_outcome(book, participation):
    give_grade(participation, "0.6")
    [row] = claimed()

    def lose():
        GradeTarget.objects.update(lease_id="00000000-0000-4000-8000-00000000000f")

    book.before_post = lose
    batches.run([row], timezone.now())
    assert last() == DeliveryOutcome.LEASE_LOST
    assert target().state == GradeState.PENDING


def test_lease_lost_before_the_post_posts_nothing(book, participation):
    give_grade(participation, "0.6")
    [row] = claimed()
    GradeTarget.objects.update(lease_id="00000000-0000-4000-8000-00000000000f")
    batches.run([row], timezone.now())
    assert book.posts() == []


def test_grade_that_changes_during_the_post_is_sent_next(book, participation):
    give_grade(participation, "0.3")

    def meanwhile() -> None:
        book.before_post = None
        give_grade(participation, "0.9")

    book.before_post = meanwhile
    deliver()
    assert (book.cells["person-7"].score, target().state) == (30, GradeState.PENDING)
    deliver()
    assert (book.cells["person-7"].score, target().state) == (90, GradeState.DELIVERED)


def test_older_post_that_arrives_late_does_not_win(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "moodle")
    give_grade(participation, "0.3")
    deliver()
    [first] = book.posts()
    give_grade(participation, "0.9")
    deliver()
    assert book.scores(first).status == 409
    assert book.cells["person-7"].score == 90


def test_stamp_of_a_teachers_later_edit_is_passed(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "moodle")
    give_grade(participation, "0.3")
    deliver()
    book.cells["person-7"].stamp += timedelta(minutes=5)
    book.cells["person-7"].score = 55
    give_grade(participation, "0.9")
    deliver()
    assert book.cells["person-7"].score == 90
    assert len(book.posts()) == 3  # refused once, then sent with a stamp after the teacher's


@pytest.mark.parametrize("rules", ["moodle", "canvas", "openedx"])
def test_person_who_is_no_learner_there_is_blocked_tried_daily_and_at_the_next_launch(lms, web, visitor, rules):
    book, participation = enrol(lms, web, visitor, rules)
    book.not_gradable = {"person-7"}
    give_grade(participation, "0.4")
    now = timezone.now()
    deliver(now)
    row = target()
    assert (row.state, row.last_status in (400, 422)) == (GradeState.BLOCKED, True)
    assert row.due_at - now == timedelta(days=1)
    book.not_gradable = set()
    lms.launch(visitor)
    assert deliver() == 1
    assert (book.cells["person-7"].score, target().state) == (40, GradeState.DELIVERED)


def test_new_grade_of_a_blocked_person_is_tried_at_once(book, participation):
    book.not_gradable = {"person-7"}
    give_grade(participation, "0.4")
    deliver()
    book.not_gradable = set()
    give_grade(participation, "0.5")
    assert deliver() == 1
    assert book.cells["person-7"].score == 50


def test_locked_grade_in_moodle_is_blocked_in_the_end(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "moodle")
    book.faults = [500] * 20
    give_grade(participation, "0.4")
    for _ in range(5):
        make_due()
        deliver()
        assert target().state == GradeState.PENDING
    make_due()
    deliver()
    assert target().state == GradeState.BLOCKED


def test_trouble_is_tried_for_ever_with_growing_pauses(book, participation):
    book.faults = [500] * 40
    give_grade(participation, "0.4")
    for _ in range(30):
        make_due()
        deliver()
    row = target()
    assert (row.state, row.tries) == (GradeState.PENDING, 30)
    assert row.due_at > timezone.now()
    book.faults = []
    make_due()
    deliver()
    assert target().state == GradeState.DELIVERED


def test_request_to_slow_down_pauses_the_platform_and_burns_no_further_tries(book, participation):
    book.faults = [(429, {"Retry-After": "120"}, b"")]
    give_grade(participation, "0.4")
    now = timezone.now()
    deliver(now)
    platform = Platform.objects.get()
    assert timedelta(seconds=119) < platform.paused_until - now < timedelta(seconds=121)
    GradeTarget.objects.update(due_at=now)
    assert deliver(now) == 0
    make_due()
    deliver()
    assert book.cells["person-7"].score == 40
    assert Platform.objects.get().paused_until is None


def test_canvas_throttle_is_not_taken_for_a_refusal(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "canvas")
    book.faults = [(403, {}, b"403 Forbidden (Rate Limit Exceeded)")]
    give_grade(participation, "0.4")
    deliver()
    assert target().state == GradeState.PENDING
    assert Platform.objects.get().paused_until is not None


def test_platform_that_is_down_is_left_alone_after_five_failures(book, participation):
    book.faults = ["timeout"] * 9
    give_grade(participation, "0.4")
    for _ in range(5):
        GradeTarget.objects.update(due_at=timezone.now())
        deliver()
    assert Platform.objects.get().paused_until > timezone.now() + timedelta(seconds=50)
    GradeTarget.objects.update(due_at=timezone.now())
    assert deliver() == 0


def test_rejected_token_is_replaced_once(book, participation):
    give_grade(participation, "0.4")
    deliver()
    book.valid_tokens.clear()
    give_grade(participation, "0.5")
    deliver()
    assert (book.tokens, book.cells["person-7"].score) == (2, 50)


def test_token_is_fetched_once_for_many_grades(book, participation):
    for ratio in ("0.1", "0.2", "0.3", "0.4"):
        give_grade(participation, ratio)
        deliver()
    assert (book.tokens, len(book.posts())) == (1, 4)


def test_token_endpoint_that_sends_a_web_page_is_named(book, participation, web, lms):
    from tests.lti.fake_web import answer

    web.on("POST", lms.row.token_url, lambda call: answer(call, 404, b"<!DOCTYPE html><html>not found</html>"))
    give_grade(participation, "0.4")
    deliver()
    assert "cannot reach this site's key set" in last("note")
    assert target().state == GradeState.PENDING


def test_suspended_platform_keeps_its_grades_until_it_is_active_again(book, participation):
    Platform.objects.update(status="suspended")
    give_grade(participation, "0.4")
    assert deliver() == 0
    Platform.objects.update(status="active")
    assert deliver() == 1


# --- Products


def test_canvas_is_told_when_a_score_is_no_new_submission(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "canvas")
    for ratio in ("0.3", "0.6"):
        give_grade(participation, ratio)
        deliver()
    first, second = [post.json()[SUBMISSION] for post in book.posts()]
    assert (first["new_submission"], second["new_submission"]) == (True, False)
    assert book.cells["person-7"].submissions == 1


def test_open_edx_without_a_column_gets_one_bound_to_the_link(lms, web, visitor):
    Platform.objects.filter(pk=lms.row.pk).update(product="openedx")
    book = FakeLms(web, lms.row.issuer, "openedx")
    lms.extra[AGS] = {**book.endpoint, "lineitem": ""}
    lms.launch(visitor)
    give_grade(Participation.objects.get(), "0.5")
    deliver()
    [made] = book.items
    assert (made["resourceLinkId"], made["resourceId"], made["scoreMaximum"]) == ("link-1", "item-1", 100)
    assert book.cells["person-7"].score == 50
    assert LineItem.objects.get().url == made["id"]


def test_open_edx_column_that_is_there_is_found_again(lms, web, visitor):
    Platform.objects.filter(pk=lms.row.pk).update(product="openedx")
    book = FakeLms(web, lms.row.issuer, "openedx")
    book.items = [{"id": book.item_url, "resourceLinkId": "link-1", "resourceId": "item-1"}]
    lms.extra[AGS] = {**book.endpoint, "lineitem": f"{lms.row.issuer}/items/99/lineitem"}
    lms.launch(visitor)
    give_grade(Participation.objects.get(), "0.5")
    deliver()
    assert LineItem.objects.get().url == book.item_url
    assert len(book.items) == 1


def test_no_column_is_made_where_a_teacher_wanted_none(lms, web, visitor):
    Platform.objects.filter(pk=lms.row.pk).update(product="moodle")
    book = FakeLms(web, lms.row.issuer, "moodle")
    lms.extra[AGS] = {**book.endpoint, "lineitem": ""}
    lms.launch(visitor)
    give_grade(Participation.objects.get(), "0.5")
    assert (LineItem.objects.count(), GradeTarget.objects.count(), book.items) == (0, 0, [])


def test_deleted_column_blocks_and_is_not_made_again(book, participation, web):
    from tests.lti.fake_web import answer

    give_grade(participation, "0.5")
    web.on("POST", book.item_url.split("?")[0] + "/scores", lambda call: answer(call, 404))
    deliver()
    assert (target().state, book.items) == (GradeState.BLOCKED, [])


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


# --- People


def test_parked_grade_waits_for_a_person(book, participation):
    give_grade(participation, "0.5")
    outbox.park(GradeTarget.objects.all())
    give_grade(participation, "0.7")
    assert (deliver(), target().state) == (0, GradeState.PARKED)
    outbox.resend(GradeTarget.objects.all(), timezone.now())
    deliver()
    assert book.cells["person-7"].score == 70


def test_resend_reads_before_it_posts(book, participation):
    give_grade(participation, "0.5")
    deliver()
    outbox.resend(GradeTarget.objects.all(), timezone.now())
    deliver()
    assert (len(book.posts()), target().is_confirmed) == (1, True)


def test_learning_is_told_how_delivery_stands(book, participation):
    assert status.delivery_status([participation.pk]) == {}
    give_grade(participation, "0.5")
    words = [status.delivery_status([participation.pk])[participation.pk].status]
    book.faults = [500]
    deliver()
    words.append(status.delivery_status([participation.pk])[participation.pk].status)
    make_due()
    deliver()
    words.append(status.delivery_status([participation.pk])[participation.pk].status)
    assert words == ["saved", "delayed", "sent"]


def test_grade_and_wish_are_one_fact(book, participation):
    """A transaction that fails takes both back."""
    with pytest.raises(RuntimeError), transaction.atomic():
        give_grade(participation, "0.5")
        raise RuntimeError
    assert GradeTarget.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_deliver_each_row_once(lms, web, visitor):
    book, participation = enrol(lms, web, visitor)
    give_grade(participation, "0.5")
    barrier = threading.Barrier(2)
    counts = []

    def work():
        barrier.wait()
        try:
            counts.append(deliver())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 1]
    assert len(book.posts()) == 1
    assert connection.alias == "default"
