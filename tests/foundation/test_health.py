"""Health, readiness and figures: what a monitor is told."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from foundation import health, metrics
from foundation.models import WorkerBeat
from tests.foundation.chores.models import Chore

pytestmark = pytest.mark.django_db


def test_the_process_answers(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_with_a_living_worker(client: Client) -> None:
    WorkerBeat.objects.create(name="w", at=timezone.now())
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"state": "ready", "problems": {}, "warnings": {}}


@pytest.mark.parametrize("age", [None, timedelta(seconds=61)])
def test_without_a_worker_it_is_degraded_and_still_serves(client: Client, age: timedelta | None) -> None:
    if age is not None:
        WorkerBeat.objects.create(name="w", at=timezone.now() - age)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["state"] == "degraded"
    assert response.json()["warnings"]["worker"].startswith("No worker has shown itself for a minute")


def test_a_database_that_does_not_answer_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("foundation.health.connection.cursor", fail)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["problems"]["database"] == "The database does not answer."


def test_missing_migrations_are_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr("foundation.health.MigrationExecutor.migration_plan", lambda *args: ["one"])
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["problems"] == {"migrations": "Migrations are missing: run manage.py migrate."}


def test_a_full_disk_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**80)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert list(response.json()["problems"]) == ["disk"]


def test_figures_show_what_waits(client: Client) -> None:
    now = timezone.now()
    Chore.objects.create(name="late", due_at=now - timedelta(seconds=90))
    Chore.objects.create(name="later", due_at=now + timedelta(hours=1))
    lines = client.get("/metrics").content.decode().splitlines()
    assert 'branchwise_work_due{kind="chores"} 1' in lines
    (oldest,) = [line for line in lines if line.startswith('branchwise_work_oldest_due_seconds{kind="chores"')]
    assert float(oldest.split()[-1]) >= 90


def test_figures_may_be_guarded_by_a_token(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "s3cret"
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer s3cret"}).status_code == 200


class TestMetrics:
    @pytest.fixture(autouse=True)
    def empty(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(metrics, "_counters", {})
        monkeypatch.setattr(metrics, "_gauges", {})

    def test_counters_and_gauges_are_written_in_prometheus_form(self) -> None:
        metrics.counter("x_total", "X.").add(platform='a"b\\c\nd')
        metrics.counter("x_total", "X.").add(2, platform='a"b\\c\nd')
        metrics.register_gauge("y", "Y.", lambda: [({}, 1.5)])
        assert metrics.exposition() == (
            "# HELP x_total X.\n# TYPE x_total counter\n"
            'x_total{platform="a\\"b\\\\c\\nd"} 3\n'
            "# HELP y Y.\n# TYPE y gauge\ny 1.5\n"
            "# HELP branchwise_gauges_failed Gauges that could not be read now.\n"
            "# TYPE branchwise_gauges_failed gauge\nbranchwise_gauges_failed 0\n"
        )

    def test_a_gauge_that_fails_is_logged_and_leaves_the_others_in_place(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail() -> list[metrics.Sample]:
            raise ValueError

        metrics.register_gauge("bad", "Bad.", fail)
        metrics.register_gauge("good", "Good.", lambda: [({}, 1)])
        text = metrics.exposition()
        assert "good 1\n" in text
        assert "branchwise_gauges_failed 1\n" in text
        assert "# HELP bad" not in text
        assert "The gauge bad could not be read." in caplog.text
