"""The seams of whoever reads words, and of whoever speaks for a character: what they are given, what they answer, and
the row that waits for them. Rows are run in judgement_work.

No web worker waits on either. A site without a judge records "not assessed" with the step itself (learning.play); one
without a character never arranges a voice, and authored lines are said at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from foundation.api import wake
from learning.models import Attempt, PendingJudgement
from scenario_engine.conversation import Spoken
from scenario_engine.state import State

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


@dataclass(frozen=True)
class Turn:
    """What a character is given: the conversation so far, the learner's turn last. No name, no history.

    `families` are the cues it may report: those that the role-play knows.
    """

    organisation_id: int
    attempt: UUID
    version_id: int
    scene: str
    seq: int
    mood: str
    conversation: Sequence[Spoken]
    families: Sequence[str]


@dataclass(frozen=True)
class Line:
    """What a character says, and the cues it saw in the learner's turn. Code decides what follows from them."""

    text: str
    mood: str = ""
    cues: Sequence[str] = ()


class Character(Protocol):
    """Speaks for a cast member. `wait` is how long an attempt waits for it at most."""

    @property
    def wait(self) -> timedelta: ...

    def speak(self, turn: Turn, now: datetime) -> Line | None:
        """Return the line, or None: then the authored one is said. Raises when it may work later."""
        ...


_judge: list[Judge] = []
_character: list[Character] = []


def register_judge(judge: Judge | None) -> None:
    """Let `judge` read replies from now on; None: nobody does."""
    _judge[:] = [judge] if judge is not None else []


def has_judge() -> bool:
    return bool(_judge)


def register_character(character: Character | None) -> None:
    """Let `character` speak in role-plays from now on; None: authored lines only."""
    _character[:] = [character] if character is not None else []


def has_character() -> bool:
    return bool(_character)


def the_character() -> Character | None:
    return _character[0] if _character else None


def await_outside(attempt: Attempt, state: State, now: datetime) -> None:
    """Note, in the transaction of the step, that words wait to be read or answered. With nobody there, not at all."""
    outside = the_character() if state.awaits == "character" else the_judge()
    wait = outside.wait if outside is not None else timedelta(0)
    PendingJudgement.objects.bulk_create(
        [PendingJudgement(attempt=attempt, seq=state.seq, due_at=now, deadline_at=now + wait)],
        ignore_conflicts=True,
    )
    wake(WORK_KIND)


def the_judge() -> Judge | None:
    return _judge[0] if _judge else None
