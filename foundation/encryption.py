"""Encryption at rest of keys and secrets that rows must hold (API keys, tool keys)."""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from foundation.secrets import read_or_create


class CannotDecrypt(Exception):
    """The value was encrypted with a key that this site does not have (any more)."""


def encrypt(text: str) -> str:
    """Return `text` encrypted with the newest key."""
    return _keys().encrypt(text.encode()).decode("ascii")


def decrypt(sealed: str) -> str:
    """Return what `encrypt` was given, with whichever of our keys fits."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise CannotDecrypt(
            "A stored secret cannot be decrypted: var/secrets/fields or BRANCHWISE_FIELD_KEYS lacks its key. "
            "Restore the key from the backup, or enter the secret again."
        ) from error


@cache
def _keys() -> MultiFernet:
    """The keys of this site, the newest first: from the settings, or made once into var/secrets."""
    keys = (
        settings.FIELD_KEYS
        or read_or_create(settings.SECRETS_DIR / "fields", lambda: Fernet.generate_key().decode()).split()
    )
    return MultiFernet([Fernet(key) for key in keys])
