"""What a `state` stands for between login and launch: one row, taken once, gone after ten minutes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from foundation.api import insert
from lti.models import LoginState, Platform
from lti.problems import LaunchProblem

LIFETIME = timedelta(minutes=10)
PURGE_ONE_IN = 200


@dataclass(frozen=True)
class LoginRequest:
    """The parameters of a login initiation that matter."""

    login_hint: str
    message_hint: str = ""
    deployment_hint: str = ""
    target: str = ""
    storage_target: str = ""


def begin(platform: Platform, asked: LoginRequest, now: datetime, *, is_window: bool = False) -> tuple[LoginState, str]:
    """Note a login and return it with the secret that the browser has to bring back."""
    secret = secrets.token_urlsafe(32)
    row = LoginState(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        bind_digest=digest(secret),
        platform=platform,
        deployment_hint=asked.deployment_hint,
        target=asked.target,
        login_hint=asked.login_hint,
        message_hint=asked.message_hint,
        storage_target=asked.storage_target,
        is_window=is_window,
        expires_at=now + LIFETIME,
    )
    insert(row)
    if secrets.randbelow(PURGE_ONE_IN) == 0:
        LoginState.objects.filter(expires_at__lt=now - LIFETIME).delete()
    return row, secret


def find(state: str, now: datetime) -> LoginState | None:
    """Look at a login without taking it."""
    if not is_ours(state):
        return None
    return LoginState.objects.filter(state=state, expires_at__gt=now).select_related("platform").first()


def take(state: str, secret: str, now: datetime) -> LoginState:
    """Take the login that this browser began; nobody can take it a second time.

    One statement deletes and returns the row, so two simultaneous launches cannot both have it.
    Raises LaunchProblem when there is no such login any more, or another browser began it.
    """
    row = _delete_returning(state, digest(secret), now) if is_ours(state) else None
    if row is None:
        known = find(state, now) is not None
        raise LaunchProblem("launch.other_browser" if known else "launch.state_unknown")
    return row


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def is_ours(state: str) -> bool:
    """Say whether text has the shape of our states; anything else never reaches the database."""
    return len(state) == 43 and state.isascii() and state.replace("-", "a").replace("_", "a").isalnum()


def _delete_returning(state: str, bind_digest: str, now: datetime) -> LoginState | None:
    fields = LoginState._meta.concrete_fields
    columns = ", ".join(str(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {LoginState._meta.db_table} WHERE state = %s AND bind_digest = %s AND expires_at > %s "  # noqa: S608 (names of our own)
            f"RETURNING {columns}",
            [state, bind_digest, connection.ops.adapt_datetimefield_value(now)],
        )
        row = cursor.fetchone()
    return LoginState.from_db(connection.alias, [field.attname for field in fields], row) if row else None
