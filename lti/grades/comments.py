"""Comments beside grades: sent once where they add up, never taken away where a teacher wrote one. Pure."""

from __future__ import annotations

import hashlib
import re

_TAG = re.compile(r"<[^>]*>")


def mark_of(comment: str) -> str:
    """Return what stands for a comment whatever a gradebook does to its white space and markup; "" for none."""
    plain = " ".join(_TAG.sub(" ", comment).split())
    return hashlib.sha256(plain.encode()).hexdigest()[:32] if plain else ""


def to_send(ours: str, found: str, sent: str) -> str:
    """Return the comment of the next score where an omitted one clears what is there.

    `found` is what the gradebook shows, `sent` the mark of what we sent last. Words that are not ours were written
    there by a teacher: they stay. Where ours are gone or still there, the newest of ours go along.
    """
    mark = mark_of(found)
    return found if mark and mark not in (sent, mark_of(ours)) else ours
