"""What the Celery worker that the supervisor starts really does: messages are hints, so it holds few and obeys none."""

from __future__ import annotations

from celery.bin.base import CLIContext
from celery.bin.worker import worker as worker_command
from celery.worker import WorkController

from config.celery import app
from config.running.programs import list_programs


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
