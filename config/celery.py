"""The Celery app: messages wake the worker, and the worker process carries the sweeper.

The sweeper starts before the broker is reached, so that work goes on without one.
"""

import os
from typing import Any

from celery import Celery, bootsteps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

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
