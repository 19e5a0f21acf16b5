"""The statements of a delivery, written once: Django would spend longer composing them than all the rest takes.

They follow the models: names and conversions are asked of the fields. What they mean is lti.grades.delivery's and
lti.grades.outcomes'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, CharField, Field, IntegerField, Model, TextField

from lti.models import GradeDelivery, GradeState, GradeTarget

# Every database takes these for the fields that hold just them.
AS_THEY_ARE = (bool, int, str)


def note_intents(intents: Sequence[tuple[GradeTarget, datetime, str]]) -> set[int]:
    """Note, in one transaction, that posts are about to happen; return the keys of the rows whose lease still holds.

    Rows of one batch mostly get the same stamp and comment: such rows are one statement.
    """
    alike: dict[tuple[Any, datetime, str], list[int]] = {}
    for target, stamp, mark in intents:
        alike.setdefault((target.lease_id, stamp, mark), []).append(target.pk)
    with transaction.atomic():
        return {key for shared, keys in alike.items() for key in _note(*shared, keys)}


def _note(lease_id: object, stamp: datetime, mark: str, keys: Sequence[int]) -> list[int]:
    named = {"stamp": stamp, "is_unsure": True, "comment_sent": mark, "lease_id": lease_id}
    places = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {GradeTarget._meta.db_table} SET {_assignments(('stamp', 'is_unsure', 'comment_sent'))} "  # noqa: S608
            f"WHERE lease_id = %s AND id IN ({places}) RETURNING id",
            [*(_prepared(GradeTarget, name, value) for name, value in named.items()), *keys],
        )
        return [key for (key,) in cursor.fetchall()]


def hand_back(target: GradeTarget, now: datetime) -> bool:
    """Give back a row that was noted but not posted: as it came, due at once, and it was no try."""
    target.tries = max(0, target.tries - 1)
    fields = {"is_unsure": target.is_unsure, "comment_sent": target.comment_sent, "tries": target.tries}
    sets = ", due_at = CASE WHEN due_at = lease_until THEN %s ELSE due_at END, lease_id = NULL, lease_until = NULL"
    return _run(WayBack(target, fields, sets, [_prepared(GradeTarget, "due_at", now)]))


def way_back(state: str, revision: int, due_at: datetime | None, is_there: bool) -> tuple[str, list[Any]]:
    """Return what gives a row back: a newer grade, a person's wish or a parked row stays as it became meanwhile."""
    unchanged = f"(revision = %s AND state <> '{GradeState.PARKED.value}')"
    sets = f", state = CASE WHEN {unchanged} THEN %s ELSE state END"
    values: list[Any] = [revision, state]
    if is_there:
        sets += f", pending_since = CASE WHEN {unchanged} THEN NULL ELSE pending_since END"
        values.append(revision)
    sets += ", due_at = CASE WHEN due_at = lease_until THEN %s ELSE due_at END, lease_id = NULL, lease_until = NULL"
    return sets, [*values, _prepared(GradeTarget, "due_at", due_at)]


@dataclass(frozen=True)
class WayBack:
    """How a row is given back: plain fields, and further assignments with their values."""

    target: GradeTarget
    fields: Mapping[str, object]
    sets: str
    values: Sequence[Any]


def give_back(ways: Sequence[WayBack]) -> list[bool]:
    """Write outcomes under their leases, in the transaction that runs; say of each whether its lease still held.

    Mostly all of them hold: then those that set the same fields are one call. Otherwise each is asked by itself.
    """
    alike: dict[str, list[list[Any]]] = {}
    for way in ways:
        sql, values = _updating(way)
        alike.setdefault(sql, []).append(values)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, many in alike.items():
                cursor.executemany(sql, many)
                if cursor.rowcount != len(many):
                    raise _SomeLost
    except _SomeLost:
        return [_run(way) for way in ways]
    return [True] * len(ways)


class _SomeLost(Exception):
    pass


def log_deliveries(lines: Sequence[Mapping[str, Any]]) -> None:
    """Append tries to the log; every line has the same fields."""
    columns = ", ".join(_field(GradeDelivery, name).column or "" for name in lines[0])
    places = ", ".join(["%s"] * len(lines[0]))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {GradeDelivery._meta.db_table} ({columns}) VALUES ({places})",  # noqa: S608 (names of our own)
            [[_prepared(GradeDelivery, name, value) for name, value in line.items()] for line in lines],
        )


def _run(way: WayBack) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(*_updating(way))
        return bool(cursor.rowcount == 1)


def _updating(way: WayBack) -> tuple[str, list[Any]]:
    named = _assignments(tuple(way.fields))
    own = [_prepared(GradeTarget, name, value) for name, value in way.fields.items()]
    lease_id = _prepared(GradeTarget, "lease_id", way.target.lease_id)
    sql = f"UPDATE {GradeTarget._meta.db_table} SET {named}{way.sets} WHERE id = %s AND lease_id = %s"  # noqa: S608
    return sql, [*own, *way.values, way.target.pk, lease_id]


@lru_cache(maxsize=64)
def _assignments(names: tuple[str, ...]) -> str:
    return ", ".join(f"{_field(GradeTarget, name).column} = %s" for name in names)


@lru_cache(maxsize=64)
def _field(model: type[Model], name: str) -> Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if name in (field.name, field.attname))


def _prepared(model: type[Model], name: str, value: object) -> Any:
    """Return a value as this database takes it."""
    if value is None or (type(value) in AS_THEY_ARE and _takes_as_they_are(model, name)):
        return value
    return _field(model, name).get_db_prep_save(value, connection)


@lru_cache(maxsize=64)
def _takes_as_they_are(model: type[Model], name: str) -> bool:
    return isinstance(_field(model, name), BooleanField | CharField | IntegerField | TextField)
