"""docs/imports.md says what the readers do, and knows every reader and every refusal."""

import re
from pathlib import Path

from scenario_exchange.export_refusals import EXPORT_REFUSALS
from scenario_exchange.exports_handbook import exports_handbook
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


def test_the_page_of_exports_is_current_and_explains_every_code() -> None:
    assert (ROOT / "docs/exports.md").read_text(encoding="utf-8") == exports_handbook()
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "scenario_exchange" / "writers").rglob("*.py")
    )
    assert set(re.findall(r'"(export\.[a-z0-9-]+)"', sources)) == set(EXPORT_REFUSALS)
