"""docs/checks.md is what the rules say."""

from pathlib import Path

from scenario_engine.checks.handbook import handbook


def test_the_page_of_checks_is_not_stale():
    page = Path(__file__).parents[3] / "docs" / "checks.md"

    assert page.read_text(encoding="utf-8") == handbook(), (
        "Run python -m scenario_engine.checks.handbook docs/checks.md"
    )
