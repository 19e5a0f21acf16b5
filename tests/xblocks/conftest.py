"""The workbench with our wheel, once per Python and session."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import needs
from tests.engine.stories import CAFE, scenario
from tests.xblocks.workbench import ROOT, Workbench, build_wheel, environment

from scenario_engine.codec import encode_json  # isort: skip


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = ROOT / "xblocks/scenario_xblock/public/built/player.js"
    assert built.exists(), "Build the player first: make build"
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def start_workbench(
    wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, dict[str, str]], Workbench]]:
    """Start a workbench on a Python ("ours" or "3.12") with scenarios by name."""
    running: list[Workbench] = []

    def start(python: str, scenarios: dict[str, str]) -> Workbench:
        executable = sys.executable if python == "ours" else needs.find_python312()
        inside = environment(executable, wheel, ROOT / "var" / "tests")
        bench = Workbench(inside, tmp_path_factory.mktemp("bench") / "run", scenarios)
        running.append(bench)
        return bench

    yield start
    for bench in running:
        bench.stop()


def block_xml(document: bytes, **attributes: str) -> str:
    """Return OLX of a block that holds `document`."""
    from xml.sax.saxutils import escape, quoteattr

    given = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<branchwise_scenario{given}><document>{escape(document.decode())}</document></branchwise_scenario>"


def cafe() -> bytes:
    return encode_json(scenario(CAFE))
