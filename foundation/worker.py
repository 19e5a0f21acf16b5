"""The one worker loop: a sweeper that claims due rows, and a pool of threads per kind that runs them.

It starts inside the Celery worker (config.celery) or alone by `manage.py work`. Messages only wake it.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.utils import timezone

from foundation import leases, redaction
from foundation.models import Leased, WorkerBeat
from foundation.pools import Pool
from foundation.work import GIVEN_BACK, WorkKind, list_kinds

log = logging.getLogger(__name__)

BUSY_PAUSE_S = 0.25
IDLE_PAUSE_S = 1.0
BEAT_EVERY = timedelta(seconds=10)
BEATS_KEPT = timedelta(days=1)


def run_row(kind: WorkKind, row: Leased, now: datetime) -> None:
    """Run one claimed row and give it back. Whatever goes wrong is logged and tried again later.

    A run may give its row back itself, in the transaction of what it wrote: then there is nothing
    left to give back here.
    """
    lease_id = row.lease_id
    if lease_id is None:
        raise ValueError(f"{kind.name} row {row.pk} was not claimed.")
    try:
        again = kind.runner()(row, now)
    except Exception as error:
        put_off(kind.name, row, error, now)
        return
    if again is GIVEN_BACK:
        return
    if again is None:
        leases.finish(row, lease_id)
    else:
        leases.reschedule(row, lease_id, again.at, again.error)


def run_batch(kind: WorkKind, rows: Sequence[Leased], now: datetime) -> None:
    """Run rows claimed together; what the run still holds when something goes wrong is tried again later."""
    try:
        kind.batch_runner()(rows, now)
    except Exception as error:
        log.exception("A batch of %s rows of kind %s failed.", len(rows), kind.name)
        for row in rows:
            _try_later(row, error, now)


def put_off(kind_name: str, row: Leased, error: Exception, now: datetime) -> None:
    """Log what went wrong with a row, and give it back to be tried again later, if it is still held."""
    log.error("Work of kind %s failed on row %s (try %s).", kind_name, row.pk, row.tries, exc_info=error)
    _try_later(row, error, now)


def _try_later(row: Leased, error: Exception, now: datetime) -> None:
    if row.lease_id is not None:
        reason = redaction.redact(f"{type(error).__name__}: {error}")
        leases.reschedule(row, row.lease_id, leases.backoff(row.tries, now), reason)


def run_due(now: datetime | None = None, kinds: Sequence[WorkKind] | None = None) -> int:
    """Run everything that is due now, in this thread, and return how many runs that took.

    A row that makes itself due again at once is not run twice. Without `now`, each claim goes by the clock: leases
    counted from the beginning of a long look would be over when they are taken.
    """
    count = 0
    for kind in list_kinds() if kinds is None else kinds:
        done: set[object] = set()
        at_once = 1 if kind.batch > 1 else kind.pool  # one thread runs one batch at a time
        while rows := leases.claim(kind, moment := now or timezone.now(), at_once, leave=done):
            ran = _run_claimed(kind, rows, moment)
            done.update(row.pk for row in ran or rows)  # where none was run, another look would go on for ever
            count += len(ran)
    return count


def _run_claimed(kind: WorkKind, rows: Sequence[Leased], now: datetime) -> Sequence[Leased]:
    """Run claimed rows, and return them without those that a batch gave back untried."""
    if kind.batch > 1:
        tries = [row.tries for row in rows]
        run_batch(kind, rows, now)
        return [row for row, before in zip(rows, tries, strict=True) if row.tries >= before]
    for row in rows:
        run_row(kind, row, now)
    return rows


class Worker:
    """Sweeps every kind and runs what is due, until stopped."""

    def __init__(self, kinds: Sequence[WorkKind], clock: Callable[[], datetime] = timezone.now) -> None:
        self.kinds = kinds
        self.clock = clock
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._pools = {kind.name: Pool(kind.name, kind.pool, self._awake.set) for kind in kinds}
        self._sweeper = threading.Thread(target=self._sweep_until_stopped, name="sweeper", daemon=True)
        self._beat_due: datetime | None = None

    def start(self) -> None:
        self._sweeper.start()

    def wake(self) -> None:
        """Look for due rows now rather than at the end of the pause."""
        self._awake.set()

    def stop(self, grace_s: float = 20) -> None:
        """Take nothing more and wait for what runs; what outlives the grace is due again after its lease."""
        self._stopping.set()
        self._awake.set()
        deadline = time.monotonic() + grace_s
        if self._sweeper.ident is not None:
            self._sweeper.join(grace_s)
        for pool in self._pools.values():
            pool.stop(deadline)
        if self._beat_due is not None:  # /readyz must not take the dead for the living
            WorkerBeat.objects.filter(name=self.name).delete()

    def sweep(self) -> int:
        """Claim as many due rows as there are free threads, hand them over, return how many."""
        claimed = 0
        for kind in self.kinds:
            pool = self._pools[kind.name]
            if kind.batch > 1:
                claimed += self._sweep_batches(kind, pool)
                continue
            for row in leases.claim(kind, self.clock(), pool.free):
                pool.submit(partial(self._run, kind, [row]))
                claimed += 1
        return claimed

    def _sweep_batches(self, kind: WorkKind, pool: Pool) -> int:
        """Claim one batch for each free thread."""
        claimed = 0
        while pool.free and (rows := leases.claim(kind, self.clock(), pool.free)):
            pool.submit(partial(self._run, kind, rows))
            claimed += len(rows)
        return claimed

    def beat(self) -> None:
        """Leave a sign of life, at most every ten seconds."""
        now = self.clock()
        if self._beat_due is None or now >= self._beat_due:
            WorkerBeat.objects.update_or_create(name=self.name, defaults={"at": now})
            WorkerBeat.objects.filter(at__lt=now - BEATS_KEPT).delete()
            self._beat_due = now + BEAT_EVERY

    def _run(self, kind: WorkKind, rows: Sequence[Leased]) -> None:
        try:
            if kind.batch > 1:
                run_batch(kind, rows, self.clock())
            else:
                run_row(kind, rows[0], self.clock())
        except Exception:  # giving back failed as well: the lease ends by itself
            log.exception("A row of kind %s could not be given back; its lease will run out.", kind.name)

    def _sweep_until_stopped(self) -> None:
        try:
            while not self._stopping.is_set():
                self._awake.clear()
                pause = BUSY_PAUSE_S if self._sweep_once() else IDLE_PAUSE_S
                self._awake.wait(pause)
        finally:
            connections.close_all()

    def _sweep_once(self) -> int:
        """One look that no passing trouble of the database can end."""
        try:
            close_old_connections()
            self.beat()
            return self.sweep()
        except DatabaseError:
            log.exception("The database could not be asked for due work; trying again.")
            return 0
        except Exception:
            log.exception("Looking for due work failed; trying again.")
            return 0


_of_this_process: list[Worker] = []


def start_here() -> Worker:
    """Start a worker for every kind in config.work; messages that reach this process wake it."""
    worker = Worker(list_kinds())
    _of_this_process.append(worker)
    worker.start()
    return worker


def stop_here(grace_s: float = 20) -> None:
    while _of_this_process:
        _of_this_process.pop().stop(grace_s)


def wake_here() -> None:
    for worker in _of_this_process:
        worker.wake()
