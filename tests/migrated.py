"""A migrated SQLite database kept between runs: migrating takes longer than most test files do.

Keyed by the migrations' contents, so that a new migration makes a new one.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

from django.apps import apps
from django.conf import settings

KEPT = Path(__file__).resolve().parent.parent / "var" / "tests"


def template_path() -> Path:
    """Return where the migrated database for today's migrations is, or will be."""
    mark = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            mark.update(file.name.encode() + file.read_bytes())
        mark.update(Path(app.path, "groups.py").read_bytes() if Path(app.path, "groups.py").exists() else b"")
    return KEPT / f"migrated-{mark.hexdigest()[:16]}.sqlite3"


def place_copy(target: Path) -> bool:
    """Copy the kept database to `target`. False when there is none yet."""
    template = template_path()
    if not template.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    _copy(template, target)
    return True


def keep_copy(source: Path) -> None:
    """Keep `source` for later runs; several processes may do so at once."""
    template = template_path()
    keep_as(source, template)
    for old in KEPT.glob("migrated-*.sqlite3"):
        if old != template:
            old.unlink(missing_ok=True)


def keep_as(source: Path, template: Path) -> None:
    """Copy `source` to `template` in one move: nobody ever sees half of it."""
    template.parent.mkdir(parents=True, exist_ok=True)
    part = template.with_suffix(f".{os.getpid()}.part")
    _copy(source, part)
    part.rename(template)


def is_sqlite() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    old.close()
    new.close()
