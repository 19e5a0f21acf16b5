"""Figures about grades on their way, for /metrics, read from rows so that the work of no process is missed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Avg, Count, Max, Min
from django.utils import timezone

from foundation.api import register_gauge
from lti.grades.health import OPEN_AFTER
from lti.models import GradeDelivery, GradeState, GradeTarget, Platform, PlatformStatus

Samples = Iterator[tuple[dict[str, str], float]]
# Rows younger than this may still be joined by one with a smaller key: they are counted anew each time.
SETTLED = timedelta(minutes=2)
RECENT = timedelta(minutes=10)


def register() -> None:
    register_gauge("branchwise_grades", "Grades by state.", _by_state)
    register_gauge("branchwise_grades_pending", "Grades on their way.", lambda: _in_state(GradeState.PENDING))
    register_gauge("branchwise_grades_blocked", "Grades that an LMS refuses.", lambda: _in_state(GradeState.BLOCKED))
    register_gauge("branchwise_grades_parked", "Grades that a person set aside.", lambda: _in_state(GradeState.PARKED))
    register_gauge("branchwise_grade_oldest_pending_seconds", "Age of the oldest grade on its way.", _oldest)
    register_gauge("branchwise_grade_delivery_total", "Tries to deliver a grade, by platform and outcome.", _tries)
    register_gauge("branchwise_grade_delivery_seconds", "Latency of posts in the last ten minutes.", _latency)
    register_gauge("branchwise_grade_breaker_open", "1 while a platform is left alone.", _breakers)
    register_gauge("branchwise_grade_concurrency", "Grades sent to a platform at the same time.", _lanes)


def oldest_pending_s() -> float:
    """Return how long the oldest grade has been on its way, 0 when none is."""
    since = GradeTarget.objects.filter(state=GradeState.PENDING).aggregate(since=Min("pending_since"))["since"]
    return max(0.0, (timezone.now() - since).total_seconds()) if since else 0.0


def _by_state() -> Samples:
    found = dict(GradeTarget.objects.values_list("state").annotate(Count("pk")).order_by())
    for state in GradeState:
        yield {"state": state.value}, float(found.get(state.value, 0))


def _in_state(state: GradeState) -> Samples:
    yield {}, float(GradeTarget.objects.filter(state=state).count())


def _oldest() -> Samples:
    yield {}, oldest_pending_s()


class _Tries:
    """Counts a log that only grows without reading the whole of it at each scrape."""

    def __init__(self) -> None:
        self.upto = 0
        self.counts: Counter[tuple[str, str]] = Counter()
        self.lock = threading.Lock()

    def now(self) -> Counter[tuple[str, str]]:
        with self.lock:
            rows = GradeDelivery.objects.filter(pk__gt=self.upto)
            settled = rows.filter(at__lt=timezone.now() - SETTLED).aggregate(last=Max("pk"))["last"]
            if settled is not None:
                self.counts += _counted(self.upto, settled)
                self.upto = settled
            return self.counts + _counted(self.upto, None)


def _counted(after: int, upto: int | None) -> Counter[tuple[str, str]]:
    rows = GradeDelivery.objects.filter(pk__gt=after)
    if upto is not None:
        rows = rows.filter(pk__lte=upto)
    found = rows.order_by().values_list("target__platform__name", "target__platform__issuer", "outcome")
    counts: Counter[tuple[str, str]] = Counter()
    for name, issuer, outcome, count in found.annotate(Count("pk")):
        counts[name or issuer, outcome] += count
    return counts


_tries_so_far = _Tries()


def _tries() -> Samples:
    for (platform, outcome), count in sorted(_tries_so_far.now().items()):
        yield {"platform": platform, "outcome": outcome}, float(count)


def _latency() -> Samples:
    rows = GradeDelivery.objects.filter(at__gte=timezone.now() - RECENT, latency_ms__isnull=False).order_by()
    grouped = rows.values_list("target__platform__name", "target__platform__issuer")
    for name, issuer, mean, most in grouped.annotate(Avg("latency_ms"), Max("latency_ms")):
        yield {"platform": name or issuer, "of": "mean"}, mean / 1000
        yield {"platform": name or issuer, "of": "max"}, most / 1000


def _breakers() -> Samples:
    now = timezone.now()
    for platform in Platform.objects.filter(status=PlatformStatus.ACTIVE):
        is_open = platform.failures >= OPEN_AFTER or (platform.paused_until is not None and platform.paused_until > now)
        yield {"platform": str(platform)}, float(is_open)


def _lanes() -> Samples:
    for platform in Platform.objects.filter(status=PlatformStatus.ACTIVE):
        yield {"platform": str(platform)}, float(platform.concurrency)
