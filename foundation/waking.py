"""Waking a worker after a commit. A message is a hint: rows are the record, and sweepers find them anyway."""

import logging
import time
from functools import partial

from django.db import transaction

from foundation import tasks, work

log = logging.getLogger(__name__)

# A broker that is down must not slow each request: after a failure nothing is sent for a while.
QUIET_AFTER_FAILURE_S = 5.0
# By then sweepers have long found the rows. RabbitMQ drops what nobody fetched, a worker what it fetches too late.
EXPIRES_S = 60
_quiet_until = 0.0


def wake(kind_name: str) -> None:
    """Once the current transaction is committed, tell a worker that rows of this kind are due.

    Never fails on account of the broker: without the message the sweeper is a second later.
    """
    kind = work.get_kind(kind_name)
    transaction.on_commit(partial(_send, kind.name), robust=True)


def _send(kind_name: str) -> None:
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    try:
        tasks.wake_worker.apply_async(
            args=(kind_name,), retry=False, ignore_result=True, expires=EXPIRES_S, expiration=EXPIRES_S
        )
    except Exception as error:  # kombu raises whatever its transport raises
        _quiet_until = time.monotonic() + QUIET_AFTER_FAILURE_S
        log.warning("The broker took no message (%s); workers find the rows by themselves.", error)
