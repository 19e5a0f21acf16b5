"""The public keys of platforms: fetched rarely, checked before they are kept, parsed once per process.

A key set is fetched again when it is an hour old, and when a launch names a key that is not in it, though at
most every 30 seconds: a flood of made-up key names costs one fetch. When fetching fails, an older set goes on
counting for a day.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.db.models import Q
from django.utils import timezone
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import InvalidKeyError

from foundation.api import NotJson, OutboundError, client_for_this_site
from lti.models import Platform
from lti.problems import LaunchProblem

FRESH = timedelta(hours=1)
STALE_USABLE = timedelta(days=1)
COOL_DOWN = timedelta(seconds=30)
MINIMUM_BITS = 2048
MAX_KEYS = 100

_locks: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)


def public_key(platform: Platform, kid: str) -> RSAPublicKey:
    """Return the platform's key of that name. Raises LaunchProblem when there is none, or a weak one."""
    now = timezone.now()
    if platform.jwks_url and not _is_fresh(platform, now, FRESH):
        refresh(platform, now)
    jwk = _find(platform, kid)
    if jwk is None and platform.jwks_url:
        refresh(platform, now)
        jwk = _find(platform, kid)
    if platform.jwks_url and not _is_fresh(platform, now, STALE_USABLE):
        raise LaunchProblem("launch.keys_unreachable", "a key set fetched today", platform.jwks_url.split("?")[0])
    if jwk is None:
        raise LaunchProblem("launch.key_unknown", "a published RS256 key", kid)
    return _parsed(jwk["n"], jwk["e"])


def refresh(platform: Platform, now: datetime) -> bool:
    """Fetch the key set unless somebody tried a moment ago; `platform` holds what counts afterwards.

    Returns whether this call fetched a usable set. Failures are quiet: the set at hand may still do.
    """
    with _locks[platform.pk]:
        free = Q(key_set_tried_at__isnull=True) | Q(key_set_tried_at__lt=now - COOL_DOWN)
        mine = Platform.objects.filter(free, pk=platform.pk).update(key_set_tried_at=now)
        if not mine:
            platform.refresh_from_db(fields=["key_set", "key_set_fetched_at"])
            return False
        try:
            found = fetch(platform.jwks_url)
        except (OutboundError, ValueError):
            return False
        platform.key_set, platform.key_set_fetched_at = found, now
        platform.save(update_fields=["key_set", "key_set_fetched_at"])
        return True


def fetch(url: str) -> dict[str, Any]:
    """Return the usable keys published at `url`. Raises OutboundError, or ValueError when it holds none."""
    answer = client_for_this_site().get(
        url, headers={"Accept": "application/json"}, total_timeout_s=6, max_bytes=256 * 1024
    )
    if answer.status != 200:
        raise ValueError(f"The key set answered {answer.status} instead of 200.")
    try:
        document = answer.json()
    except NotJson:
        raise ValueError("The key set is not JSON.") from None
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list):
        raise ValueError("The key set has no list of keys.")
    usable = [_kept(key) for key in keys[:MAX_KEYS] if _is_usable(key)]
    if not usable:
        raise ValueError("The key set has no RSA key for RS256 with a kid.")
    return {"keys": usable}


def _is_usable(key: object) -> bool:
    return (
        isinstance(key, dict)
        and key.get("kty") == "RSA"
        and all(isinstance(key.get(part), str) and key[part] for part in ("kid", "n", "e"))
        and key.get("alg", "RS256") == "RS256"
        and key.get("use", "sig") == "sig"
    )


def _kept(key: dict[str, Any]) -> dict[str, str]:
    return {"kty": "RSA", "kid": key["kid"], "n": key["n"], "e": key["e"]}


def _is_fresh(platform: Platform, now: datetime, age: timedelta) -> bool:
    return platform.key_set_fetched_at is not None and now - platform.key_set_fetched_at < age


def _find(platform: Platform, kid: str) -> dict[str, Any] | None:
    keys = platform.key_set.get("keys", []) if isinstance(platform.key_set, dict) else []
    return next((key for key in keys if _is_usable(key) and key["kid"] == kid), None)


@lru_cache(maxsize=256)
def _parsed(modulus: str, exponent: str) -> RSAPublicKey:
    try:
        key = cast(RSAPublicKey, RSAAlgorithm.from_jwk({"kty": "RSA", "n": modulus, "e": exponent}))
    except (InvalidKeyError, ValueError, TypeError):
        raise LaunchProblem("launch.key_unknown", "a readable RSA key", "an unreadable one") from None
    if not isinstance(key, RSAPublicKey):
        raise LaunchProblem("launch.key_unknown", "a public key", "a private one")
    if key.key_size < MINIMUM_BITS:
        raise LaunchProblem("launch.key_weak", f"{MINIMUM_BITS} bits", f"{key.key_size} bits")
    return key
