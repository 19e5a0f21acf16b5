"""Pictures and sounds that a story carries inside itself as data addresses."""

import base64
import binascii


def bytes_of(source: str) -> bytes | None:
    """Return the bytes of a data address, or None for one that points elsewhere or is broken."""
    head, found, body = source.strip().partition(",")
    if not found or head[:5].lower() != "data:" or "base64" not in head.lower():
        return None
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
