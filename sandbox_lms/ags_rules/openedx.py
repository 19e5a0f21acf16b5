"""How Open edX (lti-consumer-xblock 11.4.4) treats a posted score. No other LMS here.

Sources: the released package, lti_consumer/lti_1p3/extensions/rest_framework/serializers.py, models.py
(LtiAgsScore) and signals/signals.py (read); SOURCES.md P, SOURCES.md O (run).
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sandbox_lms.ags_rules.common import (
    Column,
    Record,
    Standing,
    Verdict,
    number_of,
    parse_object,
    parse_stamp,
    read_number,
    text_of,
)

ACTIVITY = ("Initialized", "Started", "InProgress", "Submitted", "Completed")
GRADING = ("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady")
SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
REQUIRED = ("timestamp", "activityProgress", "gradingProgress", "userId")


def judge_score(
    body: bytes, column: Column, record: Record, standing: Standing, *, drops_zero: bool = False
) -> Verdict:
    """Return what Open edX answers to this POST, and the score and block grade it then holds.

    `drops_zero` is the behaviour before 9.16.1: a score of 0 was stored and never published (SOURCES.md T).
    """
    post = parse_object(body)
    if post is None:
        return Verdict(400, json.dumps({"detail": "JSON parse error"}))
    errors = _field_errors(post) or _stamp_errors(post, record)
    if errors:
        return Verdict(400, json.dumps(errors))
    given, maximum = read_number(post.get("scoreGiven")), read_number(post.get("scoreMaximum"))
    breaks_model = post["activityProgress"] not in ACTIVITY or post["gradingProgress"] not in GRADING
    if breaks_model or (given is not None and given < 0):
        # Not caught by the serializer but by full_clean() in save(): a 500, nothing kept [run].
        return Verdict(500, "<h1>Server Error (500)</h1>", content_type="text/html")
    publishes = _publishes(post, given, maximum, column, drops_zero)
    if publishes and standing == "unknown":
        # get_user_from_external_user_id raises inside the signal, and the request is one transaction.
        return Verdict(500, "<h1>Server Error (500)</h1>", content_type="text/html")
    kept = replace(
        record,
        stamp=parse_stamp(post["timestamp"]),
        given=given,
        given_maximum=maximum,
        comment=text_of(post, "comment"),
        activity_progress=str(post["activityProgress"]),
        grading_progress=str(post["gradingProgress"]),
    )
    if publishes:
        # Capped at 100 % (signals.py); anything but FullyGraded leaves the block's grade alone.
        ratio = min(number_of(post, "scoreGiven") / number_of(post, "scoreMaximum"), 1.0)
        kept = replace(kept, shown=ratio * column.maximum, completed=True)
    return Verdict(201, json.dumps(_echo(post, given, maximum)), record=kept, content_type=SCORE_TYPE)


def _publishes(
    post: Mapping[str, object], given: float | None, maximum: float | None, column: Column, drops_zero: bool
) -> bool:
    # Only this block's own line item, not past due; else 201, stored, unpublished (SOURCES.md P).
    if post["gradingProgress"] != "FullyGraded" or not column.publishes:
        return False
    return given is not None and maximum is not None and not (drops_zero and given == 0)


def _field_errors(post: Mapping[str, object]) -> dict[str, list[str]]:
    errors = {key: ["This field is required."] for key in REQUIRED if post.get(key) in (None, "")}
    if "timestamp" not in errors and parse_stamp(post["timestamp"]) is None:
        errors["timestamp"] = ["Datetime has wrong format. Use one of these formats instead: ISO-8601."]
    for key in ("scoreGiven", "scoreMaximum"):
        if post.get(key) is not None and read_number(post[key]) is None:
            errors[key] = ["A valid number is required."]
    if post.get("scoreGiven") is not None and "scoreMaximum" not in errors:
        maximum = read_number(post.get("scoreMaximum"))
        if maximum is None:
            errors["scoreMaximum"] = ["scoreMaximum is a required field when providing a scoreGiven value."]
        elif maximum <= 0:
            errors["scoreMaximum"] = ["scoreMaximum must be a positive number when scoreGiven is provided."]
    return errors


def _stamp_errors(post: Mapping[str, object], record: Record) -> dict[str, list[str]]:
    stamp: datetime | None = parse_stamp(post["timestamp"])
    if record.stamp is None or stamp is None or record.stamp < stamp:
        return {}
    if record.stamp > stamp:
        return {"timestamp": ["Score timestamp can only be updated to a later point in time"]}
    # Equal is refused as well: a blind resend gets 400 though the first post was stored [run].
    return {"timestamp": ["Score already exists for the provided timestamp"]}


def _echo(post: Mapping[str, object], given: float | None, maximum: float | None) -> dict[str, object]:
    return {
        "timestamp": post["timestamp"],
        "scoreGiven": given,
        "scoreMaximum": maximum,
        "comment": post.get("comment"),
        "activityProgress": post["activityProgress"],
        "gradingProgress": post["gradingProgress"],
        "userId": post["userId"],
    }
