"""What some tests need beside Python: where it is on this machine, or why it is not."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@cache
def find_chromium() -> str:
    """Return the path of a Chromium, or "" when there is none."""
    given = os.environ.get("BRANCHWISE_TEST_CHROMIUM", "")
    if given:
        return given
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), "")
    if not found:
        kept = sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
        found = str(kept[-1]) if kept else ""
    return found


@cache
def find_headless() -> str:
    """Return the path of Chromium's headless shell, which draws pages alike at two thirds of the cost, or of a Chromium.

    It knows no settings of people's browsers: what is to block third-party cookies needs `find_chromium`.
    """
    return os.environ.get("BRANCHWISE_TEST_CHROMIUM") or shutil.which("chromium-headless-shell") or find_chromium()


@cache
def find_python312() -> str:
    """Return the path of a Python 3.12 that runs, or ""."""
    kept = sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.12*/bin/python3.12")))
    for candidate in (os.environ.get("BRANCHWISE_TEST_PYTHON312"), shutil.which("python3.12"), *reversed(kept)):
        if candidate and subprocess.run([candidate, "-c", ""], capture_output=True, check=False).returncode == 0:
            return candidate
    return ""


# Marker -> (finder, what to say where it is missing).
NEEDS: Mapping[str, tuple[Callable[[], str], str]] = {
    "chromium": (find_chromium, "Chromium is not installed (apt-get install chromium)"),
    "postgres": (
        lambda: os.environ.get("BRANCHWISE_TEST_POSTGRES", ""),
        "no PostgreSQL (BRANCHWISE_TEST_POSTGRES=postgres://user:password@127.0.0.1/name)",
    ),
    "redis": (
        lambda: os.environ.get("BRANCHWISE_TEST_REDIS", ""),
        "no Redis (BRANCHWISE_TEST_REDIS=redis://127.0.0.1:6379/9)",
    ),
    "rabbitmq": (
        lambda: os.environ.get("BRANCHWISE_TEST_RABBITMQ", ""),
        "no RabbitMQ (BRANCHWISE_TEST_RABBITMQ=amqp://guest:guest@127.0.0.1:5672//)",
    ),
    "python312": (find_python312, "no Python 3.12 (BRANCHWISE_TEST_PYTHON312=/path/to/python3.12)"),
}


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


def missing(marker: str) -> str:
    """Return why tests with this marker cannot run here, or ""."""
    find, reason = NEEDS[marker]
    return "" if find() else reason
