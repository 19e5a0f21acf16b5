"""Every row of the table."""

from benchmarks import arrivals, delivery, launches, reachability, simulated_plays, story_step
from benchmarks.row import Row

ROWS: tuple[Row, ...] = (
    story_step.ROW,
    reachability.ROW,
    simulated_plays.ROW,
    delivery.ROW,
    launches.ROW,
    arrivals.ROW,
)
