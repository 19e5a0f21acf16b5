"""What an operator's monitor asks: is the process alive, can it serve, what do the figures say."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from foundation import leases, metrics
from foundation.models import WorkerBeat
from foundation.work import list_kinds

BEAT_TOO_OLD = timedelta(seconds=60)
LEAST_FREE_BYTES = 100 * 1024 * 1024

_migrated = False


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served; without a worker degraded, not dead: rows wait, nothing is lost."""
    problems = {name: problem for name, check in _checks().items() if (problem := check())}
    warnings = {} if problems else {name: said for name, ask in _warners.items() if (said := ask())}
    state = "down" if problems else "degraded" if warnings else "ready"
    return JsonResponse({"state": state, "problems": problems, "warnings": warnings}, status=503 if problems else 200)


@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """The figures for Prometheus; guarded by a bearer token when BRANCHWISE_METRICS_TOKEN is set."""
    expected = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if expected and not constant_time_compare(given, expected):
        return HttpResponse("The figures need a bearer token.\n", status=401, content_type="text/plain")
    return HttpResponse(metrics.exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def register_gauges() -> None:
    """Register what foundation itself knows about work and workers."""
    metrics.register_gauge("branchwise_work_due", "Rows of work due and free, by kind.", _due_counts)
    metrics.register_gauge(
        "branchwise_work_oldest_due_seconds", "How long the longest waiting row has been due.", _oldest_due
    )
    metrics.register_gauge("branchwise_worker_beat_age_seconds", "Since the last worker beat.", _beat_age)


def register_warning(name: str, ask: Callable[[], str]) -> None:
    """Have `ask` asked by /readyz: a sentence when something is amiss that does not keep pages from being served."""
    _warners[name] = ask


def _checks() -> dict[str, Callable[[], str]]:
    return {"database": _database_problem, "migrations": _migrations_problem, "disk": _disk_problem}


def _database_problem() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "The database does not answer."
    return ""


def _migrations_problem() -> str:
    global _migrated
    if _migrated:  # once complete, only a new release changes it, and that restarts the process
        return ""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "Migrations are missing: run manage.py migrate."
    except DatabaseError:
        return "The database does not answer."
    _migrated = True
    return ""


def _disk_problem() -> str:
    free = shutil.disk_usage(settings.VAR_DIR).free
    return "" if free >= LEAST_FREE_BYTES else f"Only {free // 2**20} MB are free for {settings.VAR_DIR.name}/."


def _worker_problem() -> str:
    if WorkerBeat.objects.filter(at__gte=timezone.now() - BEAT_TOO_OLD).exists():
        return ""
    return "No worker has shown itself for a minute: grades wait. Start one: manage.py work."


_warners: dict[str, Callable[[], str]] = {"worker": _worker_problem}


def _due_counts() -> Iterator[metrics.Sample]:
    now = timezone.now()
    for kind in list_kinds():
        yield {"kind": kind.name}, leases.due(kind.queryset(), now).count()


def _oldest_due() -> Iterator[metrics.Sample]:
    now = timezone.now()
    for kind in list_kinds():
        oldest = leases.due(kind.queryset(), now).aggregate(at=Min("due_at"))["at"]
        yield {"kind": kind.name}, (now - oldest).total_seconds() if oldest else 0


def _beat_age() -> Iterator[metrics.Sample]:
    last = WorkerBeat.objects.order_by("-at").values_list("at", flat=True).first()
    if last is not None:
        yield {}, (timezone.now() - last).total_seconds()
