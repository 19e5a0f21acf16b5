"""From a grade to a gradebook on a good day: what is sent, in which order, and what is never sent."""

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from learning.api import Participation
from lti.grades import outbox, status
from lti.models import DeliveryOutcome, GradeDelivery, GradeState, GradeTarget
from tests.lti.enrolling import enrol, last, make_due, target
from tests.lti.grading import deliver, give_grade

SUBMISSION = "https://canvas.instructure.com/lti/submission"
RULES = ["plain", "moodle", "canvas", "openedx"]


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


def test_a3_no_grade_sends_nothing_and_erases_nothing(book, participation):
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
def test_a2_two_grades_in_one_second_both_arrive_in_order(lms, web, visitor, rules):
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


# --- When it was handed in


def test_canvas_is_told_when_a_score_is_no_new_submission(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "canvas")
    for ratio in ("0.3", "0.6"):
        give_grade(participation, ratio)
        deliver()
    first, second = [post.json()[SUBMISSION] for post in book.posts()]
    assert (first["new_submission"], second["new_submission"]) == (True, False)
    assert book.cells["person-7"].submissions == 1


FINISHED = datetime(2026, 5, 1, 20, 15, tzinfo=UTC)
SAYS_IT = {
    "plain": True,
    "moodle": True,
    "canvas": True,
    "openedx": True,
    "sakai": False,
    "brightspace": False,
    "blackboard": False,
}


@pytest.mark.parametrize("rules", SAYS_IT)
def test_a7_score_says_when_the_learner_finished_where_that_is_taken(lms, web, visitor, rules):
    book, participation = enrol(lms, web, visitor, rules)
    give_grade(participation, "0.5", finished_at=FINISHED)
    deliver()
    [post] = book.posts()
    assert post.json().get("submission") == ({"submittedAt": "2026-05-01T20:15:00.000Z"} if SAYS_IT[rules] else None)
    assert post.json()["timestamp"] > "2026-05-01T20:15:01"


@pytest.mark.parametrize("finished_at", [FINISHED, None], ids=["finished", "never finished"])
def test_a7_canvas_counts_from_when_the_learner_finished_and_not_from_when_it_answered(lms, web, visitor, finished_at):
    book, participation = enrol(lms, web, visitor, "canvas")
    give_grade(participation, "0.5", finished_at=finished_at)
    deliver()
    [post] = book.posts()
    handed_in = post.json()[SUBMISSION]["submitted_at"]
    assert handed_in == ("2026-05-01T20:15:00.000Z" if finished_at else post.json()["timestamp"])


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
