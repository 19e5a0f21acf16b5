"""Taking a due row for a while, and giving it back. The loop that does so is foundation.worker.

A claim moves `due_at` to the end of the lease, so a row whose worker died is simply due again. Whoever
wants the row worked on once more, even in the middle of a run, sets `due_at`: giving the row back sees
that `due_at` is no longer the end of the lease and leaves the new wish alone.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from django.db import connections, transaction
from django.db.models import Case, F, Field, Model, Q, QuerySet, Value, When
from django.db.models.fields import DateTimeField

from foundation.models import Leased
from foundation.work import WorkKind

FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)
ERROR_LENGTH = 2_000

Row = TypeVar("Row", bound=Model)


def due(rows: QuerySet[Row], now: datetime) -> QuerySet[Row]:
    """Narrow to rows that are due and that nobody holds, the longest waiting first."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    return rows.filter(free, due_at__lte=now).order_by("due_at", "pk")


def claim(kind: WorkKind, now: datetime, limit: int, leave: Collection[object] = ()) -> Sequence[Leased]:
    """Take up to `limit` due rows of a kind until now + `kind.lease_s`; each counts as one try.

    Rows whose key is in `leave` are not taken.
    Returns the rows as they are after the claim. Two workers never hold the same row: PostgreSQL skips
    locked rows, SQLite lets one writer in at a time.
    """
    rows = due(kind.queryset(), now).exclude(pk__in=leave)
    if limit <= 0 or not rows.exists():  # an idle look takes no write lock
        return []
    lease_id, until = uuid4(), now + timedelta(seconds=kind.lease_s)
    model = rows.model
    with transaction.atomic(using=rows.db):
        if connections[rows.db].features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        chosen = kind.chosen(rows, now, limit)
        if not chosen:
            return []
        return _take(model, chosen, now, until, lease_id, rows.db)


def finish(row: Leased, lease_id: UUID) -> bool:
    """Give a row back as done: not due any more, unless someone made it due meanwhile.

    Returns False, and changes nothing, when the lease was lost to another worker.
    """
    return _give_back(row, lease_id, None, tries=0, last_error="")


def reschedule(row: Leased, lease_id: UUID, due_at: datetime, error: str) -> bool:
    """Give a row back to be tried again at `due_at` (or at once, if someone made it due meanwhile).

    Returns False, and changes nothing, when the lease was lost to another worker.
    """
    return _give_back(row, lease_id, due_at, last_error=error[:ERROR_LENGTH])


def renew(row: Leased, lease_id: UUID, until: datetime) -> bool:
    """Hold a row longer, from within a long run. False when the lease was lost: stop working on it."""
    held = _held(row, lease_id)
    return held.update(due_at=_unless_wanted(until), lease_until=until) == 1


def backoff(tries: int, now: datetime) -> datetime:
    """Return when to try again after `tries` failures: full jitter, 5 s doubling to 1 h, no last try.

    Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    ceiling = min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(max(tries - 1, 0), 20))
    return now + timedelta(seconds=random.uniform(1.0, ceiling.total_seconds()))  # noqa: S311 (not a secret)


def _take(
    model: type[Leased], keys: Sequence[object], now: datetime, until: datetime, lease_id: UUID, using: str
) -> list[Leased]:
    """Put rows that are still due under a lease and return them, by one statement, which Django could not compose."""
    at, end, lease = (
        _as_stored(model, name, value, using)
        for name, value in (("lease_until", now), ("lease_until", until), ("lease_id", lease_id))
    )
    values = [end, end, lease, *keys, at, at]
    taken = model._default_manager.raw(_taking(model, len(keys)), values, using=using)
    return sorted(taken, key=lambda row: row.pk)


def _as_stored(model: type[Leased], name: str, value: object, using: str) -> Any:
    field = cast("Field[Any, Any]", model._meta.get_field(name))
    return field.get_db_prep_value(value, connections[using])


@lru_cache(maxsize=256)
def _taking(model: type[Leased], count: int) -> str:
    places = ", ".join(["%s"] * count)
    return (
        f"UPDATE {model._meta.db_table} SET due_at = %s, lease_until = %s, lease_id = %s, tries = tries + 1 "  # noqa: S608
        f"WHERE {model._meta.pk.column} IN ({places}) AND due_at <= %s "
        "AND (lease_until IS NULL OR lease_until <= %s) RETURNING *"
    )


def _held(row: Leased, lease_id: UUID) -> QuerySet[Leased]:
    return type(row)._default_manager.filter(pk=row.pk, lease_id=lease_id)


def _unless_wanted(due_at: datetime | None) -> Case:
    """`due_at`, unless the row was made due during the lease: then that wish stays."""
    value = Value(due_at, output_field=DateTimeField())
    return Case(When(due_at=F("lease_until"), then=value), default=F("due_at"))


def _give_back(row: Leased, lease_id: UUID, due_at: datetime | None, **fields: object) -> bool:
    changed = _held(row, lease_id).update(due_at=_unless_wanted(due_at), lease_id=None, lease_until=None, **fields)
    return changed == 1
