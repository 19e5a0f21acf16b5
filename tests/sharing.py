"""How a run in several processes shares the tests out: each as a process is free, but those of a costly set-up together.

pytest-xdist's own `loadgroup` marks tests by a suffix of their ids, which pytest 9 no longer shows.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# Test files of which each set-up (a workbench, a judge, the measuring of all hostile files, a whole site) should happen
# once; those of one unit use the same.
TOGETHER = {
    "tests/exchange/test_hostile.py": "hostile files",
    "tests/journeys/test_grade_travels.py": "a site",
    "tests/journeys/test_in_the_browser.py": "a site",
    "tests/journeys/test_nothing_leaks.py": "a site",
    "tests/judges/test_judges.py": "judges",
    "tests/xblocks/test_transcripts.py": "transcripts in the block",
    "tests/xblocks/test_workbench.py": "workbench",
}


def unit_of(nodeid: str) -> str:
    """Return what a test is handed out with: itself alone, or all of its unit that use the same Python."""
    unit = TOGETHER.get(nodeid.split("::")[0])
    if unit is None:
        return nodeid
    return f"{unit} on 3.12" if "[3.12" in nodeid else unit


class Sharing(LoadScopeScheduling):
    """Hands out single tests in their order, and files of TOGETHER whole."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
