"""The site's programs for the length of a self-test, where they are not running already."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings

from config.running.prepare import prepare
from config.running.programs import Program, list_programs
from config.running.readiness import is_running, wait_for_the_others, wait_until_ready


class DidNotStart(Exception):
    """The programs did not come up."""


@contextmanager
def site_running() -> Iterator[bool]:
    """Give a running site: the one that answers already, or one of our own that ends with the block.

    Yields whether it was started here.
    """
    if is_running():
        yield False
        return
    prepare(lambda line: None)
    programs = list_programs()
    with ExitStack() as stack:
        processes = [stack.enter_context(_started(program)) for program in programs]

        def all_alive() -> bool:
            return all(process.poll() is None for process in processes)

        if not wait_until_ready(all_alive) or wait_for_the_others(programs, all_alive):
            raise DidNotStart("The site did not come up; see var/logs/selftest-*.log.")
        yield True
        for process in processes:
            process.terminate()  # all at once: each takes its time to end


@contextmanager
def _started(program: Program) -> Iterator[subprocess.Popen[bytes]]:
    log = settings.VAR_DIR / "logs" / f"selftest-{program.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603 (programs of our own)
            program.command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **program.environment},
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
