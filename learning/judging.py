"""The judge's seam: what it is given, what it answers, and the row that waits for it. Rows are run in judgement_work.

No web worker waits on a judge. A site without one records "not assessed" with the step itself (learning.play).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from foundation.api import wake
from learning.models import Attempt, PendingJudgement

WORK_KIND = "learning.judgements"


@dataclass(frozen=True)
class Words:
    """What a judge is given: which reply of which version, and the learner's words. No name, no history."""

    organisation_id: int
    attempt: UUID
    version_id: int
    scene: str
    seq: int
    text: str


@dataclass(frozen=True)
class Reading:
    """What a judge found: levels 0-4 by criterion (None: not applicable), and the words it rests on."""

    levels: Mapping[str, int | None]
    source: str
    name: str = ""
    evidence: Mapping[str, Sequence[Any]] = field(default_factory=dict)


class Judge(Protocol):
    """Reads words. `wait` is how long an attempt waits for it at most."""

    @property
    def wait(self) -> timedelta: ...

    def read(self, words: Words, now: datetime) -> Reading | None:
        """Return the levels, or None when there will be none. Raises, or takes its time, when it may work later."""
        ...


_judge: list[Judge] = []


def register_judge(judge: Judge | None) -> None:
    """Let `judge` read replies from now on; None: nobody does."""
    _judge[:] = [judge] if judge is not None else []


def has_judge() -> bool:
    return bool(_judge)


def await_judgement(attempt: Attempt, seq: int, now: datetime) -> None:
    """Note, in the transaction of the step, that words wait to be read."""
    PendingJudgement.objects.bulk_create(
        [PendingJudgement(attempt=attempt, seq=seq, due_at=now, deadline_at=now + _judge[0].wait)],
        ignore_conflicts=True,
    )
    wake(WORK_KIND)


def the_judge() -> Judge | None:
    return _judge[0] if _judge else None
