"""A query compiled once: the same rows as the queryset gives, for other values."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet

from foundation.api import Organisation
from foundation.prepared import PreparedQuery
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


def test_a_marker_that_is_not_a_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="exactly once"):
        PreparedQuery(lambda uuid, name: by_uuid(uuid), MARK, "<name>").first(MARK, "Ana")
