"""`manage.py selftest --json`, twice in a row, on a site of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.management.commands.selftest import DEMO
from tests.conftest import ROOT
from tests.journeys.site import lay_out
from tests.ports import free_port


@pytest.mark.long
def test_the_grade_expected_sent_and_found_are_equal_twice(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("BRANCHWISE_", "DJANGO_"))}
    environment |= {
        "BRANCHWISE_VAR": str(tmp_path / "var"),
        "BRANCHWISE_PORT": str(free_port()),
        "SANDBOX_PORT": str(free_port()),
        "BROKER_URL": "",
        "DATABASE_URL": "",
    }
    lay_out(tmp_path / "var")  # migrating from nothing is what `make run` does first; it is not looked at here
    reports = []
    # As a user types it, where the command makes its own process a demo; then as in a demo's own terminal.
    for terminal in ({}, {**DEMO, "BRANCHWISE_WEB_PROCESSES": "1"}):
        done = subprocess.run(
            [sys.executable, "manage.py", "selftest", "--json"],
            cwd=ROOT,
            env=environment | terminal,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        reports.append(json.loads(done.stdout[done.stdout.index("{") :]))
    for report in reports:
        assert report["ok"] is True
        assert report["expected"] == report["sent"] == report["found"]
        assert all(step["ok"] for step in report["steps"])
