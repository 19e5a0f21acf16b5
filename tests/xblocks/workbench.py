"""The real xblock-sdk workbench in a process and environment of its own, with our built wheel installed in it."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "requirements" / "workbench.txt"
# How long a server may be silent before a test gives up on it.
HANG_S = 120

# Runs inside the workbench: loads the scenario files beside it and writes down what the block publishes.
WSGI = """
import json, pathlib
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
from workbench import scenarios
from workbench.runtime import WorkbenchRuntime

here = pathlib.Path(__file__).parent
scenarios.init_scenarios()

def publish(self, block, event_type, event_data):
    row = {"event": event_type, "data": event_data, "student": block.scope_ids.user_id}
    with open(here / "published.jsonl", "a") as file:
        file.write(json.dumps(row) + "\\n")

WorkbenchRuntime.publish = publish

# A transcript names the seed of its attempt; the block makes its own.
from scenario_xblock import playing

begin = playing.start

def start(story, seed, number):
    told = here / "seed"
    return begin(story, told.read_text() if told.exists() else seed, number)

playing.start = start

# A test that lets time pass says by how much.
seconds_now = playing.seconds_now

def later():
    told = here / "later"
    return seconds_now() + (float(told.read_text()) if told.exists() else 0)

playing.seconds_now = later
for file in sorted((here / "scenarios").glob("*.xml")):
    scenarios.add_xml_scenario(file.stem, file.stem, file.read_text())
"""


def build_wheel(folder: Path) -> Path:
    """Build the wheel from the checkout into `folder` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return next(folder.glob("branchwise-*.whl"))


def environment(python: str, wheel: Path, cache: Path) -> Path:
    """Return the Python of an environment with the hashed workbench requirements and the wheel."""
    mark = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    version = subprocess.run(
        [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], check=True, capture_output=True, text=True
    ).stdout.strip()
    home = cache / f"workbench-{version}-{mark}"
    inside = home / "bin" / "python"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / f"{home.name}.lock").open("w") as lock:  # tests run in several processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / ".ready").exists():
            shutil.rmtree(home, ignore_errors=True)
            _run(python, "-m", "venv", str(home))
            _run(str(inside), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(REQUIREMENTS))
            (home / ".ready").touch()
        installed = home / ".wheel"
        identity = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if not installed.exists() or installed.read_text() != identity:
            _run(str(inside), "-m", "pip", "install", "-q", "--no-deps", "--force-reinstall", str(wheel))
            installed.write_text(identity)
    return inside


def _run(*command: str, **options: Any) -> None:
    """Run a command to its end; what it printed is only of interest when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"


class Workbench:
    """A running workbench. `scenarios` maps names to the XML of their root block."""

    def __init__(self, python: Path, folder: Path, scenarios: dict[str, str]) -> None:
        self.folder = folder
        (folder / "var").mkdir(parents=True)
        (folder / "scenarios").mkdir()
        for name, xml in scenarios.items():
            (folder / "scenarios" / f"{name}.xml").write_text(xml, encoding="utf-8")
        (folder / "bench_wsgi.py").write_text(WSGI, encoding="utf-8")
        self.port = free_port()
        self._environment = {
            "PATH": f"{python.parent}:{os.environ['PATH']}",
            "DJANGO_SETTINGS_MODULE": "workbench.settings",
            "EXCLUDE_SAMPLE_XBLOCKS": "yes",
            "PYTHONPATH": str(folder),
            "HOME": str(folder),
        }
        migrate = [str(python), "-m", "django", "migrate", "--run-syncdb", "-v", "0"]
        _run(*migrate, cwd=folder, env=self._environment)
        server = [str(python), "-m", "gunicorn", "-w", "1", "-b", f"127.0.0.1:{self.port}", "bench_wsgi:application"]
        self.log = (folder / "server.log").open("wb")
        self.process = subprocess.Popen(server, cwd=folder, env=self._environment, stdout=self.log, stderr=self.log)
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, scenario: str, student: str = "s1", view: str = "") -> str:
        """Return the HTML of a scenario's view."""
        path = f"/scenario/{scenario}/{view + '/' if view else ''}?student={student}"
        with self.opener.open(self.url(path), timeout=HANG_S) as answer:
            return str(answer.read().decode())

    def usage(self, scenario: str) -> str:
        """Return the usage id of the scenario's root block."""
        found = re.search(r"""data-usage=["\']([^"\']+)""", self.page(scenario))
        assert found, "the page shows no block"
        return found[1]

    def post(self, usage: str, handler: str, body: Any, student: str = "s1") -> tuple[int, Any]:
        """Call a JSON handler and return (status, answer)."""
        request = urllib.request.Request(
            self.url(f"/handler/{usage}/{handler}/?student={student}"),
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "X-CSRFToken": self._csrf(), "Referer": self.url("/")},
        )
        try:
            with self.opener.open(request, timeout=HANG_S) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            text = error.read().decode()
            return error.code, json.loads(text) if text.startswith("{") else text

    def use_seed(self, seed: str) -> None:
        """Have the next attempts begin with this seed."""
        (self.folder / "seed").write_text(seed, encoding="utf-8")

    def let_pass(self, seconds: float) -> None:
        """Let that much time pass for the block; 0: back to now."""
        (self.folder / "later").write_text(str(seconds), encoding="utf-8")

    def published(self, event: str, student: str = "s1") -> list[Any]:
        """Return what the block has published for a student, oldest first."""
        file = self.folder / "published.jsonl"
        rows = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        return [row["data"] for row in rows if row["event"] == event and row["student"] == student]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()

    def _csrf(self) -> str:
        return next((cookie.value or "" for cookie in self.jar if cookie.name == "csrftoken"), "")

    def _wait(self) -> None:
        # The first answer imports the whole workbench, which takes its time on a busy machine.
        deadline = time.monotonic() + HANG_S
        while time.monotonic() < deadline:
            try:
                self.opener.open(self.url("/"), timeout=HANG_S).read()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.2)
        raise AssertionError((self.folder / "server.log").read_text()[-4000:])
