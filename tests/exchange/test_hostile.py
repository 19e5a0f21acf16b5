"""The hostile corpus: every file is refused with a known code or imported whole, within bounds of memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scenario_exchange.refusals import REFUSALS
from tests.exchange.corpus import all_files

ROOT = Path(__file__).resolve().parents[2]
MEGABYTES = 64
# The aim is two seconds; a busy machine gets ten times as long before a file counts as one that hangs.
SECONDS = 20


@cache
def measured() -> dict[str, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.exchange.measure"], cwd=ROOT, capture_output=True, text=True, timeout=900
    )
    assert done.returncode == 0, done.stderr[-2000:]
    result: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return result


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="needs /proc to measure memory")
@pytest.mark.parametrize("name", all_files())
def test_a_hostile_file_is_answered_within_bounds(name: str) -> None:
    found = measured()[name]
    assert found["outcome"] in {"imported", *REFUSALS}
    assert found["megabytes"] <= MEGABYTES
    assert found["seconds"] <= SECONDS


def test_the_corpus_is_as_large_as_the_bad_input_table_asks() -> None:
    assert len(all_files()) >= 150
