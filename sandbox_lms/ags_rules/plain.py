"""A plain reading of AGS 2.0 for the platforms that were not measured: Brightspace and Sakai.

Each difference that public threads report is a field of `Manner`; everything else is the text of the
specification (https://www.imsglobal.org/spec/lti-ags/v2p0, Score publish service), not an observation.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

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

REQUIRED = ("userId", "timestamp", "gradingProgress", "activityProgress")


@dataclass(frozen=True)
class Manner:
    """What one of these platforms answers where the others differ."""

    not_enrolled: int
    unknown_user: int
    exceeds_maximum: bool


#: 403 not enrolled, 404 unknown; above the maximum only where the column "Can Exceed" (SOURCES.md P).
BRIGHTSPACE = Manner(not_enrolled=403, unknown_user=404, exceeds_maximum=False)
#: The user must be in the site, else 400 (SOURCES.md P, code read).
SAKAI = Manner(not_enrolled=400, unknown_user=400, exceeds_maximum=True)


def judge_score(body: bytes, column: Column, record: Record, standing: Standing, manner: Manner) -> Verdict:
    """Return the answer of a platform that follows the specification in `manner`."""
    post = parse_object(body)
    if post is None or any(post.get(key) in (None, "") for key in REQUIRED):
        return _refuse(400, f"A score needs {', '.join(REQUIRED)}.")
    stamp = parse_stamp(post["timestamp"])
    given, maximum = read_number(post.get("scoreGiven")), read_number(post.get("scoreMaximum"))
    if stamp is None or (post.get("scoreGiven") is not None and (given is None or not maximum)):
        return _refuse(400, "The timestamp, scoreGiven or scoreMaximum cannot be read.")
    if standing != "learner":
        status = manner.unknown_user if standing == "unknown" else manner.not_enrolled
        return _refuse(status, "The user has no grade in this course.")
    if record.stamp is not None and record.stamp >= stamp:
        return _refuse(409, "A score with this or a later timestamp is stored already.")
    return Verdict(
        200,
        "",
        record=replace(_scored(post, given, maximum, column, record, manner), stamp=stamp),
        content_type=SCORE_TYPE,
    )


def _refuse(status: int, message: str) -> Verdict:
    return Verdict(status, json.dumps({"error": message}))


def _scored(
    post: Mapping[str, object],
    given: float | None,
    maximum: float | None,
    column: Column,
    record: Record,
    manner: Manner,
) -> Record:
    kept = replace(
        record,
        activity_progress=text_of(post, "activityProgress"),
        grading_progress=text_of(post, "gradingProgress"),
        comment=text_of(post, "comment") or record.comment,
    )
    if given is None or not maximum or post.get("gradingProgress") != "FullyGraded":
        return kept
    shown = given * column.maximum / maximum
    if not manner.exceeds_maximum:
        shown = min(shown, column.maximum)
    if record.overridden:
        shown = record.shown if record.shown is not None else shown
    return replace(kept, given=given, given_maximum=maximum, shown=shown, completed=True)
