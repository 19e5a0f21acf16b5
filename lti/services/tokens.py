"""Access tokens of platforms: one per platform and set of scopes, shared by all processes until shortly before its end.

The row is the cache: whoever finds no usable token in it claims the asking, everybody else waits for the answer. Each
process keeps what it read in memory, so a token costs no statement while it lasts.
Source: https://www.imsglobal.org/spec/security/v1p0 (section 4)
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from foundation.api import Answer, CannotDecrypt, NotJson, client_for_this_site, counter, decrypt, encrypt
from lti import tool_keys
from lti.models import Platform, PlatformToken
from lti.services.errors import PlatformBusy, PlatformDown, TokenRefused, retry_after_s

SKEW_S = 60
SHORTEST_S = 30
# The client gives up after 20 s; whoever asks longer is dead.
ASKING = timedelta(seconds=25)
LOOK_EVERY_S = 0.1
fetched = counter("branchwise_lti_tokens_total", "Access tokens asked of platforms, by outcome.")


@dataclass(frozen=True)
class Token:
    """An access token and the moment until which it is used."""

    value: str
    until: datetime


Key = tuple[int, str]
_tokens: dict[Key, Token] = {}
_locks: defaultdict[Key, threading.Lock] = defaultdict(threading.Lock)


def access_token(platform: Platform, scopes: tuple[str, ...]) -> str:
    """Return a token for these scopes. One thread of one process asks, all the others wait for its answer.

    Raises TokenRefused, PlatformBusy, PlatformDown, or an OutboundError.
    """
    key = _key(platform, scopes)
    with _locks[key]:
        token = _tokens.get(key)
        if token is None or token.until <= timezone.now():
            token = _tokens[key] = _shared(platform, key)
        return token.value


def forget(platform: Platform, scopes: tuple[str, ...], value: str) -> None:
    """Drop a token that the platform does not take any more, unless there is a newer one already."""
    key = _key(platform, scopes)
    with _locks[key]:
        token = _tokens.get(key)
        if token is not None and token.value == value:
            del _tokens[key]
        row = PlatformToken.objects.filter(platform=platform, scopes=key[1]).first()
        if row is not None and _opened(row.sealed) == value:
            PlatformToken.objects.filter(pk=row.pk, sealed=row.sealed).update(sealed="", expires_at=None)


def forget_all() -> None:
    """Forget what this process remembers; the shared rows stay."""
    _tokens.clear()


def assertion(platform: Platform) -> str:
    """Return the signed statement that we are this client."""
    now = int(time.time())
    return tool_keys.signing_key().sign(
        {
            "iss": platform.client_id,
            "sub": platform.client_id,
            "aud": platform.token_audience or platform.token_url,
            "iat": now - 5,  # Moodle refuses what is dated in its future, without leeway
            "exp": now + 60,
            "jti": uuid4().hex,
        }
    )


def _key(platform: Platform, scopes: tuple[str, ...]) -> Key:
    return platform.pk, " ".join(sorted(scopes))


def _shared(platform: Platform, key: Key) -> Token:
    """Return the token that all processes share, asking for one where nobody else does."""
    row, _ = PlatformToken.objects.get_or_create(platform=platform, scopes=key[1])
    while True:
        token = _usable(row)
        if token is not None:
            return token
        if _claim(row):
            break
        time.sleep(LOOK_EVERY_S)
        row.refresh_from_db()
    try:
        row.refresh_from_db()  # somebody may have been quicker by a moment
        return _usable(row) or _renewed(platform, row)
    finally:
        PlatformToken.objects.filter(pk=row.pk).update(asking_until=None)


def _claim(row: PlatformToken) -> bool:
    now = timezone.now()
    free = Q(asking_until__isnull=True) | Q(asking_until__lte=now)
    # A clock was set back. Twice the time: whoever waited for the database to write has a `now` older than the claim.
    free |= Q(asking_until__gt=now + 2 * ASKING)
    return PlatformToken.objects.filter(free, pk=row.pk).update(asking_until=now + ASKING) == 1


def _usable(row: PlatformToken) -> Token | None:
    if row.expires_at is None or row.expires_at <= timezone.now():
        return None
    value = _opened(row.sealed)
    return Token(value, row.expires_at) if value else None


def _renewed(platform: Platform, row: PlatformToken) -> Token:
    value, seconds = _ask(platform, row.scopes)
    until = timezone.now() + timedelta(seconds=max(SHORTEST_S, min(seconds, 86_400) - SKEW_S))
    PlatformToken.objects.filter(pk=row.pk).update(sealed=encrypt(value), expires_at=until)
    return Token(value, until)


def _opened(sealed: str) -> str:
    try:
        return decrypt(sealed) if sealed else ""
    except CannotDecrypt:  # the site's keys were changed: a new token is cheap
        return ""


def _ask(platform: Platform, scopes: str) -> tuple[str, float]:
    answer = client_for_this_site().post(
        platform.token_url,
        form={
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion(platform),
            "scope": scopes,
        },
        headers={"Accept": "application/json"},
        max_bytes=64 * 1024,
    )
    fetched.add(outcome=str(answer.status))
    _check(platform, answer)
    try:
        found = answer.json()
        value, seconds = found["access_token"], float(found.get("expires_in") or 3600)
    except (NotJson, KeyError, TypeError, ValueError) as error:
        raise TokenRefused(answer.status, f"The token endpoint of {platform} sent no token.") from error
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        raise TokenRefused(answer.status, f"The token endpoint of {platform} sent no usable token.")
    return value, seconds


def _check(platform: Platform, answer: Answer) -> None:
    if answer.ok:
        return
    if answer.status == 429:
        raise PlatformBusy(answer.status, retry_after_s(answer))
    if answer.status >= 500:
        raise PlatformDown(answer.status, f"The token endpoint of {platform} answered {answer.status}.")
    host = urlsplit(platform.token_url).hostname
    if "<html" in answer.text(2000).lower():
        # Moodle does so when it cannot fetch our keys: blocked hosts or ports, or an untrusted certificate.
        reason = f"{host} sent a web page instead of a token: it probably cannot reach this site's key set."
    else:
        reason = f"{host} refused a token ({answer.status}): {answer.text(200)}"
    raise TokenRefused(answer.status, reason)
