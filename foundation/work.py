"""Kinds of durable work: which rows, what runs them, how many at once.

The kinds themselves are listed in config.work, as dotted paths, so that foundation knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

from foundation.models import Leased


@dataclass(frozen=True)
class Again:
    """What a run returns when the row has to be tried again: when, and why (shown to operators)."""

    at: datetime
    error: str = ""


# What a run returns that has given its row back itself, in the transaction of what it wrote.
GIVEN_BACK = Again(datetime.max, "given back")

# Gets a row just claimed and the time of the claim. None means done. An exception means again, later.
Run = Callable[[Any, datetime], Again | None]
# Gets rows claimed together, and gives back each by itself; from one that it did not come to, it takes the claim's try
# off again. An exception means again, later, for those it still holds.
RunBatch = Callable[[Sequence[Any], datetime], None]


@dataclass(frozen=True)
class WorkKind:
    """One kind of durable work.

    `rows` is the dotted path of a model derived from Leased, or of a function without arguments that
    returns a queryset of one (to leave out what must wait, such as the rows of a paused platform).
    `run` is the dotted path of the function that works on one row. `lease_s` must exceed the longest
    run by far: after it the row is taken again, while the first run may still be at it. `pick` is the
    dotted path of a function (rows, kind, now, limit) -> keys that chooses among due rows inside the
    claim, `limit` being the threads that are free; without it the longest waiting come first. A kind with `batch`
    above 1 has a `pick`, which chooses up to that many rows for one thread: claimed under one lease, they all go to
    its `run` at once (RunBatch).
    """

    name: str
    rows: str
    run: str
    pool: int = 4
    lease_s: int = 60
    oldest_alert_s: int = field(default=900)
    pick: str = ""
    batch: int = 1

    def queryset(self) -> QuerySet[Leased]:
        source = import_string(self.rows)
        if isinstance(source, type) and issubclass(source, Model):
            return cast("QuerySet[Leased]", source._default_manager.all())
        return cast("QuerySet[Leased]", source())

    def chosen(self, rows: QuerySet[Leased], now: datetime, limit: int) -> list[Any]:
        """Return the keys of the rows to claim next, of those that are due."""
        if self.pick:
            return list(import_string(self.pick)(rows, self, now, limit))
        return list(rows.values_list("pk", flat=True)[:limit])

    def runner(self) -> Run:
        return cast(Run, import_string(self.run))

    def batch_runner(self) -> RunBatch:
        return cast(RunBatch, import_string(self.run))


class UnknownKind(LookupError):
    """No kind of work has that name: config.work lists them."""


def list_kinds() -> Sequence[WorkKind]:
    """Return every kind of work of this site."""
    return cast("Sequence[WorkKind]", import_string(settings.WORK_KINDS))


def get_kind(name: str) -> WorkKind:
    for kind in list_kinds():
        if kind.name == name:
            return kind
    raise UnknownKind(f"There is no kind of work named {name!r}; config/work.py lists them.")
