"""A fixed pool of threads that run rows of one kind. What is claimed, and when, is foundation.worker's."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connections

Job = Callable[[], None]


class Pool:
    """Runs jobs on `size` daemon threads, each with a database connection that it closes at the end.

    Jobs must not raise. Threads are daemons: a process that must end does not wait for a stuck call,
    because the lease of its row runs out anyway.
    """

    def __init__(self, name: str, size: int, on_free: Callable[[], None]) -> None:
        self._size = size
        self._on_free = on_free
        self._busy = 0
        self._lock = threading.Lock()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True) for number in range(size)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def free(self) -> int:
        with self._lock:
            return self._size - self._busy

    def submit(self, job: Job) -> None:
        with self._lock:
            self._busy += 1
        self._jobs.put(job)

    def stop(self, deadline: float) -> None:
        """Let running jobs end until `deadline` (of time.monotonic)."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _work(self) -> None:
        try:
            while (job := self._jobs.get()) is not None:
                close_old_connections()
                try:
                    job()
                finally:
                    with self._lock:
                        self._busy -= 1
                close_old_connections()
                self._on_free()
        finally:
            connections.close_all()
