"""Statements that are compiled once and run often: on the path of a step Django would spend longer writing its SQL
than the database on answering it (1.9 of 2.7 ms, five tables).

Nothing else here knows a model. Works on what a queryset compiles to, so it follows the models by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import AutoField, Model, QuerySet
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)


class PreparedQuery(Generic[Row]):
    """The first row of a queryset, for other values than it was compiled with.

    `build` makes the queryset from `markers`, values that occur nowhere else in it; `first` puts others in their
    place. Values must compile to one parameter each: no None, no lists.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]], *markers: Any) -> None:
        self._build = build
        self._markers = markers
        self._compiled: dict[str, _Compiled] = {}

    def first(self, *values: Any) -> Row | None:
        """Return the first row for `values`, or None."""
        compiled = self._compiled.get(connection.vendor)
        if compiled is None:
            compiled = self._compiled[connection.vendor] = _Compiled(self._build(*self._markers)[:1], self._markers)
        row: Row | None = compiled.first(values)
        return row


def insert(row: Model) -> None:
    """Insert a new row by one statement, without a transaction of its own, signals, or its key coming back.

    For rows that are noted and found again by what is in them; everything else is saved by Django's own means.
    """
    sql, fields = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [field.get_db_prep_save(getattr(row, field.attname), connection=connection) for field in fields]
        )


@lru_cache(maxsize=64)
def _insertion(model: type[Model]) -> tuple[str, list[Any]]:
    fields: list[Any] = [field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)]
    quote = connection.ops.quote_name
    columns, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", fields  # noqa: S608 (own names)


class _Compiled:
    def __init__(self, queryset: QuerySet[Any], markers: Sequence[Any]) -> None:
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, params = compiler.as_sql()
        adapted = [_adapt(marker) for marker in markers]
        # For each parameter: which value goes there, or None for one that stays.
        self._places = [adapted.index(param) if param in adapted else None for param in params]
        self._params = params
        if sorted(place for place in self._places if place is not None) != list(range(len(markers))):
            raise ValueError("Each marker must occur exactly once in the compiled query.")
        select, info = compiler.select, compiler.klass_info
        self._model = info["model"]
        fields = info["select_fields"]
        self._start, self._end = fields[0], fields[-1] + 1
        self._names = [column[0].target.attname for column in select[self._start : self._end]]
        self._converters = list(compiler.get_converters([column[0] for column in select]).items())
        self._annotations = list((compiler.annotation_col_map or {}).items())
        self._related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # newer stubs

    def first(self, values: Sequence[Any]) -> Any:
        adapted = [_adapt(value) for value in values]
        params = [
            own if place is None else adapted[place] for own, place in zip(self._params, self._places, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        for row in map(list, found):
            for position, (converters, expression) in self._converters:
                for convert in converters:
                    row[position] = convert(row[position], expression, connection)
            made = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._start : self._end])
            for related in self._related:
                related.populate(row, made)
            for name, position in self._annotations:
                setattr(made, name, row[position])
            return made
        return None


def _adapt(value: Any) -> Any:
    """Return a value as this database takes it: SQLite knows no UUID."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
