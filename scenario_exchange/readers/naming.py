"""Ids from foreign names: the same file always gives the same ids, whatever else it holds."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_OTHER = re.compile(r"[^a-z0-9]+")
RESERVED = frozenset({"next_drawn", "return"})
MAX_LENGTH = 60


def slug_of(name: str, prefix: str, length: int = 40) -> str:
    """Return an id made of the letters of `name`; a name in another script gets a short hash of itself."""
    start = name[:400]
    words = _latin_words(start, name)
    if not words[0].isalpha():
        words = f"{prefix}_{words}"
    if len(words) > length:
        words = f"{words[: length - 7].rstrip('_')}_{hash_of(name)}"
    return words


def _latin_words(start: str, name: str) -> str:
    if start.isascii():  # every letter of it is in the words
        return _OTHER.sub("_", start.lower()).strip("_") or hash_of(name)
    plain = unicodedata.normalize("NFKD", start).encode("ascii", "ignore").decode().lower()
    words = _OTHER.sub("_", plain).strip("_")
    letters = sum(char.isalnum() for char in start)
    if len(words.replace("_", "")) * 2 < letters or not words:
        return f"{words}_{hash_of(name)}".strip("_") if letters else words or hash_of(name)
    return words


def hash_of(name: str) -> str:
    """Return six letters and digits that stand for `name`."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:6]


class Names:
    """Gives each foreign key one id of its own, the same whenever it is asked for."""

    def __init__(self, prefix: str, reserved: Iterable[str] = ()) -> None:
        self._prefix = prefix
        self._by_key: dict[str, str] = {}
        self._taken: set[str] = {*RESERVED, *reserved}
        self._numbers: dict[str, int] = {}

    def of(self, key: str, name: str = "") -> str:
        """Return the id of `key`, made of `name` (of the key itself, where there is none) when first asked for."""
        if key not in self._by_key:
            self._by_key[key] = self.fresh(slug_of(name or key, self._prefix), key)
        return self._by_key[key]

    def fresh(self, wanted: str, key: str = "") -> str:
        """Return an id that nothing else has: `wanted`, with a hash of `key`, or with a number."""
        wanted = wanted[:MAX_LENGTH]
        found = wanted
        if found in self._taken and key:
            found = wanted = f"{wanted[: MAX_LENGTH - 7]}_{hash_of(key)}"
        number = self._numbers.get(wanted, 2)
        while found in self._taken:
            end = f"_{number}"
            found = f"{wanted[: MAX_LENGTH - len(end)]}{end}"
            number += 1
        if found != wanted:
            self._numbers[wanted] = number
        self._taken.add(found)
        return found

    def __contains__(self, key: str) -> bool:
        return key in self._by_key
