"""How Canvas treats a posted score. No other LMS here.

Sources: instructure/canvas-lms app/controllers/lti/ims/scores_controller.rb and
concerns/gradebook_services.rb (read); SOURCES.md P; SOURCES.md T.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sandbox_lms.ags_rules.common import (
    SCORE_TYPE,
    Column,
    Record,
    Standing,
    Verdict,
    parse_object,
    parse_stamp,
    read_number,
    text_of,
)

REQUIRED = ("userId", "activityProgress", "gradingProgress", "timestamp")
#: Only these keep a scoreGiven (Lti::Result::ACCEPT_GIVEN_SCORE_TYPES).
COUNTED = ("FullyGraded", "PendingManual")
SUBMISSION = "https://canvas.instructure.com/lti/submission"


def judge_score(body: bytes, column: Column, record: Record, standing: Standing, result_url: str) -> Verdict:
    """Return what Canvas answers to this POST, and the submission and result it then holds."""
    post = parse_object(body) or {}
    if standing != "learner":
        # Before the required parameters are looked at; teachers and unknown users alike (ltijs#71).
        return _refuse(422, "User not found in course or is not a student")
    missing = [key for key in REQUIRED if post.get(key) in (None, "")]
    if missing:
        return _refuse(400, f"param is missing or the value is empty: {missing[0]}")
    stamp = parse_stamp(post["timestamp"])
    refusal = _refuse_stamp(post, stamp, record) or _refuse_maximum(post)
    if refusal is None and _is_new_submission(post) and _has_no_attempt_left(column, record):
        # Every post is a new submission unless it says otherwise (hypothesis/lms#4973).
        refusal = _refuse(422, "The maximum number of allowed attempts has been reached for this submission")
    if refusal is not None:
        return refusal
    kept = replace(_scored(post, column, record), stamp=stamp)
    return Verdict(200, json.dumps({"resultUrl": result_url}), record=kept, content_type=SCORE_TYPE)


def _refuse(status: int, message: str) -> Verdict:
    return Verdict(status, json.dumps({"errors": {"type": "bad_request", "message": message}}))


def _refuse_stamp(post: Mapping[str, object], stamp: datetime | None, record: Record) -> Verdict | None:
    if stamp is None:
        return _refuse(400, f"Provided timestamp of {post['timestamp']} not a valid timestamp")
    if record.stamp is not None and record.stamp > stamp:
        # Older is refused, equal passes: a blind resend is a second submission (SOURCES.md T).
        last = record.stamp.isoformat(timespec="milliseconds")
        return _refuse(400, f"Provided timestamp of {post['timestamp']} before last updated timestamp of {last}")
    return None


def _refuse_maximum(post: Mapping[str, object]) -> Verdict | None:
    if _is_ignored(post):
        return None
    if post.get("scoreMaximum") is None:
        return _refuse(422, "ScoreMaximum not supplied when ScoreGiven present.")
    maximum = read_number(post["scoreMaximum"])
    if maximum is None or maximum < 0 or read_number(post["scoreGiven"]) is None:
        return _refuse(422, "ScoreMaximum must be greater than or equal to 0")
    return None


def _is_ignored(post: Mapping[str, object]) -> bool:
    return post.get("gradingProgress") not in COUNTED or post.get("scoreGiven") is None


def _is_new_submission(post: Mapping[str, object]) -> bool:
    extension = post.get(SUBMISSION)
    if not isinstance(extension, Mapping):
        return True
    return extension.get("new_submission") in (None, True, "true", 1) and (extension.get("submission_type") != "none")


def _has_no_attempt_left(column: Column, record: Record) -> bool:
    return column.attempts_allowed is not None and record.attempts >= column.attempts_allowed


def _scored(post: Mapping[str, object], column: Column, record: Record) -> Record:
    given, maximum = read_number(post.get("scoreGiven")), read_number(post.get("scoreMaximum"))
    shown: float | None = None  # NotReady, Failed, Pending or no scoreGiven: submission.update(score: nil)
    if not _is_ignored(post) and given is not None:
        # Over 100 % is accepted, and a maximum of 0 is not scaled (line_item_score_maximum_scale).
        shown = given * column.maximum / maximum if maximum else given
    comment = text_of(post, "comment")
    return replace(
        record,
        # The result keeps the posted numbers even when the submission ignores them.
        given=given,
        given_maximum=maximum,
        shown=shown,
        # Each POST adds a comment: sending it on a retry shows it twice (SOURCES.md P).
        comments=(*record.comments, comment) if comment else record.comments,
        comment=comment or record.comment,
        attempts=record.attempts + (1 if _is_new_submission(post) else 0),
        activity_progress=text_of(post, "activityProgress"),
        grading_progress=text_of(post, "gradingProgress"),
        completed=shown is not None,
        overridden=False,  # a tool's score replaces what the teacher typed
    )
