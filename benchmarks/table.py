"""Measuring rows in interleaved rounds, and printing the table."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from benchmarks.row import Row, Skipped

ROUNDS = 7
# A shared machine is never quite still; a goal missed by more than this is missed.
TOLERANCE = 1.15


class Result(NamedTuple):
    """Medians in seconds; None where the row was skipped."""

    row: Row
    ours: float | None
    peer: float | None
    skipped: str = ""

    @property
    def ratio(self) -> float | None:
        """Our time as a multiple of the peer's."""
        return self.ours / self.peer if self.ours is not None and self.peer else None

    @property
    def is_missed(self) -> bool:
        """Whether the goal is missed by more than the tolerance."""
        return self.ratio is not None and self.ratio > self.row.goal * TOLERANCE


def measure(row: Row) -> Result:
    """Run a row: one round each to warm up, then interleaved rounds, so that a noisy minute hits both alike."""
    try:
        row.ours(), row.peer()
        rounds = [(row.ours(), row.peer()) for _ in range(ROUNDS)]
    except Skipped as reason:
        return Result(row, None, None, str(reason))
    return Result(row, median(ours for ours, _ in rounds), median(peer for _, peer in rounds))


def print_table(results: Sequence[Result]) -> None:
    """Print one line per row, and what else was measured below."""
    width = max((len(result.row.name) for result in results), default=10)
    print(f"{'':{width}}  {'ours':>10}  {'peer':>10}  {'ratio':>7}  {'goal':>6}")
    for result in results:
        if result.ratio is None:
            print(f"{result.row.name:{width}}  skipped: {result.skipped}")
            continue
        verdict = "MISSED" if result.is_missed else "ok"
        ours, peer = _shown(result.ours), _shown(result.peer)
        print(f"{result.row.name:{width}}  {ours}  {peer}  {result.ratio:6.2f}x  {result.row.goal:5.2f}x  {verdict}")
        note = result.row.note()
        if note:
            print(f"{'':{width}}  {note}")


def _shown(seconds: float | None) -> str:
    return f"{(seconds or 0) * 1000:8.1f}ms"
