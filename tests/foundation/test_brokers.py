"""A Celery worker process with each broker: a message wakes it, and without a broker the rows are run all the same."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from foundation import tasks
from tests.foundation.chores.models import Chore

WORKER = r"""
import os, sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
from config.celery import app
app.loader.import_default_modules()
app.conf.worker_redirect_stdouts = False
from foundation import worker
worker.IDLE_PAUSE_S = float(os.environ["WORKER_PAUSE_S"])
swept = worker.Worker._sweep_once
def sweep_and_tell(self):
    count = swept(self)
    sys.stdout.write("swept\n")
    sys.stdout.flush()
    return count
worker.Worker._sweep_once = sweep_and_tell
app.worker_main(["worker", "-P", "threads", "-c", "1", "-l", "WARNING", "--without-gossip", "--without-mingle"])
"""
PATIENCE_S = 60.0


@contextmanager
def celery_worker(broker: str, pause_s: float) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env={
            **os.environ,
            "BRANCHWISE_TEST_BROKER": broker,
            "DJANGO_SETTINGS_MODULE": "config.settings_test",
            "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
            "WORKER_PAUSE_S": str(pause_s),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        bufsize=1,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(30)
        assert process.stdout is not None
        process.stdout.close()


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    """Read the worker's lines until `word` comes."""
    assert process.stdout is not None
    said = []
    patience = threading.Timer(PATIENCE_S, process.kill)
    patience.start()
    try:
        for line in process.stdout:
            said.append(line.strip())
            if line.strip() == word:
                return
    finally:
        patience.cancel()
    raise AssertionError(f"The worker never said {word!r}, but:\n" + "\n".join(said))


def send_message(broker: str) -> None:
    """Send the wake-up as the web process does, over a broker of the test's choice."""
    options = {**tasks.wake_worker.app.conf.broker_transport_options} if broker.startswith("filesystem") else {}
    with Celery("sender", broker=broker) as sender:
        sender.conf.broker_transport_options = options
        sender.send_task("foundation.wake_worker", args=("chores",), ignore_result=True, retry=False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "variable",
    [
        "",
        pytest.param("BRANCHWISE_TEST_REDIS", marks=pytest.mark.redis),
        pytest.param("BRANCHWISE_TEST_RABBITMQ", marks=pytest.mark.rabbitmq),
    ],
    ids=["filesystem", "redis", "rabbitmq"],
)
def test_a_message_wakes_a_worker_that_sleeps(variable: str) -> None:
    broker = os.environ[variable] if variable else ""
    with celery_worker(broker, pause_s=3600) as process:
        wait_for(process, "swept")  # it has looked once and sleeps for an hour now
        Chore.objects.create(name="speaks", due_at=timezone.now())
        send_message(broker or "filesystem://")
        wait_for(process, "ran")


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_the_rows_are_run_all_the_same() -> None:
    with celery_worker("redis://127.0.0.1:1/0", pause_s=0.1) as process:
        Chore.objects.create(name="speaks", due_at=timezone.now())
        wait_for(process, "ran")
