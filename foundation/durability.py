"""Commits that survive a power cut: scores, and whatever else was promised to a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def durable() -> Iterator[None]:
    """Run a transaction whose commit is on the disk before this returns.

    It must be the outermost one: SQLite cannot change the level inside a transaction. SQLite goes
    from NORMAL to FULL for it; PostgreSQL gets synchronous_commit, whatever the role's default is.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit TO on")
            yield
        return
    if connection.in_atomic_block:  # refused by durable=True, except inside a test's own transaction
        with transaction.atomic(durable=True):
            yield
        return
    _set_synchronous("FULL")
    try:
        with transaction.atomic(durable=True):
            yield
    finally:
        _set_synchronous("NORMAL")


def _set_synchronous(level: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={level}")
