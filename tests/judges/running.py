"""The judges' environment, made once per machine, and a judge in a process of its own."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests import needs
from tests.ports import free_port

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REQUIREMENTS = ROOT / "requirements" / "judges.txt"


def environment() -> Path:
    """Return the Python of the judges; skips where their packages cannot be had, and fails when CI=true."""
    mark = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    home = ROOT / "var" / "tests" / f"judges-{sys.version_info[0]}.{sys.version_info[1]}-{mark}"
    python = home / "bin" / "python"
    home.parent.mkdir(parents=True, exist_ok=True)
    with (home.parent / f"{home.name}.lock").open("w") as lock:  # tests run in several processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / ".ready").exists():
            _install(home, python)
    return python


def _install(home: Path, python: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    uv = Path(sys.executable).with_name("uv")
    install = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    if uv.exists():
        install = [str(uv), "pip", "install", "--python", str(python)]
    commands = [
        [sys.executable, "-m", "venv", str(home)],
        [*install, "-q", "--require-hashes", "-r", str(REQUIREMENTS)],
    ]
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, cwd=ROOT)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["no reason given"]
            reason = f"the judges (lti-consumer-xblock, lti1p3platform) cannot be installed ({lines[-1][:200]})"
            if needs.is_ci():
                pytest.fail(f"CI=true, but {reason}.", pytrace=False)
            pytest.skip(reason)
    (home / ".ready").touch()


class Judge:
    """A running platform. `control` asks it what only somebody inside would know."""

    def __init__(self, program: str, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._pool = urllib3.PoolManager(timeout=60, retries=False)
        self._log = (folder / "judge.log").open("wb")
        self._folder = folder
        self._process = subprocess.Popen(
            [str(environment()), str(HERE / program), str(self.port), str(folder)],
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONWARNINGS": "ignore"},
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline() != b"ready\n":
            self.stop()
            raise AssertionError(self.log())

    def control(self, name: str, body: dict[str, Any] | None = None, **query: str) -> Any:
        method = "POST" if body is not None else "GET"
        fields = {"json": body} if body is not None else {"fields": query}
        answer = self._pool.request(method, f"{self.url}/control/{name}", **fields)
        assert answer.status == 200, f"{answer.status} {answer.data[:2000]!r}\n{self.log()}"
        return answer.json()

    def log(self) -> str:
        return (self._folder / "judge.log").read_text(errors="replace")[-3000:]

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._log.close()
        self._pool.clear()
