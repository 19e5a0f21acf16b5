"""What a row of the table is. Each row has a module of its own; `rows.ROWS` lists them."""

from collections.abc import Callable
from typing import NamedTuple

# Seconds of process time that one round took; what is set up before is not counted.
Round = Callable[[], float]


class Skipped(Exception):
    """A peer is missing on this machine; the message says which, in one line."""


class Row(NamedTuple):
    """One comparison: `ours` may take at most `goal` times as long as `peer`. `note` says what else was measured."""

    name: str
    ours: Round
    peer: Round
    goal: float
    note: Callable[[], str] = lambda: ""
