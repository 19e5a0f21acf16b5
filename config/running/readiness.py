"""Waiting until the site answers."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from django.conf import settings

WAIT_S = 90.0
WAIT_FOR_WORKER_S = 20.0


def wait_until_ready(is_alive: Callable[[], bool]) -> str:
    """Wait for /readyz and return its state: ready, degraded (no worker yet), or "" when it never came."""
    started = time.monotonic()
    state = ""
    while is_alive() and time.monotonic() - started < WAIT_S:
        state = _ask()
        if state == "ready" or (state and time.monotonic() - started > WAIT_FOR_WORKER_S):
            return state
        time.sleep(0.2)
    return state


def answers(url: str) -> bool:
    """Say whether anything answers at an address of this machine, whatever its status."""
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 (an address of our own)
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _ask() -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings.PORT}/readyz", timeout=5) as answer:
            return str(json.load(answer)["state"])
    except (OSError, ValueError, KeyError):
        return ""
