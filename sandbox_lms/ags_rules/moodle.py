"""How Moodle 4.5 treats a posted score. No other LMS here.

Sources: measured in a running Moodle 4.5.6 (SOURCES.md M6, 6 × 6 progress values); the order of
the checks is that of mod/lti/service/gradebookservices/classes/local/resources/scores.php.
"""

from collections.abc import Mapping
from dataclasses import replace

from sandbox_lms.ags_rules.common import (
    SCORE_TYPE,
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

REQUIRED = ("userId", "timestamp", "gradingProgress", "activityProgress")


def judge_score(body: bytes, column: Column, record: Record, standing: Standing) -> Verdict:
    """Return what Moodle answers to this POST, and the grade it then holds."""
    post = parse_object(body)
    user = text_of(post, "userId") if post else ""
    if user and not user.isdigit():
        # A user id that is not a number makes Moodle write a broken status line; the web server in front
        # turns that into 502 (SOURCES.md M6).
        return Verdict(502, "Bad Gateway", content_type="text/html")
    stamp = parse_stamp(post.get("timestamp")) if post else None
    if not post or stamp is None or not _is_well_formed(post) or standing != "learner":
        # One text for every fault, teachers and strangers included (hypothesis/lms#5497), with the posted
        # body inside the reason phrase (SOURCES.md M5).
        return Verdict(400, "[]", reason=f"Incorrect score received{_one_line(body)}")
    if record.stamp is not None and int(record.stamp.timestamp()) >= int(stamp.timestamp()):
        # Whole seconds, equal counts as older: an identical retry gets 409 too (SOURCES.md M6).
        return Verdict(409, "[]", reason="Refusing score with an earlier timestamp")
    if column.locked or record.locked:
        # Locked grade or item: 500 with an empty list, for ever (SOURCES.md M6).
        return Verdict(500, "[]", reason="Internal Server Error")
    kept = _erased(record) if _erases(post) else _graded(post, column, record)
    # An erased grade keeps no time, so that old stamps are accepted again (SOURCES.md M6).
    keeps_stamp = kept.given is not None or kept.overridden
    kept = replace(
        kept,
        activity_progress=text_of(post, "activityProgress"),
        grading_progress=text_of(post, "gradingProgress"),
        stamp=stamp if keeps_stamp else None,
    )
    # 200 with an empty body (SOURCES.md M5).
    return Verdict(200, "", record=kept, content_type=SCORE_TYPE)


def _is_well_formed(post: Mapping[str, object]) -> bool:
    if any(post.get(key) is None for key in REQUIRED):
        return False
    if post.get("scoreGiven") is not None and post.get("scoreMaximum") is None:
        return False
    numbers = [post[key] for key in ("scoreGiven", "scoreMaximum") if post.get(key) is not None]
    return all(read_number(number) is not None for number in numbers)


def _erases(post: Mapping[str, object]) -> bool:
    # Only FullyGraded with a scoreGiven keeps a grade; every other post empties the one already there,
    # whatever activityProgress says (SOURCES.md M6).
    return post.get("gradingProgress") != "FullyGraded" or post.get("scoreGiven") is None


def _erased(record: Record) -> Record:
    # 200, grade NULL, feedback gone, activity un-completed; old stamps are accepted again afterwards.
    shown = record.shown if record.overridden else None
    return replace(record, given=None, given_maximum=None, shown=shown, comment="", completed=False)


def _graded(post: Mapping[str, object], column: Column, record: Record) -> Record:
    given, maximum = number_of(post, "scoreGiven"), number_of(post, "scoreMaximum")
    # A maximum of 0 means "do not scale" (SOURCES.md M6).
    scaled = given * column.maximum / maximum if maximum else given
    shown = min(max(scaled, 0.0), column.maximum)
    return replace(
        record,
        given=given,
        given_maximum=maximum,
        # A teacher's override stays on show though the post was answered with 200.
        shown=record.shown if record.overridden else shown,
        # A score without a comment erases the feedback of the former one; comments are plain text.
        comment=text_of(post, "comment"),
        completed=True,
    )


def _one_line(body: bytes) -> str:
    return " ".join(body.decode("utf-8", "replace").split())[:200]
