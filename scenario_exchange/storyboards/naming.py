"""Ids out of what people call things: unique, valid, the same each time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

_ID = re.compile(r"^[A-Za-z][A-Za-z0-9_\-]{0,63}$")
_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})


def is_id(text: str) -> bool:
    """Return whether a text can stand as an id as it is."""
    return bool(_ID.match(text))


def slug(text: str) -> str:
    """Return the words of `text` as an id, or "" when there are no Latin letters or digits in it."""
    folded = unicodedata.normalize("NFKD", text[:400].lower().translate(_FOLDED))
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:48].strip("_")
    return words if not words or words[0].isalpha() else f"n{words}"


def make_id(text: str, taken: Collection[str], fallback: str, numbers: dict[str, int] | None = None) -> str:
    """Return `text` if it is a free id, else a free id made of it, else one made of `fallback`.

    `numbers` remembers how far each name is counted, so that thousands of one name are not counted anew.
    """
    wanted = text if is_id(text) else slug(text) or fallback
    if wanted not in taken:
        return wanted
    numbers = {} if numbers is None else numbers
    number = numbers.get(wanted[:58], 2)
    while f"{wanted[:58]}_{number}" in taken:
        number += 1
    numbers[wanted[:58]] = number
    return f"{wanted[:58]}_{number}"


def fold(text: str) -> str:
    """Return what two spellings of one name share: case, accents and spaces are passed over."""
    return _folded(text[:400])


@lru_cache(maxsize=20_000)  # the same few names stand in thousands of rows
def _folded(start: str) -> str:
    folded = unicodedata.normalize("NFKD", start.casefold())
    kept = "".join(char if char.isalnum() else " " for char in folded if not unicodedata.combining(char))
    return " ".join(kept.split())
