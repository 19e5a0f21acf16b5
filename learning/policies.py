"""What a placement says about attempts and time. Absent means: as the scenario says."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec


class Policies(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The policies of one placement.

    `attempts` limits finished attempts (0: no limit). `versions` says whether the next attempt takes the newest
    published version (a course always stays with the version a learner began).
    """

    attempts: Annotated[int, msgspec.Meta(ge=0, le=1000)] | None = None
    attempt: Literal["best", "last", "first", "mean"] | None = None
    due_at: datetime | None = None
    accept_late: bool = True
    versions: Literal["newest", "pinned"] = "newest"


class PolicyRefused(ValueError):
    """A placement's policies cannot be read."""


def read_policies(raw: dict[str, Any]) -> Policies:
    """Return the policies kept in a placement's JSON. Raises PolicyRefused with the place and the reason."""
    try:
        return msgspec.convert(raw, Policies)
    except msgspec.ValidationError as error:
        raise PolicyRefused(f"The placement's policies cannot be used: {error}.") from error


def write_policies(policies: Policies) -> dict[str, Any]:
    written: dict[str, Any] = msgspec.to_builtins(policies)
    return written


def is_closed(policies: Policies, now: datetime) -> bool:
    """Say whether nothing more may be played: past the due date, and late work is not taken."""
    return policies.due_at is not None and not policies.accept_late and now > policies.due_at


def is_due(policies: Policies, now: datetime) -> bool:
    """Say whether the due date is past; late work may still be taken."""
    return policies.due_at is not None and now >= policies.due_at
