"""What must be so before the site starts: tables, static files, the demo. Quick when nothing changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.running.messages import compile_messages

Say = Callable[[str], object]


def prepare(say: Say) -> None:
    """Bring tables and static files up to date. (The sandbox LMS looks after its own.)"""
    _migrate(say)
    compile_messages(Path(settings.BASE_DIR))
    _collect_static(say)


def _migrate(say: Say) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)


def _collect_static(say: Say) -> None:
    """Collect static files when any of them changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    say("Collecting static files …")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)


def _static_state() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=["CVS", ".*", "*~"]):
            found = os.stat(storage.path(name))
            digest.update(f"{name}\0{found.st_mtime_ns}\0{found.st_size}\n".encode())
    return digest.hexdigest()
