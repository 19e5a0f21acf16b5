"""The launch tests once more, with pylti1p3next in the place of pylti1p3: the same import name, other bones.

It is installed into a folder of its own that stands before all others in the path of a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements" / "pylti1p3next.txt"
FOLDER = ROOT / "var" / "tests" / "pylti1p3next"
SUITE = (
    "test_certification",
    "test_launch_attacks",
    "test_launch_requirements",
)


def installed() -> str:
    """Install it, once per machine; returns why it cannot be, "" when it is there."""
    if (FOLDER / "pylti1p3").exists():
        return ""
    part = FOLDER.with_name(f"{FOLDER.name}.{os.getpid()}")
    how = ["--quiet", "--require-hashes", "--no-deps", "--target", str(part), "-r", str(REQUIREMENTS)]
    uv = Path(sys.executable).with_name("uv")
    ways = [[sys.executable, "-m", "pip", "install", "--disable-pip-version-check", *how]]
    if uv.exists():
        ways.insert(0, [str(uv), "pip", "install", "--python", sys.executable, *how])
    said = ""
    for way in ways:
        done = subprocess.run(way, capture_output=True, text=True, check=False, timeout=180, cwd=ROOT)
        if done.returncode == 0:
            if not FOLDER.exists():
                part.rename(FOLDER)
            return ""
        said = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no reason given"
    return f"pylti1p3next cannot be installed ({said[:200]})"


@pytest.mark.long
def test_launches_hold_with_the_other_distribution_of_the_library():
    reason = installed()
    if reason and needs.is_ci():
        pytest.fail(f"CI=true, but {reason}.", pytrace=False)
    if reason:
        pytest.skip(reason)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment.pop("BRANCHWISE_TEST_VAR", None)
    environment.update(PYTHONPATH=str(FOLDER), BRANCHWISE_TEST_LTI_LIBRARY=str(FOLDER))
    files = [f"tests/lti/{name}.py" for name in SUITE]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
