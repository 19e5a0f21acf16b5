"""Waiting until the site answers."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence

from django.conf import settings

from config.running.programs import Program

WAIT_S = 90.0
WAIT_FOR_WORKER_S = 60.0
WAIT_FOR_OTHERS_S = 40.0


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


def wait_for_the_others(programs: Sequence[Program], is_alive: Callable[[], bool]) -> list[str]:
    """Wait for the programs beside the web server that have an address; return the names of the silent ones."""
    waiting = [program for program in programs if program.port and program.port != settings.PORT]
    deadline = time.monotonic() + WAIT_FOR_OTHERS_S
    while waiting and is_alive() and time.monotonic() < deadline:
        waiting = [program for program in waiting if not _answers(f"http://127.0.0.1:{program.port}/")]
        if waiting:
            time.sleep(0.2)
    return [program.name for program in waiting]


def _answers(url: str) -> bool:
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


def is_running() -> bool:
    """Say whether the site answers already."""
    return bool(_ask())
