"""The one Celery task: someone knocked, look for due rows."""

from celery import shared_task

from foundation import worker


@shared_task(name="foundation.wake_worker", ignore_result=True)  # type: ignore[untyped-decorator]
def wake_worker(kind_name: str) -> None:
    worker.wake_here()
