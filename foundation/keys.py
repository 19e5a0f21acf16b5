"""Keys of rows, as addresses and forms name them."""

from __future__ import annotations


def key_of(text: str | None) -> int | None:
    """Return the number that a text names; None where it can be no row's key, however long it is."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
