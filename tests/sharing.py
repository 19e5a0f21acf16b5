"""How a run in several processes shares the tests out: each as a process is free, but those of a costly set-up together.

pytest-xdist's own `loadgroup` marks tests by a suffix of their ids, which pytest 9 no longer shows.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# Test files of which each set-up (a workbench, a judge, the measuring of all hostile files) should happen once.
TOGETHER = (
    "tests/exchange/test_hostile.py",
    "tests/judges/test_judges.py",
    "tests/xblocks/test_transcripts.py",
    "tests/xblocks/test_workbench.py",
)


def unit_of(nodeid: str) -> str:
    """Return what a test is handed out with: itself alone, or all of its file that use the same Python."""
    path = nodeid.split("::")[0]
    if path not in TOGETHER:
        return nodeid
    return f"{path} on 3.12" if "[3.12" in nodeid else path


class Sharing(LoadScopeScheduling):
    """Hands out single tests in their order, and files of TOGETHER whole."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
