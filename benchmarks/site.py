"""A site of the benchmarks' own: its settings, a migrated database that is kept between runs, and an LMS to talk to."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent / "var" / "benchmarks"


@cache
def ready() -> None:
    """Set Django up and migrate, once per process."""
    VAR.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        BRANCHWISE_VAR=str(VAR),
        BRANCHWISE_ALLOW_LOOPBACK="1",
        BRANCHWISE_LOG_LEVEL="WARNING",
    )
    for name in ("DATABASE_URL", "BROKER_URL", "PUBLIC_URL"):
        os.environ.pop(name, None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@cache
def gradebook() -> str:
    """Start an LMS's token and score service in a process of its own, and return its address."""
    command = [sys.executable, "-m", "benchmarks.gradebook_server"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    atexit.register(server.kill)
    assert server.stdout is not None
    return f"http://127.0.0.1:{int(server.stdout.readline())}"
