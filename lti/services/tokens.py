"""Access tokens of platforms: one per platform and set of scopes, kept in memory until shortly before their end.

Source: https://www.imsglobal.org/spec/security/v1p0 (section 4)
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from foundation.api import Answer, NotJson, client_for_this_site, counter
from lti import tool_keys
from lti.models import Platform
from lti.services.errors import PlatformBusy, PlatformDown, TokenRefused, retry_after_s

SKEW_S = 60
SHORTEST_S = 30
fetched = counter("branchwise_lti_tokens_total", "Access tokens asked of platforms, by outcome.")


@dataclass(frozen=True)
class Token:
    """An access token and the moment (of the monotonic clock) until which it is used."""

    value: str
    until: float


_tokens: dict[tuple[int, tuple[str, ...]], Token] = {}
_locks: defaultdict[tuple[int, tuple[str, ...]], threading.Lock] = defaultdict(threading.Lock)


def access_token(platform: Platform, scopes: tuple[str, ...]) -> str:
    """Return a token for these scopes. One thread asks, the others wait for its answer.

    Raises TokenRefused, PlatformBusy, PlatformDown, or an OutboundError.
    """
    key = (platform.pk, tuple(sorted(scopes)))
    with _locks[key]:
        token = _tokens.get(key)
        if token is None or token.until <= time.monotonic():
            token = _tokens[key] = _ask(platform, key[1])
        return token.value


def forget(platform: Platform, scopes: tuple[str, ...], value: str) -> None:
    """Drop a token that the platform does not take any more, unless another thread has a newer one already."""
    key = (platform.pk, tuple(sorted(scopes)))
    with _locks[key]:
        token = _tokens.get(key)
        if token is not None and token.value == value:
            del _tokens[key]


def forget_all() -> None:
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


def _ask(platform: Platform, scopes: tuple[str, ...]) -> Token:
    answer = client_for_this_site().post(
        platform.token_url,
        form={
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion(platform),
            "scope": " ".join(scopes),
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
    return Token(value, time.monotonic() + max(SHORTEST_S, min(seconds, 86_400) - SKEW_S))


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
