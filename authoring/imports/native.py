"""Our own documents, faults and all: a draft in the making is imported as it stands, and its findings say the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scenario_engine.codec.reading import Unreadable, read_raw

LARGEST = 8_000_000  # what a draft may hold (see authoring.fields)


def read_native(path: Path) -> dict[str, Any] | None:
    """Return the raw document in a YAML or JSON file of our format; None when it is something else."""
    if path.stat().st_size > LARGEST:
        return None
    data = path.read_bytes()
    if data[:4] in (b"PK\x03\x04", b"%PDF") or b"\0" in data:
        return None
    try:
        raw = read_raw(data)
    except Unreadable:
        return None
    is_ours = isinstance(raw, dict) and isinstance(raw.get("format"), int) and isinstance(raw.get("scenes"), list)
    return raw if is_ours else None
