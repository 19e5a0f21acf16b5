"""Starting and stopping the supervisor, and knowing whether it runs."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from config.running.programs import Program, supervisor_file

STOP_WITHIN_S = 45


class CannotStart(Exception):
    """The site cannot be started as things are; the message says what to do."""


def configuration_path() -> Path:
    return Path(settings.VAR_DIR) / "run" / "supervisord.conf"


def find_pid() -> int | None:
    """Return the process id of this site's supervisor, or None when it does not run."""
    try:
        pid = int((Path(settings.VAR_DIR) / "run" / "supervisord.pid").read_text())
    except (OSError, ValueError):
        return None
    listed = subprocess.run(  # noqa: S603 (a number of our own)
        ["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return pid if str(configuration_path()) in listed.stdout else None


@contextmanager
def starting() -> Iterator[None]:
    """Let one process at a time start the site."""
    path = Path(settings.VAR_DIR) / "run" / "starting.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart("Another command is starting the site right now.") from None
        yield


def check_ports(programs: list[Program], host: str) -> None:
    """Raise CannotStart when a port is taken, naming it and the variable that moves it."""
    for program in programs:
        if program.port and _is_busy(host, program.port):
            raise CannotStart(
                f"Port {program.port} is in use by another program, and {program.says} needs it. "
                f"End that program, or choose another port: {program.port_variable}={program.port + 11} make run"
            )


def start(programs: list[Program], *, detached: bool) -> subprocess.Popen[bytes]:
    """Write the file and start the supervisor; detached, it outlives this process and its terminal."""
    path = configuration_path()
    for folder in (path.parent, Path(settings.VAR_DIR) / "logs"):
        folder.mkdir(parents=True, exist_ok=True)
    path.write_text(supervisor_file(programs), encoding="utf-8")
    with (Path(settings.VAR_DIR) / "logs" / "start.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-W", "ignore", "-m", "supervisor.supervisord", "-n", "-c", str(path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=detached,
        )


def stop() -> bool:
    """Stop the site and wait for its end. False when it did not run."""
    pid = find_pid()
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_WITHIN_S
    while _exists(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    return True


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _is_busy(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
