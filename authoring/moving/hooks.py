"""What authoring asks about attempts in progress without knowing who keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from scenario_engine.story import Story


@dataclass(frozen=True)
class Batch:
    """What was found among some attempts: `able` can go on with the new version (or just did), `stuck` says why not.

    `cursor` is where the next batch begins. `plans` is the keeper's own, for `apply`; `moved` names who was moved.
    """

    able: int
    stuck: Mapping[str, int]
    cursor: str
    is_last: bool
    plans: Sequence[Any] = field(default_factory=tuple)
    moved: Sequence[str] = field(default_factory=tuple)


class InPlay(Protocol):
    """Whoever keeps attempts. Previews are never counted."""

    def count(self, version_ids: Sequence[int]) -> Mapping[int, int]:
        """Return how many attempts are in progress on each version."""

    def look(self, old: int, new: Story, cursor: str, limit: int) -> Batch:
        """Return who of the next `limit` attempts at version `old` could go on with `new`. Changes nothing."""

    def apply(self, looked: Batch, old: int, new: int, now: datetime) -> Batch:
        """Move those of a batch that can go on with version `new`. Called inside a transaction.

        Path and score stay as they are. Who took a step since the look is left, and counted as such.
        """


_in_play: list[InPlay] = []


def register_in_play(keeper: InPlay) -> None:
    """Let the app that keeps attempts answer. The last one registered does."""
    _in_play[:] = [keeper]


def keeper() -> InPlay | None:
    """Return who answers, or None on a site without learners."""
    return _in_play[0] if _in_play else None


def count_in_play(version_ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many attempts are in progress on each of these versions; versions without any may be left out."""
    asked = keeper()
    return asked.count(version_ids) if asked is not None and version_ids else {}
