"""docs/imports.md says what the readers do, and knows every reader and every refusal."""

import re
from pathlib import Path

from scenario_exchange.fidelity import FIDELITY
from scenario_exchange.handbook import handbook
from scenario_exchange.reading import READERS
from scenario_exchange.refusals import REFUSALS

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_current() -> None:
    assert (ROOT / "docs/imports.md").read_text(encoding="utf-8") == handbook()


def test_every_reader_is_described() -> None:
    assert set(FIDELITY) == {reader.name for reader in READERS}


def test_every_code_in_the_source_is_explained() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "scenario_exchange").rglob("*.py"))
    used = set(re.findall(r'"((?:import|package)\.[a-z0-9-]+)"', source))
    assert used == set(REFUSALS)
