"""Figures about grades on their way, for /metrics."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Min
from django.utils import timezone

from foundation.api import register_gauge
from lti.models import GradeState, GradeTarget


def register() -> None:
    register_gauge("branchwise_grades", "Grades by state.", _by_state)
    register_gauge("branchwise_grade_oldest_pending_seconds", "Age of the oldest grade on its way.", _oldest)


def _by_state() -> Iterator[tuple[dict[str, str], float]]:
    found = dict(GradeTarget.objects.values_list("state").annotate(Count("pk")).order_by())
    for state in GradeState:
        yield {"state": state.value}, float(found.get(state.value, 0))


def _oldest() -> Iterator[tuple[dict[str, str], float]]:
    since = GradeTarget.objects.filter(state=GradeState.PENDING).aggregate(since=Min("pending_since"))["since"]
    yield {}, (timezone.now() - since).total_seconds() if since else 0.0
