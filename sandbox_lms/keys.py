"""The LMSs' own RSA keys: files in `SANDBOX_VAR/keys/<lms>/`, newest signs, all are published."""

import json
import os
import secrets
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from django.conf import settings
from jwt.algorithms import RSAAlgorithm

from sandbox_lms.models import Lms


def sign(lms: Lms, claims: dict[str, Any]) -> str:
    """Return `claims` as a JWT signed with the newest key of `lms`."""
    path = _paths(lms)[-1]
    return jwt.encode(claims, _load(path), algorithm="RS256", headers={"kid": _kid(path)})


def key_set(lms: Lms) -> dict[str, Any]:
    """Return the JWKS document of `lms`."""
    keys = []
    for path in _paths(lms):
        jwk = json.loads(RSAAlgorithm.to_jwk(_load(path).public_key()))
        keys.append({**jwk, "kid": _kid(path), "alg": "RS256", "use": "sig"})
    return {"keys": keys}


def rotate(lms: Lms, *, keep_old: bool = True) -> str:
    """Make a new signing key for `lms`; without `keep_old` the former ones are gone at once."""
    old = _paths(lms)
    _write_key(_folder(lms))
    if not keep_old:
        for path in old:
            path.unlink(missing_ok=True)
    return _kid(_paths(lms)[-1])


def _paths(lms: Lms) -> list[Path]:
    folder = _folder(lms)
    if not (paths := sorted(folder.glob("*.pem"))):
        _take_first_key(lms, folder)
        paths = sorted(folder.glob("*.pem"))
    return paths


def _take_first_key(lms: Lms, folder: Path) -> None:
    pool = settings.ENVIRONMENT.key_pool
    if not pool:
        _write_key(folder)
        return
    shared = Path(settings.SANDBOX_VAR) / "keys" / f".pool-{lms.pk % pool}"
    if not (found := sorted(shared.glob("*.pem"))):
        _write_key(shared)
        found = sorted(shared.glob("*.pem"))
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(found[0], folder)


def _folder(lms: Lms) -> Path:
    return Path(settings.SANDBOX_VAR) / "keys" / lms.key


def _kid(path: Path) -> str:
    return path.stem


def _write_key(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    key = generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    number = len(list(folder.glob("*.pem"))) + 1
    name = f"{number:03d}-{secrets.token_hex(4)}.pem"
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)


@lru_cache(maxsize=64)
def _load(path: Path) -> RSAPrivateKey:
    # Parsing costs far more than signing: keep it parsed.
    # The file is our own, so OpenSSL need not prove its primes once more.
    key = serialization.load_pem_private_key(path.read_bytes(), None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{path} is not an RSA key.")
    return key
