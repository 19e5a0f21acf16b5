"""Bearer tokens: what a browser holds to play one participation or to coach one placement. No cookies, no rows.

A token is signed JSON of a few facts. It lives 8 hours, and is renewed as it is used, for a day in all; then the
activity is opened again from the course.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.core import signing
from django.utils.translation import gettext as _

from learning.errors import NotAllowed

LIFE = timedelta(hours=8)
RENEW_AFTER = timedelta(minutes=30)
LONGEST_LIFE = timedelta(hours=24)
LONGEST_TOKEN = 4096
PLAY_SALT = "learning.tokens.play"
COACH_SALT = "learning.tokens.coach"


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What the holder of a token may do: play one participation, in one language."""

    participation: UUID
    is_preview: bool = False
    locale: str = ""
    return_url: str = ""
    issued_at: int = 0
    first_issued_at: int = 0


class CoachGrant(msgspec.Struct, frozen=True, kw_only=True):
    """What the holder of a token may do: see and correct one placement, as one person."""

    placement: UUID
    coach: UUID
    locale: str = ""
    return_url: str = ""
    issued_at: int = 0
    first_issued_at: int = 0


AnyGrant = TypeVar("AnyGrant", Grant, CoachGrant)


def issue(grant: Grant | CoachGrant, now: datetime) -> str:
    """Return a token for `grant`, alive from `now`."""
    at = int(now.timestamp())
    issued = msgspec.structs.replace(grant, issued_at=at, first_issued_at=grant.first_issued_at or at)
    return signing.Signer(salt=_salt(type(grant))).sign_object(msgspec.to_builtins(issued))


def read(kind: type[AnyGrant], token: str, now: datetime) -> AnyGrant:
    """Return what a token grants. Raises NotAllowed when it is missing, broken or has run out."""
    if not token:
        raise NotAllowed("token.missing", _("Open the activity again from your course."))
    if len(token) > LONGEST_TOKEN:
        raise NotAllowed("token.invalid", _("Open the activity again from your course."))
    try:
        raw: Any = signing.Signer(salt=_salt(kind)).unsign_object(token)
        grant = msgspec.convert(raw, kind)
    except (signing.BadSignature, msgspec.ValidationError, ValueError):
        raise NotAllowed("token.invalid", _("Open the activity again from your course.")) from None
    if not _is_alive(grant, now):
        raise NotAllowed("token.expired", _("Your time here has run out. Open the activity again from your course."))
    return grant


def renew(grant: Grant | CoachGrant, now: datetime) -> str:
    """Return a fresh token when this one has been used for a while, else ""."""
    is_fresh = now - datetime.fromtimestamp(grant.issued_at, UTC) < RENEW_AFTER
    is_at_end = now - datetime.fromtimestamp(grant.first_issued_at, UTC) > LONGEST_LIFE - RENEW_AFTER
    return "" if is_fresh or is_at_end else issue(grant, now)


def _is_alive(grant: Grant | CoachGrant, now: datetime) -> bool:
    age = now - datetime.fromtimestamp(grant.issued_at, UTC)
    whole_age = now - datetime.fromtimestamp(grant.first_issued_at, UTC)
    return age <= LIFE and whole_age <= LONGEST_LIFE


def _salt(kind: type[Grant | CoachGrant]) -> str:
    return PLAY_SALT if kind is Grant else COACH_SALT
