"""`manage.py deliver_grades`: the grade outbox alone, without the other work."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from foundation.api import run_due
from lti.models import GradeState, GradeTarget
from lti.work import GRADES

PAUSE_S = 1.0


class Command(BaseCommand):
    help = "Delivers grades that are due, until stopped, or once with --once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="deliver what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        while True:
            count = run_due(kinds=[GRADES])
            if once:
                waiting = GradeTarget.objects.filter(state=GradeState.PENDING).count()
                self.stdout.write(f"{count} tried, {waiting} on their way.")
                return
            time.sleep(PAUSE_S)
