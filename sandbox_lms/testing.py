"""A sandbox for tests: starts a server of its own in a temporary folder, and drives it by the admin API.

The only module of the sandbox that others import. It needs neither Django settings nor a browser:

    with sandbox_lms.testing.start(personality="moodle") as sandbox:
        lms = sandbox.lms("moodle")
        url = lms.invite("http://localhost:9100/lti/register/")["url"]
        …
        answer = sandbox.follow(lms.start_launch("amara", link["id"]))
"""

from __future__ import annotations

import os
import secrets
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import urllib3

from sandbox_lms.testing_browser import Arrival, Browser
from sandbox_lms.testing_lms import LmsHandle

__all__ = ["Arrival", "Browser", "LmsHandle", "Sandbox", "SandboxError", "start"]

STARTS_WITHIN_S = 60
READY = "Sandbox LMS: "


class SandboxError(Exception):
    """The admin API refused; the text is its answer."""


def start(
    port: int = 0,
    *,
    personality: str | None = None,
    faults: dict[str, Any] | None = None,
    var: Path | None = None,
    url: str | None = None,
    environment: dict[str, str] | None = None,
) -> Sandbox:
    """Start a sandbox on a free port with a folder of its own; use it as a context manager or `stop` it.

    It holds the five seeded LMSs (moodle, canvas, openedx, brightspace, sakai). `faults` is the profile of
    `personality`, or of all of them when none is named. `var` keeps the folder of the caller; without it a
    temporary one is removed at the end. `url` is the public address where it is not the address served.
    """
    folder = Path(tempfile.mkdtemp(prefix="sandbox-lms-")) if var is None else var
    token = secrets.token_urlsafe(24)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SANDBOX_", "DJANGO_"))}
    values = {**kept, "SANDBOX_VAR": str(folder), "SANDBOX_API_TOKEN": token, **(environment or {})}
    if url is not None:
        values["SANDBOX_URL"] = url
    command = [sys.executable, "-m", "sandbox_lms", "serve", "--port", str(port)]
    root = Path(__file__).resolve().parent.parent
    errors = (folder / "errors.log").open("ab")
    process = subprocess.Popen(command, cwd=root, env=values, stdout=subprocess.PIPE, stderr=errors)  # noqa: S603 -- our own module
    errors.close()
    try:
        sandbox = Sandbox(_wait_until_ready(process, folder), token, process, folder, var is None)
        for lms in [personality] if personality else [row["key"] for row in sandbox.call("GET", "lms")]:
            if faults:
                sandbox.lms(lms).set_faults(**faults)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return sandbox


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> str:
    stream = process.stdout
    if stream is None:
        raise RuntimeError("The sandbox was started without a pipe.")
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        ready, _, _ = select.select([stream], [], [], 0.5)
        line = stream.readline().decode() if ready else ""
        if line.startswith(READY):
            return line.removeprefix(READY).strip()
    said = (folder / "errors.log").read_text(errors="replace")[-2000:]
    raise RuntimeError(f"The sandbox LMS did not start within {STARTS_WITHIN_S} s.\n{said}")


class Sandbox:
    """A running sandbox. `url` is its base address, `token` that of the admin API."""

    def __init__(
        self,
        url: str,
        token: str,
        process: subprocess.Popen[bytes] | None,
        folder: Path,
        removes_folder: bool,
    ) -> None:
        self.url, self.token, self.folder = url, token, folder
        self._process, self._removes_folder = process, removes_folder
        self._pool = urllib3.PoolManager(timeout=30, retries=False, maxsize=8)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server and remove its temporary folder."""
        self._pool.clear()
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
        if self._removes_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Call the admin API at `/api/<path>`; raises SandboxError with its message."""
        answer = self._pool.request(
            method, f"{self.url}/api/{path}", json=body, headers={"Authorization": f"Bearer {self.token}"}
        )
        if answer.status != 200:
            raise SandboxError(f"{method} {path}: {answer.status} {answer.data[:500].decode(errors='replace')}")
        return answer.json()

    def lms(self, key: str) -> LmsHandle:
        """Return the LMS of this key; its calls fail when there is none."""
        return LmsHandle(self, key)

    def create_lms(self, key: str, personality: str, **values: Any) -> LmsHandle:
        """Make an LMS (name, options, faults, seeded) and return it."""
        self.call("POST", "lms", {"key": key, "personality": personality, **values})
        return self.lms(key)

    def follow(self, login: dict[str, Any], browser: Browser | None = None) -> Arrival:
        """Carry a login to the tool and back and to the tool again, as a browser without LMS cookies would."""
        return (browser or Browser()).follow_login(login)
