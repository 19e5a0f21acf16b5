"""A query compiled once: the same rows as the queryset gives, for other values."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from foundation.api import Organisation
from foundation.prepared import PreparedQuery, insert
from learning.models import Learner

pytestmark = pytest.mark.django_db
MARK = UUID("6d61726b-0000-4000-8000-000000000001")


def by_uuid(uuid: UUID) -> QuerySet[Learner]:
    return Learner.objects.select_related("organisation").filter(uuid=uuid, erased_at__isnull=True)


def test_it_gives_what_the_queryset_gives_in_one_statement(
    organisation: Organisation, django_assert_num_queries: object
) -> None:
    first, second = (Learner.objects.create(organisation=organisation, display_name=name) for name in ("Ana", "Ben"))
    prepared = PreparedQuery(by_uuid, MARK)
    with django_assert_num_queries(2):
        found = [prepared.first(row.uuid) for row in (second, first)]
        names = [(row.display_name, row.organisation.name) for row in found if row]
    assert names == [("Ben", "Acme"), ("Ana", "Acme")]
    assert [(row.uuid, row.created_at) for row in found if row] == [
        (second.uuid, second.created_at), (first.uuid, first.created_at),
    ]  # fmt: skip
    assert prepared.first(uuid4()) is None


def test_annotations_come_along(organisation: Organisation) -> None:
    one = Learner.objects.create(organisation=organisation, display_name="Ana")

    def annotated(uuid: UUID) -> QuerySet[Learner]:
        named_alike = Learner.objects.filter(display_name=OuterRef("display_name")).exclude(pk=OuterRef("pk"))
        twin = named_alike.order_by().values("uuid")[:1]
        return by_uuid(uuid).annotate(has_twin=Exists(named_alike), twin=Subquery(twin))

    prepared: PreparedQuery[Any] = PreparedQuery(annotated, MARK)
    alone = prepared.first(one.uuid)
    other = Learner.objects.create(organisation=organisation, display_name="Ana")
    both = prepared.first(one.uuid)
    assert [(alone.has_twin, alone.twin), (both.has_twin, both.twin)] == [(False, None), (True, other.uuid)]
    assert both.organisation == organisation


def test_an_inserted_row_is_what_a_saved_one_would_be(
    organisation: Organisation, django_assert_num_queries: Any
) -> None:
    noted = Learner(organisation=organisation, display_name="Ana")
    with django_assert_num_queries(1):
        insert(noted)
    found = Learner.objects.get(uuid=noted.uuid)
    fields = [field.attname for field in Learner._meta.concrete_fields if field.attname != "id"]
    assert [getattr(found, name) for name in fields] == [getattr(noted, name) for name in fields]
    assert noted._state.adding, "its key does not come back"


def test_a_marker_that_is_not_a_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="exactly once"):
        PreparedQuery(lambda uuid, name: by_uuid(uuid), MARK, "<name>").first(MARK, "Ana")
