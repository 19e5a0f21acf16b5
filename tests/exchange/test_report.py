"""The report of an import or export: each fact once, and nothing uncounted."""

import pytest

from scenario_exchange import imported
from scenario_exchange.imported import Report


def test_what_is_beyond_the_bound_is_counted_in_the_last_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imported, "MAX_ENTRIES", 2)
    report = Report()
    report.kept("one", "All of it.")
    report.kept("one", "All of it.")
    report.dropped("two", "A picture.", "Add it.")
    report.dropped("three", "A film.")
    report.dropped("four", "A film.")

    assert report.lines() == [
        {"kind": "kept", "place": "one", "what": "All of it.", "hint": ""},
        {"kind": "dropped", "place": "two", "what": "A picture.", "hint": "Add it."},
        {"kind": "dropped", "place": "", "what": "And 2 more of this kind that are not listed."},
    ]
