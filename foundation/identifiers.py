"""Identifiers that other systems may see. Row ids stay inside."""

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """Return a UUID of version 7: 48 bits of milliseconds, then 74 random bits.

    Rows keyed by it arrive in order of time, so that PostgreSQL can partition them by range.
    Source: https://www.rfc-editor.org/rfc/rfc9562 (section 5.7)
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= secrets.randbits(12) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return UUID(int=value)
