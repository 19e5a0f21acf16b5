"""Our own keys: made on first use, rotated with an overlap, published together.

A new key is published as `next` first; only a later rotation signs with it, when platforms have had time to
fetch it. A parsed key is kept per process.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, cast

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from django.db import IntegrityError, transaction
from django.utils import timezone
from jwt.algorithms import RSAAlgorithm

from foundation.api import decrypt, encrypt
from lti.models import KeyRotation, KeyState, ToolKey

KEY_BITS = 2048
RETIRED_SHOWN = timedelta(days=7)
NEXT_SHOWN_AFTER = timedelta(days=1)  # the first change only publishes the key that signs after the second


@dataclass(frozen=True)
class SigningKey:
    """A parsed private key and the name under which its public half is published."""

    kid: str
    key: RSAPrivateKey

    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": self.kid})


def signing_key() -> SigningKey:
    """Return the key that signs now, making the first one where there is none."""
    row = ToolKey.objects.filter(state=KeyState.CURRENT).only("pk", "kid").first() or _first_key()
    return _parsed(row.pk, row.kid)


def published_keys() -> list[dict[str, Any]]:
    """Return every public key that may have signed something still in use, or soon will."""
    signing_key()
    since = timezone.now() - RETIRED_SHOWN
    rows = ToolKey.objects.exclude(state=KeyState.RETIRED, retired_at__lt=since).order_by("pk")
    return [cast(dict[str, Any], row.public_jwk) for row in rows]


def rotate(now: datetime) -> ToolKey:
    """Sign with the `next` key from now on, and publish a new `next`. Returns the key that now signs.

    The first rotation only publishes a `next` key: a platform that has not seen a key cannot accept it.
    """
    signing_key()
    with transaction.atomic():
        current = ToolKey.objects.select_for_update().get(state=KeyState.CURRENT)
        coming = ToolKey.objects.filter(state=KeyState.NEXT).order_by("pk").first()
        if coming is not None:
            current.state, current.retired_at = KeyState.RETIRED, now
            current.save(update_fields=["state", "retired_at"])
            coming.state = KeyState.CURRENT
            coming.save(update_fields=["state"])
            current = coming
        _make(KeyState.NEXT)
        ToolKey.objects.filter(state=KeyState.RETIRED, retired_at__lt=now - RETIRED_SHOWN).delete()
    return current


def _first_key() -> ToolKey:
    try:
        with transaction.atomic():
            made = _make(KeyState.CURRENT)
            KeyRotation.objects.get_or_create(name="keys", defaults={"due_at": timezone.now() + NEXT_SHOWN_AFTER})
            return made
    except IntegrityError:  # another process made it meanwhile
        return ToolKey.objects.get(state=KeyState.CURRENT)


def _make(state: KeyState) -> ToolKey:
    key = generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    jwk = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    numbers = json.dumps({"e": jwk["e"], "kty": "RSA", "n": jwk["n"]}, separators=(",", ":"))
    kid = hashlib.sha256(numbers.encode()).hexdigest()[:32]  # RFC 7638's thumbprint, shortened
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return ToolKey.objects.create(
        kid=kid,
        state=state,
        sealed_private_key=encrypt(pem.decode()),
        public_jwk={"kty": "RSA", "n": jwk["n"], "e": jwk["e"], "kid": kid, "alg": "RS256", "use": "sig"},
    )


@lru_cache(maxsize=8)
def _parsed(pk: int, kid: str) -> SigningKey:
    pem = decrypt(ToolKey.objects.get(pk=pk).sealed_private_key).encode()
    # Nobody but us could seal it, so it is the key we made: proving its primes anew would take most of the time.
    key = serialization.load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
    return SigningKey(kid, cast(RSAPrivateKey, key))
