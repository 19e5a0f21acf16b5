"""When an activity is due, as the LMS says at each launch: asked for in custom parameters, read without trust.

`branchwise_due` stands for $ResourceLink.submission.endDateTime, `branchwise_until` for
$ResourceLink.available.endDateTime.
An LMS that does not know a variable leaves it as it is ("$ResourceLink.…"): that says nothing. Empty says that
there is no such date. When an activity opens is the LMS's own business: before, nobody can launch.
Source: https://www.imsglobal.org/spec/lti/v1p3 (appendix B.3)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from lti import claims, ports
from lti.claims import Claims
from lti.models import ResourceLink
from lti.products.base import DUE, UNTIL
from lti.roles import Acting

LONGEST = 40


@dataclass(frozen=True)
class Said:
    """What a launch says of an activity's end; `is_told` is False where it says nothing."""

    is_told: bool
    due_at: datetime | None = None


def read(body: Claims) -> Said:
    """Return the end that a launch tells: of submissions, or else of the activity itself."""
    custom = claims.mapping(body, claims.CUSTOM)
    known = [custom[name] for name in (DUE, UNTIL) if name in custom and not _is_unknown(custom[name])]
    found = next((end for value in known if (end := _moment(value)) is not None), None)
    # What cannot be read is no reason to lift a date.
    return Said(found is not None or (bool(known) and not any(known)), found)


def take_over(link: ResourceLink, body: Claims, acting: Acting, now: datetime) -> None:
    """Set, move or lift the due date of a link's placement as its LMS says.

    A teacher's launch says what holds. A learner's may carry a date of that learner alone, an extension for instance:
    where a date is known it only makes it later, and where none is, it is the best that is known.
    """
    said = read(body)
    known = ports.due_at(link.placement)
    if not said.is_told or said.due_at == known:
        return
    is_later = known is None or (said.due_at is not None and said.due_at > known)
    if acting is Acting.TEACHER or (acting is Acting.LEARNER and is_later):
        ports.set_due_at(link.placement, said.due_at, now)


def _is_unknown(value: object) -> bool:
    return isinstance(value, str) and value.startswith("$")


def _moment(value: object) -> datetime | None:
    """Return a time in UTC; one without a zone is taken for UTC, anything else counts as unreadable."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
