"""Compiling the texts of the pages in other languages: *.po files are kept, *.mo files are made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polib  # ships no types


def compile_messages(root: Path) -> list[Path]:
    """Compile the message files of every app under `root` that changed since, and return those."""
    stale = [path for path in find_messages(root) if _is_stale(path)]
    for path in stale:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return stale


def find_messages(root: Path) -> Iterable[Path]:
    return sorted(root.glob("*/locale/*/LC_MESSAGES/*.po"))


def _is_stale(path: Path) -> bool:
    made = path.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime_ns < path.stat().st_mtime_ns
