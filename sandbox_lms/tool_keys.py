"""The tools' public keys: fetched from their JWKS, kept a while, fetched again for a kid not seen yet.

Here too: checking a JWT that a tool signed. What its claims must say is the caller's business.
"""

import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import jwt
import urllib3

from sandbox_lms.models import Registration

KEEP_S = 300
MAXIMUM_BYTES = 200_000

_pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=3, read=5), retries=False)
_lock = threading.Lock()
_cache: dict[str, "_Fetched"] = {}


class ToolKeyProblem(Exception):
    """The JWT cannot be checked or is wrong; `code` is the OAuth error that fits best."""

    def __init__(self, message: str, code: str = "invalid_client") -> None:
        super().__init__(message)
        self.code = code


@dataclass
class _Fetched:
    at: float
    keys: dict[str, Any] = field(default_factory=dict)


def decode(registration: Registration, token: str, *, leeway_s: float = 0) -> dict[str, Any]:
    """Return the claims of `token`, signed by the tool of `registration`, not expired, not from the future.

    Raises ToolKeyProblem. The audience is not checked here: platforms differ.
    """
    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError as error:
        raise ToolKeyProblem(f"The JWT cannot be read: {error}", "invalid_request") from error
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        # Moodle: no kid is 400 (SOURCES.md M5).
        raise ToolKeyProblem("The JWT header has no kid.", "invalid_request")
    key = _find(registration.jwks_uri, kid)
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            leeway=leeway_s,
            options={"verify_aud": False, "require": ["exp", "iat", "iss"]},
        )
    except jwt.InvalidTokenError as error:
        raise ToolKeyProblem(f"The JWT is refused: {error}", "invalid_grant") from error
    return claims


def forget() -> None:
    """Drop every kept key set."""
    with _lock:
        _cache.clear()


def _find(uri: str, kid: str) -> Any:
    with _lock:
        kept = _cache.get(uri)
    if kept is None or time.monotonic() - kept.at > KEEP_S or kid not in kept.keys:
        # A kid not seen before fetches again, so that a tool may rotate its key at any time.
        kept = _Fetched(time.monotonic(), _fetch(uri))
        with _lock:
            _cache[uri] = kept
    if kid not in kept.keys:
        raise ToolKeyProblem(f'"{kid}" invalid, unable to lookup correct key at {uri}')
    return kept.keys[kid]


def _fetch(uri: str) -> dict[str, Any]:
    try:
        answer = _pool.request(
            "GET", uri, redirect=False, preload_content=False, headers={"User-Agent": "SandboxLMS/1.0"}
        )
        body = answer.read(MAXIMUM_BYTES)
        answer.release_conn()
    except urllib3.exceptions.HTTPError as error:
        raise ToolKeyProblem(f"The tool's key set {uri} cannot be fetched: {type(error).__name__}") from error
    if answer.status != 200:
        raise ToolKeyProblem(f"The tool's key set {uri} answered {answer.status}.")
    try:
        found = [jwt.PyJWK(key) for key in json.loads(body)["keys"] if key.get("kty") == "RSA"]
    except (ValueError, TypeError, KeyError, AttributeError, jwt.PyJWTError) as error:
        raise ToolKeyProblem(f"The tool's key set {uri} is not a JWKS document.") from error
    return {key.key_id: key.key for key in found if key.key_id}
