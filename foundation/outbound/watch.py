"""An end to answers that drip: one thread that cuts the sockets of calls past their deadline.

A read time-out starts again with each byte that comes, so a hostile server could hold a thread for hours.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

LOOK_EVERY_S = 0.25


class Call:
    """One call under way: when it must end, and the socket it runs on."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.cut = False
        self.socket: socket.socket | None = None

    def end(self) -> None:
        self.cut = True
        if self.socket is not None:
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)


_calls: set[Call] = set()
_lock = threading.Lock()
_current = threading.local()
_watcher: threading.Thread | None = None


@contextmanager
def watched(limit_s: float) -> Iterator[Call]:
    """Run a call that is cut after `limit_s` seconds in all."""
    call = Call(time.monotonic() + limit_s)
    _current.call = call
    with _lock:
        _calls.add(call)
        _start_watcher()
    try:
        yield call
    finally:
        _current.call = None
        with _lock:
            _calls.discard(call)


def note_socket(sock: socket.socket | None) -> None:
    """Tell which socket the call of this thread runs on."""
    call: Call | None = getattr(_current, "call", None)
    if call is not None:
        call.socket = sock
        if call.cut:
            call.end()


def _start_watcher() -> None:
    global _watcher
    if _watcher is None or not _watcher.is_alive():
        _watcher = threading.Thread(target=_watch, name="outbound-watch", daemon=True)
        _watcher.start()


def _watch() -> None:
    global _watcher
    while True:
        time.sleep(LOOK_EVERY_S)
        now = time.monotonic()
        with _lock:
            if not _calls:
                _watcher = None
                return
            overdue = [call for call in _calls if call.deadline < now and not call.cut]
        for call in overdue:
            call.end()
