"""The packs of the checkout, decoded once, for the tests of this folder."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scenario_engine.codec import decode
from scenario_engine.document import Scenario

ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted(path.parent for path in (ROOT / "course_packs").glob("*/course.yaml"))
SCENARIOS = [path.relative_to(ROOT) for pack in PACKS for path in sorted(pack.glob("scenarios/*.yaml"))]


@cache
def course(pack: Path) -> dict[str, Any]:
    """Return the course document of a pack as plain values."""
    read: dict[str, Any] = yaml.safe_load((pack / "course.yaml").read_text("utf-8"))
    return read


@cache
def scenario(path: Path) -> Scenario:
    """Return a scenario of a pack by its path from the root of the checkout."""
    decoded = decode((ROOT / path).read_bytes())
    assert decoded.scenario is not None, decoded.problems
    return decoded.scenario


def customer_care(name: str) -> Scenario:
    """Return a scenario of the customer care pack by the name of its file."""
    return scenario(Path("course_packs/customer-care/scenarios") / f"{name}.yaml")
