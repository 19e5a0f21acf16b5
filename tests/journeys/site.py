"""The real site in processes of its own: web server on `localhost`, worker, and a sandbox LMS on 127.0.0.1.

For a browser localhost and 127.0.0.1 are two sites, so a launch is framed across sites as in life. What the tests do
"inside" (load a pack, approve a platform, read a grade) goes through tests.journeys.inside.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import urllib3

from sandbox_lms import testing
from tests import migrated
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PLAYER = ROOT / "learning/static/learning/built/player.js"
STARTS_WITHIN_S = 120


class SiteError(Exception):
    """The site refused or did not answer; the text says what it said."""


class Site:
    """A running site. `url` is its public address; `sandbox` the LMSs it talks to."""

    def __init__(
        self,
        folder: Path,
        *,
        settings: str = "config.settings",
        with_sandbox: bool = True,
        extra: dict[str, str] | None = None,
    ) -> None:
        assert PLAYER.exists(), "Build the player first: make build"
        self.folder, self.port = folder, free_port()
        self.url = f"http://localhost:{self.port}"
        self.pool = urllib3.PoolManager(timeout=60, retries=False, maxsize=8)
        self._environment = {**environment(folder, self.port, settings), **(extra or {})}
        self._processes: dict[str, subprocess.Popen[Any]] = {}
        self._asking = threading.Lock()
        self.sandbox: testing.Sandbox = None  # type: ignore[assignment]
        lay_out(folder)
        try:
            self._start(with_sandbox)
        except BaseException:
            self.stop()
            raise

    def _start(self, with_sandbox: bool) -> None:
        command = [sys.executable, "-m", "tests.journeys.inside"]
        self._processes["inside"] = self._run(command, "inside", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if with_sandbox:
            self.sandbox = testing.start(environment={"SANDBOX_KEY_POOL": "2", "SANDBOX_TOOL_URL": self.url})
        is_sqlite = "DATABASE_URL" not in self._environment
        prepared = self.inside("prepare", keep=str(_kept_database()) if is_sqlite else "")
        self.sign_ins: dict[str, str] = prepared["sign_ins"]
        self._commands: dict[str, list[str]] = prepared["commands"]
        _keep_static(self.folder)
        self.start_web()
        self.start_worker()
        self.wait(lambda: self._answers("/readyz"), "The site does not answer.")

    # -- processes -------------------------------------------------------------------------------------
    def start_web(self) -> None:
        self._processes["web"] = self._run(self._commands["web"], "web")

    def start_worker(self) -> None:
        self._processes["worker"] = self._run(self._commands["worker"], "worker")

    def start_another(self, name: str, *command: str) -> None:
        """Start one more process of the site: another worker, or `manage.py work`."""
        chosen = [sys.executable, "manage.py", *command] if command else self._commands["worker"]
        self._processes[name] = self._run(chosen, name)

    def kill_worker(self) -> None:
        self.kill("worker")

    def kill(self, name: str) -> None:
        """End a process and its children without a last word, as a power cut does."""
        process = self._processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def signal(self, name: str, number: signal.Signals) -> None:
        os.killpg(self._processes[name].pid, number)

    def pids(self, name: str) -> list[int]:
        """Return the process and everything in its group."""
        group = self._processes[name].pid
        found = subprocess.run(["pgrep", "-g", str(group)], capture_output=True, text=True, check=False).stdout
        return [int(pid) for pid in found.split()]

    def stop(self) -> None:
        """End everything that was started here."""
        if self.sandbox is not None:
            self.sandbox.stop()
        for process in reversed(self._processes.values()):
            if process.stdin is not None:
                process.stdin.close()
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._processes.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            if process.stdout is not None:
                process.stdout.close()
        self.pool.clear()

    def log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _run(self, command: list[str], name: str, **options: Any) -> subprocess.Popen[Any]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment,
                stderr=log,
                start_new_session=True,  # so that a kill reaches the children, and Ctrl-C only us
                **{"stdout": log, **options},
            )

    # -- talking to it ---------------------------------------------------------------------------------
    def inside(self, call: str, **given: Any) -> Any:
        """Have tests.journeys.inside do something in the site's own environment."""
        process = self._processes["inside"]
        assert process.stdin is not None and process.stdout is not None
        with self._asking:
            process.stdin.write(json.dumps({"call": call, "given": given}).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        if not line:
            raise SiteError(f"{call}: the process ended.\n{self.log('inside')[-3000:]}")
        answer = json.loads(line)
        if "error" in answer:
            raise SiteError(f"{call}: {answer['error']}")
        return answer["value"]

    def request(self, method: str, path: str, **options: Any) -> urllib3.BaseHTTPResponse:
        return self.pool.request(method, f"http://127.0.0.1:{self.port}{path}", redirect=False, **options)

    def wait(self, condition: Any, reason: str, within_s: float = STARTS_WITHIN_S, pause_s: float = 0.3) -> Any:
        """Return the first true answer of `condition`; fail with `reason` and the logs' ends after `within_s`."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            found = condition()
            if found:
                return found
            time.sleep(pause_s)
        said = "\n".join(f"--- {name}\n{self.log(name)[-1500:]}" for name in ("inside", "web", "worker"))
        raise SiteError(f"{reason} (waited {within_s:.0f} s)\n{said}")

    def _answers(self, path: str) -> bool:
        try:
            return self.request("GET", path).status == 200
        except urllib3.exceptions.HTTPError:
            return False


def environment(folder: Path, port: int, settings: str) -> dict[str, str]:
    """Return the environment of the site's processes: nothing of the test run's own settings."""
    ours = ("BRANCHWISE_", "DJANGO_", "SANDBOX_", "BROKER_", "DATABASE_", "PUBLIC_", "PYTEST_")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
        "DJANGO_SETTINGS_MODULE": settings,
        "BRANCHWISE_VAR": str(folder),
        "BRANCHWISE_PORT": str(port),
        "BRANCHWISE_DEMO": "1",
        "BRANCHWISE_ALLOW_LOOPBACK": "1",
        "BRANCHWISE_WEB_PROCESSES": "1",
        "BRANCHWISE_LOG_LEVEL": "WARNING",
    }


def lay_out(folder: Path) -> None:
    """Begin from the migrated database and the collected files of earlier runs, where they are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    if not migrated.place_copy(folder / "branchwise.sqlite3") and _kept_database().exists():
        shutil.copy(_kept_database(), folder / "branchwise.sqlite3")
    if (migrated.KEPT / "static").exists():
        shutil.copytree(migrated.KEPT / "static", folder / "static", dirs_exist_ok=True)


def _kept_database() -> Path:
    """Return where the site's own migrated database is kept, for machines on which no other test has run yet."""
    return migrated.KEPT / migrated.template_path().name.replace("migrated-", "site-")


def _keep_static(folder: Path) -> None:
    """Keep what was collected: doing so takes longer than starting the site does."""
    kept = migrated.KEPT / "static"
    stamp = folder / "static" / ".collected"
    if (kept / ".collected").exists() and (kept / ".collected").read_text() == stamp.read_text():
        return
    part = kept.with_name(f"static.{os.getpid()}.part")
    shutil.copytree(folder / "static", part)
    shutil.rmtree(kept, ignore_errors=True)
    part.rename(kept)
