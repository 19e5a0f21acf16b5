"""The words that every rule module shares: what comes in, what is there already, what is answered.

Pure. No rule of a particular LMS lives here: see the module of that LMS.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"

Standing = Literal["learner", "teacher", "outsider", "unknown"]


@dataclass(frozen=True)
class Column:
    """The gradebook column that the score is posted to."""

    maximum: float
    #: Open edX: does a score here reach the block's grade at all (own block, not past due)?
    publishes: bool = True
    #: A locked column refuses every change (Moodle).
    locked: bool = False
    #: How often a learner may submit (Canvas); None is without limit.
    attempts_allowed: int | None = None


@dataclass(frozen=True)
class Record:
    """What the LMS keeps for one learner in one column.

    `given` and `given_maximum` are the tool's last numbers, `shown` is the grade in the gradebook, on the
    column's own scale; None is "no grade".
    """

    stamp: datetime | None = None
    given: float | None = None
    given_maximum: float | None = None
    shown: float | None = None
    comment: str = ""
    #: Canvas keeps one comment per post, the others one text.
    comments: tuple[str, ...] = ()
    activity_progress: str = ""
    grading_progress: str = ""
    attempts: int = 0
    completed: bool = False
    overridden: bool = False
    locked: bool = False


@dataclass(frozen=True)
class Verdict:
    """The HTTP answer, and the record to keep: None when the post changed nothing."""

    status: int
    body: str = ""
    record: Record | None = None
    #: Moodle writes its error text into the HTTP reason phrase.
    reason: str | None = None
    content_type: str = "application/json"


def parse_object(body: bytes) -> dict[str, object] | None:
    """Return the JSON object in `body`, or None when it is anything else."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def parse_stamp(value: object) -> datetime | None:
    """Return an aware time for an ISO 8601 text; one without a zone is UTC, as PHP and Rails read it."""
    if not isinstance(value, str) or "T" not in value.upper():
        return None
    try:
        stamp = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)


def read_number(value: object) -> float | None:
    """Return a finite float for a JSON number or a numeric text, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def number_of(post: Mapping[str, object], key: str) -> float:
    """Return the number under `key` of a post that was checked before; 0 where there is none."""
    return read_number(post.get(key)) or 0.0


def text_of(post: Mapping[str, object], key: str) -> str:
    """Return the text under `key`, "" when it is absent or null."""
    value = post.get(key)
    return "" if value is None else str(value)
