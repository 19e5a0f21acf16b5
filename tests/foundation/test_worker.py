"""The worker loop: what is due is run, and whatever happens to a run, the row is not lost."""

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from foundation import leases, tasks, waking, worker
from foundation.api import run_due, wake
from foundation.models import WorkerBeat
from foundation.work import UnknownKind, WorkKind
from foundation.worker import Worker
from tests.foundation.chores import kinds
from tests.foundation.chores.models import Chore

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
class TestRunDue:
    def test_runs_each_due_row_and_counts(self) -> None:
        Chore.objects.create(name="one", due_at=NOW)
        Chore.objects.create(name="two", due_at=NOW)
        Chore.objects.create(name="tomorrow", due_at=NOW + timedelta(days=1))
        assert run_due(NOW) == 2
        assert list(Chore.objects.order_by("pk").values_list("name", "runs", "due_at")) == [
            ("one", 1, None),
            ("two", 1, None),
            ("tomorrow", 0, NOW + timedelta(days=1)),
        ]

    def test_a_failing_run_is_tried_again_later_with_a_redacted_reason(self) -> None:
        Chore.objects.create(name="fails", due_at=NOW)
        assert run_due(NOW) == 1
        chore = Chore.objects.get()
        assert chore.last_error == "ValueError: no luck with token=[hidden]"
        assert chore.lease_id is None
        assert chore.tries == 1
        assert chore.due_at is not None
        assert NOW < chore.due_at <= NOW + timedelta(seconds=5)

    def test_a_run_may_ask_for_another_time(self) -> None:
        Chore.objects.create(name="again", due_at=NOW)
        run_due(NOW)
        chore = Chore.objects.get()
        assert chore.due_at == NOW + timedelta(minutes=5)
        assert chore.last_error == "the other side asked to wait"

    def test_a_row_wanted_during_its_run_stays_due_but_is_not_run_twice_at_once(self) -> None:
        Chore.objects.create(name="wanted meanwhile", due_at=NOW)
        assert run_due(NOW) == 1
        assert Chore.objects.get().due_at == NOW

    def test_what_a_failing_batch_still_holds_is_tried_later_and_logged_once(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        Chore.objects.bulk_create(Chore(name=name, due_at=NOW) for name in ("one", "two", "three"))

        def run_chores(rows: Sequence[Chore], now: datetime) -> None:
            assert rows[0].lease_id is not None
            leases.finish(rows[0], rows[0].lease_id)
            raise ValueError("no luck with token=abc123456789")

        monkeypatch.setattr(kinds, "run_chore", run_chores)
        assert run_due(NOW, [replace(kinds.KINDS[0], batch=4, pick=f"{__name__}.pick_batch")]) == 3
        first, *others = Chore.objects.order_by("pk")
        assert (first.tries, first.due_at, first.last_error) == (0, None, "")
        assert {(row.tries, row.lease_id, row.last_error) for row in others} == {
            (1, None, "ValueError: no luck with token=[hidden]")
        }
        assert all(row.due_at is not None and row.due_at > NOW for row in others)
        assert [record.getMessage() for record in caplog.records] == ["A batch of 3 rows of kind chores failed."]

    def test_each_lease_of_a_long_look_begins_when_it_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Chore.objects.bulk_create(Chore(name="dishes", due_at=NOW) for _ in range(2))
        hours = (NOW + timedelta(hours=number) for number in itertools.count(1))
        monkeypatch.setattr(worker, "timezone", SimpleNamespace(now=lambda: next(hours)))
        ends: list[datetime | None] = []
        monkeypatch.setattr(kinds, "run_chore", lambda chore, now: ends.append(chore.lease_until))
        assert run_due(kinds=[replace(kinds.KINDS[0], pool=1)]) == 2
        lease = timedelta(seconds=kinds.KINDS[0].lease_s)
        assert ends == [NOW + timedelta(hours=1) + lease, NOW + timedelta(hours=2) + lease]


@pytest.mark.django_db(transaction=True)
class TestWorker:
    def test_threads_run_what_is_due_and_leave_a_beat(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Chore.objects.bulk_create(Chore(name="dishes", due_at=timezone.now()) for _ in range(20))
        count = threading.Semaphore(0)
        ran = kinds.run_chore

        def counted(chore: Chore, now: datetime) -> object:
            try:
                return ran(chore, now)
            finally:
                count.release()

        monkeypatch.setattr(kinds, "run_chore", counted)
        loop = Worker(kinds.KINDS)
        loop.start()
        try:
            for _ in range(20):
                assert count.acquire(timeout=30)
            assert WorkerBeat.objects.get().name == loop.name
        finally:
            loop.stop()
        assert set(Chore.objects.values_list("runs", "due_at")) == {(1, None)}
        assert not WorkerBeat.objects.exists()  # a worker that ended in order leaves none

    def test_no_more_is_claimed_than_threads_are_free(self) -> None:
        Chore.objects.bulk_create(Chore(name="dishes", due_at=NOW) for _ in range(20))
        gate = threading.Event()
        kind = WorkKind("slow", "tests.foundation.chores.models.Chore", f"{__name__}.wait_at_gate", pool=3)
        globals()["GATE"] = gate
        loop = Worker([kind], clock=lambda: NOW)
        assert loop.sweep() == 3
        assert loop.sweep() == 0
        gate.set()
        loop.stop()
        assert Chore.objects.filter(lease_id=None, due_at=None).count() == 3
        assert Chore.objects.filter(lease_id=None, due_at=NOW).count() == 17

    def test_a_killed_worker_s_row_is_taken_again(self) -> None:
        chore = Chore.objects.create(name="hangs", due_at=timezone.now())
        victim = subprocess.Popen(
            [sys.executable, "-c", VICTIM],
            env={
                **os.environ,
                "CHORE_HANGS": "1",
                "DJANGO_SETTINGS_MODULE": "config.settings_test",
                "VICTIM_DATABASE": str(connection.settings_dict["NAME"]),
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        assert victim.stdout is not None
        try:
            assert victim.stdout.readline().strip() == "hanging"
        finally:
            victim.send_signal(signal.SIGKILL)
            victim.wait(30)
            victim.stdout.close()
        chore.refresh_from_db()
        assert chore.lease_until is not None
        assert (chore.runs, chore.tries) == (1, 1)
        assert run_due(chore.lease_until - timedelta(seconds=1)) == 0
        assert run_due(chore.lease_until) == 1
        chore.refresh_from_db()
        assert (chore.runs, chore.due_at, chore.lease_id) == (2, None, None)


VICTIM = """
import os, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["VICTIM_DATABASE"]
django.setup()
from foundation.api import run_due
run_due()
"""
GATE = threading.Event()


def pick_batch(rows: QuerySet[Chore], kind: WorkKind, now: datetime, limit: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[: kind.batch])


def wait_at_gate(chore: Chore, now: datetime) -> None:
    GATE.wait(30)


@pytest.mark.django_db
class TestWake:
    def test_an_unknown_kind_is_named(self) -> None:
        with pytest.raises(UnknownKind, match="There is no kind of work named 'dancing'"):
            wake("dancing")

    def test_a_message_is_sent_only_after_the_commit(
        self, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        sent: list[object] = []
        monkeypatch.setattr(tasks.wake_worker, "apply_async", lambda **options: sent.append(options["args"]))
        with django_capture_on_commit_callbacks(execute=True):
            wake("chores")
            assert sent == []
        assert sent == [("chores",)]

    def test_a_broker_that_is_down_costs_nobody_anything(
        self,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        tried: list[object] = []

        def refuse(**options: object) -> None:
            tried.append(options)
            raise ConnectionRefusedError("no broker")

        monkeypatch.setattr(tasks.wake_worker, "apply_async", refuse)
        monkeypatch.setattr(waking, "_quiet_until", 0.0)
        with django_capture_on_commit_callbacks(execute=True):
            wake("chores")
            wake("chores")
        assert len(tried) == 1  # after a failure nothing is sent for a while
        assert "The broker took no message (no broker)" in caplog.text

    def test_a_message_wakes_the_worker_of_its_process(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loop = Worker(kinds.KINDS)
        monkeypatch.setattr(worker, "_of_this_process", [loop])
        tasks.wake_worker("chores")
        assert loop._awake.is_set()
        loop.stop()
