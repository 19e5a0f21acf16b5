"""What the Celery worker that the supervisor starts really does: messages are hints, so it holds few and obeys none."""

from __future__ import annotations

import pytest
from celery.app import defaults
from celery.bin.base import CLIContext
from celery.bin.worker import worker as worker_command
from celery.worker import WorkController
from django.conf import settings
from kombu import Producer
from pytest_django import DjangoCaptureOnCommitCallbacks

from config.celery import app
from config.running.programs import list_programs
from foundation import waking


def supervised_worker() -> WorkController:
    """Return the worker as its own command line makes it, not started."""
    [program] = [each for each in list_programs() if each.name == "worker"]
    arguments = list(program.command[program.command.index("worker") + 1 :])
    parsed = worker_command.make_context("worker", arguments, obj=CLIContext(app, no_color=True, workdir=None))
    return WorkController(app=app, **parsed.params)


def test_no_more_than_one_message_is_held_and_nobody_commands_the_worker_from_afar() -> None:
    worker = supervised_worker()
    consumer = worker.consumer
    steps = [step.__class__.__name__ for step in consumer.blueprint.order if step.include_if(consumer)]
    assert (worker.prefetch_multiplier, consumer.initial_prefetch_count) == (1, 1)
    assert "Tasks" in steps
    assert not {"Control", "Gossip", "Mingle"} & set(steps)


def test_a_message_is_done_once_it_is_read_and_leaves_no_result() -> None:
    task = app.tasks["foundation.wake_worker"]
    assert (task.acks_late, task.reject_on_worker_lost, task.ignore_result) == (False, None, True)
    assert (app.conf.task_acks_late, app.conf.task_ignore_result, app.conf.result_backend) == (False, True, None)


def test_every_setting_is_one_that_celery_reads() -> None:
    known = dict(defaults.flatten(defaults.NAMESPACES))
    ours = [name.removeprefix("CELERY_").lower() for name in dir(settings) if name.startswith("CELERY_")]
    assert len(ours) > 5
    assert [name for name in ours if name not in known] == []


@pytest.mark.django_db
def test_a_message_that_nobody_fetched_within_a_minute_is_void(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sent: list[tuple[object, ...]] = []
    monkeypatch.setattr(Producer, "_publish", lambda self, *told: sent.append(told))
    monkeypatch.setattr(waking, "_quiet_until", 0.0)
    with django_capture_on_commit_callbacks(execute=True):
        waking.wake("chores")
    [(_, _, _, _, headers, properties, *_)] = sent
    assert isinstance(headers, dict) and isinstance(properties, dict)
    assert headers["expires"] is not None
    assert properties["expiration"] == "60000"
