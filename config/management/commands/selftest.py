"""`manage.py selftest`: one learner's grade, from registration to the gradebook of the sandbox LMS."""

import json
import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

DEMO = {"BRANCHWISE_DEMO": "1", "BRANCHWISE_ALLOW_LOOPBACK": "1"}


class Command(BaseCommand):
    help = (
        "Registers the sandbox LMS, deep-links a scenario, launches a learner, plays to an ending over HTTP, and "
        "compares the grade expected, sent and found in the gradebook. Exit 0 when all are equal. Repeatable."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO and settings.ALLOW_LOOPBACK):
            # The sandbox runs on this machine: only a demo site may call it.
            command = [sys.executable, *sys.argv]
            environment = {"BRANCHWISE_WEB_PROCESSES": "1", **os.environ, **DEMO}
            os.execve(sys.executable, command, environment)  # noqa: S606 (this very command)
        from config.sandbox import SandboxFailed, connect
        from config.selftest.journey import Report, run_journey
        from config.selftest.temporary import DidNotStart, site_running

        report = Report()
        say = (lambda line: None) if options["json"] else self.stdout.write
        try:
            with site_running():
                run_journey(connect(), report, say)
        except (SandboxFailed, DidNotStart) as error:
            report.error = str(error)
        self._print(report, options["json"])
        if not report.ok:
            sys.exit(1)

    def _print(self, report: Any, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), indent=1))
            return
        for step in report.steps:
            self.stdout.write(f"  {'ok' if step['ok'] else 'FAILED':<7} {step['step']}")
        self.stdout.write(f"expected {report.expected}, sent {report.sent}, found {report.found}")
        if report.error:
            self.stdout.write(report.error)
