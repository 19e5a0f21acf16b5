"""`manage.py serve`: prepares the site and runs all of it, in front or detached."""

from __future__ import annotations

import logging
import signal
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import demo
from config.running import supervisor
from config.running.prepare import prepare
from config.running.programs import Program, list_programs
from config.running.readiness import wait_for_the_others, wait_until_ready


class Command(BaseCommand):
    help = "Runs web server and worker (and, in the demo, the sandbox LMS) under one supervisor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--detach", action="store_true", help="return once the site answers")
        parser.add_argument("--no-worker", action="store_true", help="only the web server: workers run elsewhere")

    def handle(self, *args: Any, detach: bool, no_worker: bool, **options: Any) -> None:
        programs = list_programs(with_worker=not no_worker)
        pid = supervisor.find_pid()
        if pid is not None:
            self.stdout.write(f"Branchwise is running already (process {pid}); `make stop` ends it.")
            self._say_where(programs, [])
            return
        try:
            with supervisor.starting():
                process, lines = self._start(programs, detach)
        except supervisor.CannotStart as error:
            raise CommandError(str(error)) from error
        self._say_where(programs, lines)
        if detach:
            self.stdout.write("Running in the background; `make stop` ends it.")
        else:
            self._stay_in_front(process)

    def _start(self, programs: list[Program], detach: bool) -> tuple[subprocess.Popen[bytes], list[str]]:
        supervisor.check_ports(programs, settings.BIND)
        prepare(self._say)
        self._say("Starting …")
        process = supervisor.start(programs, detached=detach)
        # What Wagtail notes about each draft that the demo loads is for a log, not for a terminal.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        # The programs take seconds to come up; the demo's content is loaded in that time.
        lines = demo.load(demo.WHILE_STARTING) if settings.DEMO else []

        def is_alive() -> bool:
            return process.poll() is None

        state = wait_until_ready(is_alive)
        if not state:
            process.terminate()
            raise CommandError(f"The site did not come up. Its last words:\n{_last_words()}")
        if state == "degraded":
            self.stderr.write("The worker has not shown itself yet; see var/logs/worker.log.")
        if silent := wait_for_the_others(programs, is_alive):
            self.stderr.write(f"{', '.join(silent)}: no answer yet; see var/logs/.")
        if settings.DEMO:
            lines += demo.load(demo.ONCE_READY)
        return process, lines

    def _say_where(self, programs: list[Program], lines: list[str]) -> None:
        self.stdout.write("")
        for program in programs:
            where = program.url or "(in the background)"
            self.stdout.write(f"  {program.name:<8} {where:<28} {program.says}")
        self.stdout.write(f"  {'admin':<8} {settings.PUBLIC_URL}/admin/")
        for line in lines:
            self.stdout.write(f"  {line}")
        if settings.DEMO and demo.sign_ins():
            self.stdout.write("\n  Sign-ins (generated, kept in var/secrets/demo.json):")
            for name, password in demo.sign_ins().items():
                self.stdout.write(f"    {name:<10} {password}")
        self.stdout.write("")

    def _stay_in_front(self, process: subprocess.Popen[bytes]) -> None:
        self.stdout.write("Logs are in var/logs/. Ctrl-C ends everything.")
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal tells the supervisor too
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        process.wait()
        self.stdout.write("Stopped.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _last_words(lines: int = 25) -> str:
    """The end of the logs that may tell why."""
    said = []
    for name in ("start", "supervisord", "web"):
        path = Path(settings.VAR_DIR) / "logs" / f"{name}.log"
        if path.exists():
            said += [f"--- {name}", *path.read_text(errors="replace").splitlines()[-lines:]]
    return "\n".join(said)
