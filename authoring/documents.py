"""Documents that are known to be readable: what was published, what has just been checked, our own starters."""

from __future__ import annotations

from typing import Any

from scenario_engine.codec import Decoded, decode, decode_raw
from scenario_engine.document import Scenario as Document


class NotReadable(ValueError):
    """A document that should be readable is not; drafts are decoded with `decode_raw` and answered by findings."""


def document_of(raw: Any) -> Document:
    """Return the document in plain values. Raises NotReadable."""
    return _readable(decode_raw(raw))


def document_in(data: bytes | memoryview) -> Document:
    """Return the document in bytes. Raises NotReadable."""
    return _readable(decode(bytes(data)))


def _readable(decoded: Decoded) -> Document:
    if decoded.scenario is None:
        raise NotReadable("; ".join(f"{problem.path}: {problem.message}" for problem in decoded.problems[:3]))
    return decoded.scenario
