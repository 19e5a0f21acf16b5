"""What each LMS does with a posted score: one table per personality, and the pure rules alone."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox_lms.ags_rules import canvas, moodle, openedx, plain
from sandbox_lms.ags_rules.common import Column, Record, Standing, Verdict
from tests.sandbox_lms.mini_tool import stamp

COLUMN = Column(maximum=100)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
GRADED = Record(
    stamp=AT, given=6, given_maximum=10, shown=60, comment="Before.", comments=("Before.",),
    activity_progress="Completed", grading_progress="FullyGraded", attempts=1, completed=True,
)  # fmt: skip
URL = "https://lms.example/results/3"


def post(**changes: Any) -> bytes:
    body = {
        "userId": "3", "scoreGiven": 8, "scoreMaximum": 10, "timestamp": stamp(60),
        "activityProgress": "Completed", "gradingProgress": "FullyGraded", **changes,
    }  # fmt: skip
    return json.dumps({key: value for key, value in body.items() if value is not ...}).encode()


def in_moodle(body: bytes, column: Column = COLUMN, record: Record = GRADED, standing: Standing = "learner") -> Verdict:
    return moodle.judge_score(body, column, record, standing)


def in_canvas(body: bytes, column: Column = COLUMN, record: Record = GRADED, standing: Standing = "learner") -> Verdict:
    return canvas.judge_score(body, column, record, standing, URL)


def in_openedx(
    body: bytes, column: Column = COLUMN, record: Record = GRADED, standing: Standing = "learner", **options: bool
) -> Verdict:
    return openedx.judge_score(body, column, record, standing, **options)


def kept(verdict: Verdict) -> Record:
    """Return the record that a score left, which must be there."""
    assert verdict.record is not None
    return verdict.record


# -- Moodle ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activity", ["Initialized", "Started", "InProgress", "Submitted", "Completed", "Bogus"])
@pytest.mark.parametrize(
    "grading, shown",
    [("FullyGraded", 80), ("Pending", None), ("PendingManual", None), ("Failed", None), ("NotReady", None),
     ("Bogus", None)],
)  # fmt: skip
def test_moodle_keeps_a_grade_only_when_fully_graded(activity, grading, shown):
    verdict = in_moodle(post(activityProgress=activity, gradingProgress=grading))
    assert (verdict.status, verdict.body) == (200, "")
    assert kept(verdict).shown == shown
    assert kept(verdict).completed is (shown is not None)


@pytest.mark.parametrize(
    "changes, status",
    [
        ({"scoreGiven": 0}, 200),
        ({"scoreGiven": "8"}, 200),
        ({"unknownField": 1}, 200),
        ({"timestamp": "2026-03-02T10:01:00+01:00"}, 200),
        ({"timestamp": "2099-01-01T00:00:00Z"}, 200),
        ({"timestamp": stamp(0.4)}, 409),
        ({"timestamp": stamp()}, 409),
        ({"timestamp": stamp(-1)}, 409),
        ({"timestamp": 1772442000}, 400),
        ({"timestamp": ...}, 400),
        ({"userId": ...}, 400),
        ({"userId": "amara"}, 502),
        ({"activityProgress": ...}, 400),
        ({"gradingProgress": None}, 400),
        ({"scoreMaximum": ...}, 400),
        ({"scoreGiven": "many"}, 400),
    ],
)
def test_moodle_answers(changes, status):
    verdict = in_moodle(post(**changes))
    assert verdict.status == status
    assert (verdict.record is not None) is (status == 200)


@pytest.mark.parametrize("standing", ["teacher", "outsider", "unknown"])
def test_moodle_refuses_who_is_not_gradable_with_the_body_in_the_reason(standing):
    verdict = in_moodle(post(), standing=standing)
    assert (verdict.status, verdict.body) == (400, "[]")
    assert str(verdict.reason).startswith('Incorrect score received{"userId"')


@pytest.mark.parametrize(
    "given, maximum, shown", [(15, 10, 100), (-2, 10, 0), (40, 0, 40), (400, 0, 100), (0, 10, 0), (5, 20, 25)]
)
def test_moodle_rescales_and_clips_what_it_shows(given, maximum, shown):
    record = kept(in_moodle(post(scoreGiven=given, scoreMaximum=maximum)))
    assert (record.given, record.shown) == (given, shown)


def test_moodle_erases_grade_comment_and_stamp_without_a_score():
    record = kept(in_moodle(post(scoreGiven=..., scoreMaximum=..., gradingProgress="NotReady")))
    assert (record.given, record.shown, record.comment, record.stamp, record.completed) == (
        None, None, "", None, False,
    )  # fmt: skip
    assert in_moodle(post(timestamp=stamp(-500)), record=record).status == 200


def test_moodle_erases_the_comment_of_a_score_without_one():
    assert kept(in_moodle(post())).comment == ""
    assert kept(in_moodle(post(comment="After."))).comment == "After."


def test_moodle_accepts_a_score_and_keeps_showing_the_teachers():
    verdict = in_moodle(post(), record=replace(GRADED, overridden=True, shown=71))
    assert (verdict.status, kept(verdict).shown) == (200, 71)


@pytest.mark.parametrize(
    "column, record", [(replace(COLUMN, locked=True), GRADED), (COLUMN, replace(GRADED, locked=True))]
)
def test_moodle_answers_500_for_ever_when_locked(column, record):
    verdict = in_moodle(post(), column, record)
    assert (verdict.status, verdict.body, verdict.record) == (500, "[]", None)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"nonsense", b"[" * 3000])
def test_moodle_answers_400_to_what_is_no_score(body):
    assert in_moodle(body).status == 400


# -- Canvas ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes, status, shown",
    [
        ({}, 200, 80),
        ({"gradingProgress": "PendingManual"}, 200, 80),
        ({"gradingProgress": "Pending"}, 200, None),
        ({"gradingProgress": "NotReady"}, 200, None),
        ({"scoreGiven": ..., "scoreMaximum": ...}, 200, None),
        ({"scoreGiven": 0}, 200, 0),
        ({"scoreGiven": 15}, 200, 150),
        ({"scoreMaximum": 0}, 200, 8),
        ({"timestamp": stamp()}, 200, 80),
        ({"timestamp": stamp(-0.001)}, 400, ...),
        ({"timestamp": "yesterday"}, 400, ...),
        ({"scoreMaximum": ...}, 422, ...),
        ({"scoreMaximum": -1}, 422, ...),
        ({"activityProgress": ...}, 400, ...),
        ({"gradingProgress": ""}, 400, ...),
    ],
)
def test_canvas_answers(changes, status, shown):
    verdict = in_canvas(post(**changes))
    assert verdict.status == status
    assert (verdict.record.shown if verdict.record else ...) == shown


@pytest.mark.parametrize("standing", ["teacher", "outsider", "unknown"])
def test_canvas_refuses_who_is_no_student_before_anything_else(standing):
    verdict = in_canvas(b"{}", standing=standing)
    assert verdict.status == 422
    assert "not a student" in verdict.body


def test_canvas_counts_every_post_as_a_submission_unless_told_otherwise():
    first = kept(in_canvas(post()))
    again = kept(in_canvas(post(), record=first))
    assert (first.attempts, again.attempts) == (2, 3)
    regrade = kept(in_canvas(post(**{canvas.SUBMISSION: {"new_submission": False}}), record=again))
    assert regrade.attempts == 3
    none = kept(in_canvas(post(**{canvas.SUBMISSION: {"submission_type": "none"}}), record=again))
    assert none.attempts == 3


def test_canvas_refuses_a_submission_too_many_and_takes_a_regrade():
    limited = replace(COLUMN, attempts_allowed=1)
    assert in_canvas(post(), limited).status == 422
    assert in_canvas(post(**{canvas.SUBMISSION: {"new_submission": False}}), limited).status == 200


def test_canvas_adds_a_comment_with_every_post():
    assert kept(in_canvas(post(comment="Again."))).comments == ("Before.", "Again.")
    assert kept(in_canvas(post())).comments == ("Before.",)


# -- Open edX -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes, status, shown",
    [
        ({}, 201, 80),
        ({"scoreGiven": 0}, 201, 0),
        ({"scoreGiven": 15}, 201, 100),
        ({"gradingProgress": "Pending"}, 201, 60),
        ({"scoreGiven": ..., "scoreMaximum": ...}, 201, 60),
        ({"comment": None}, 201, 80),
        ({"timestamp": stamp()}, 400, ...),
        ({"timestamp": stamp(-1)}, 400, ...),
        ({"timestamp": stamp(0.001)}, 201, 80),
        ({"timestamp": "yesterday"}, 400, ...),
        ({"scoreMaximum": ...}, 400, ...),
        ({"scoreMaximum": 0}, 400, ...),
        ({"scoreGiven": "many"}, 400, ...),
        ({"userId": ...}, 400, ...),
        ({"activityProgress": "Bogus"}, 500, ...),
        ({"gradingProgress": "Bogus"}, 500, ...),
        ({"scoreGiven": -1}, 500, ...),
    ],
)
def test_openedx_answers(changes, status, shown):
    verdict = in_openedx(post(**changes))
    assert verdict.status == status
    assert (verdict.record.shown if verdict.record else ...) == shown


def test_openedx_names_the_field_of_each_fault():
    errors = json.loads(in_openedx(post(timestamp=stamp(), userId="3")).body)
    assert errors == {"timestamp": ["Score already exists for the provided timestamp"]}


def test_openedx_stores_and_does_not_publish_outside_its_block_or_past_due():
    verdict = in_openedx(post(), replace(COLUMN, publishes=False))
    assert (verdict.status, kept(verdict).given, kept(verdict).shown) == (201, 8, 60)


def test_openedx_before_9_16_1_did_not_publish_zero():
    assert kept(in_openedx(post(scoreGiven=0), drops_zero=True)).shown == 60


def test_openedx_grades_teachers_and_breaks_on_strangers():
    assert kept(in_openedx(post(), standing="teacher")).shown == 80
    assert in_openedx(post(), standing="unknown").status == 500


# -- Brightspace and Sakai ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "manner, outsider, unknown, shown", [(plain.BRIGHTSPACE, 403, 404, 100), (plain.SAKAI, 400, 400, 150)]
)
def test_plain_platforms_differ_in_their_refusals_and_in_more_than_the_maximum(manner, outsider, unknown, shown):
    assert plain.judge_score(post(), COLUMN, GRADED, "outsider", manner).status == outsider
    assert plain.judge_score(post(), COLUMN, GRADED, "unknown", manner).status == unknown
    assert kept(plain.judge_score(post(scoreGiven=15), COLUMN, GRADED, "learner", manner)).shown == shown
    assert plain.judge_score(post(timestamp=stamp()), COLUMN, GRADED, "learner", manner).status == 409
