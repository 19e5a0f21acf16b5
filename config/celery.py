"""The Celery app: messages wake the worker, and the worker process carries the sweeper.

The sweeper starts before the broker is reached, so that work goes on without one.
"""

import os
from typing import Any

from celery import Celery, bootsteps
from kombu.transport.filesystem import Transport as QueueFolder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# A queue folder that is lost or full is a broker that is away: the worker goes on without, and tries it again. Without
# this it would end, and the sweeper in it, which needs no broker at all.
QueueFolder.connection_errors = (*QueueFolder.connection_errors, OSError)  # type: ignore[assignment]

app = Celery("branchwise")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["foundation"])


class Sweeper(bootsteps.StartStopStep):  # type: ignore[misc]
    """Starts and stops foundation's worker loop with the Celery worker (run it with `-P threads`)."""

    requires = ("celery.worker.components:Pool",)

    def start(self, parent: Any) -> None:
        from foundation import worker  # models can only be imported once Django is set up

        worker.start_here()

    def stop(self, parent: Any) -> None:
        from foundation import worker

        worker.stop_here()


app.steps["worker"].add(Sweeper)
