"""From a grade to a gradebook on a bad day: faults, lost leases, clocks, refusals, pauses. Nothing is lost or doubled."""

from datetime import timedelta
from types import SimpleNamespace
from typing import cast
from unittest.mock import Mock

import pytest
from django.utils import timezone

from foundation.leases import claim
from lti.grades import batches, delivery
from lti.models import DeliveryOutcome, GradeState, GradeTarget, Platform
from tests.lti.enrolling import enrol, last, make_due, target
from tests.lti.fake_web import answer
from tests.lti.grading import KINDS, deliver, give_grade

RULES = ["plain", "moodle", "canvas", "openedx"]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("fault", ["timeout", "reset", 500, 502, 503], ids=str)
@pytest.mark.parametrize("applied", [False, True], ids=["lost", "applied"])
def test_a4_grade_survives_one_fault_without_a_double(lms, web, visitor, rules, fault, applied):
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


def test_worker_that_died_after_the_post_is_made_good_by_reading(book, participation, monkeypatch):
    """The process was killed between the LMS's answer and our commit: only the intent is there."""
    give_grade(participation, "0.6")
    book.faults = [("applied", 200)]
    [row] = claimed()
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(batches.outcomes, "settle", Mock(side_effect=KeyboardInterrupt))
        batches.run([row], timezone.now())
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


def test_lease_lost_while_the_cell_was_read_posts_nothing(lms, web, visitor, monkeypatch):
    """Blackboard is asked for its comment first, and may take longer than the lease."""
    book, participation = enrol(lms, web, visitor, "blackboard")
    give_grade(participation, "0.3", comment="Tea")
    deliver()
    give_grade(participation, "0.6", comment="Coffee")
    [row] = claimed()
    clock = [0.0]
    monkeypatch.setattr(delivery, "time", SimpleNamespace(monotonic=lambda: clock[0]))

    def read_slowly(call):
        clock[0] += 200
        GradeTarget.objects.update(lease_id="00000000-0000-4000-8000-00000000000f")
        found = book.results(call).json()
        return answer(call, 200, [{name: each[name] for name in each if name != "timestamp"} for each in found])

    web.on("GET", book.item_url.split("?")[0] + "/results", read_slowly)
    batches.run([row], timezone.now())
    assert [post.json()["comment"] for post in book.posts()] == ["Tea"]


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


def test_a5_token_is_fetched_once_for_many_grades(book, participation):
    for ratio in ("0.1", "0.2", "0.3", "0.4"):
        give_grade(participation, ratio)
        deliver()
    assert (book.tokens, len(book.posts())) == (1, 4)


def test_token_endpoint_that_sends_a_web_page_is_named(book, participation, web, lms):
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
