"""`manage.py work`: the worker loop without Celery."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from foundation import worker


class Command(BaseCommand):
    help = "Runs due work (grades, judgements, imports …) until stopped, or once with --once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            count = worker.run_due()
            self.stdout.write(f"{count} {'row' if count == 1 else 'rows'} run.")
            return
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        worker.start_here()
        self.stdout.write("Working; stop with Ctrl-C.")
        stopped.wait()
        worker.stop_here()
