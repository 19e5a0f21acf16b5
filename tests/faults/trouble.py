"""Threads that make trouble while learners play: kill, wipe, cut. Each counts what it did."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.journeys.site import Site


@dataclass
class Trouble:
    """Does something again and again in a thread, until it was done `at_least` times and is told to stop.

    `at_most` leaves learners a chance where the deed itself takes long.
    """

    deed: Callable[[], None]
    at_least: int
    pause_s: tuple[float, float] = (0.2, 1.0)
    at_most: int = 1_000_000
    count: int = 0
    failed: BaseException | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def _run(self) -> None:
        random_ = random.Random(7)
        try:
            while self.count < self.at_most and (not self._stop.is_set() or self.count < self.at_least):
                self.deed()
                self.count += 1
                time.sleep(random_.uniform(*self.pause_s))
        except BaseException as error:
            self.failed = error

    @contextmanager
    def going_on(self) -> Iterator[Trouble]:
        thread = threading.Thread(target=self._run)
        thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            thread.join()
        if self.failed is not None:
            raise self.failed


@dataclass
class WorkerKiller:
    """Kills the worker while it has grades in its hands, where it can be caught so, and starts it again."""

    site: Site
    in_flight: int = 0
    patience_s: float = 6.0

    def __call__(self) -> None:
        until = time.monotonic() + self.patience_s
        held = 0
        while not held and time.monotonic() < until:
            held = self.site.inside("held")
            time.sleep(0.03)
        self.site.kill("worker")
        self.in_flight += bool(held)
        self.site.start_worker()
