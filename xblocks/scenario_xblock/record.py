"""A learner's record as one JSON field: the attempt in play, and what the finished ones came to."""

from fractions import Fraction
from typing import Any

import msgspec

from scenario_engine.scoring import AttemptPolicy, Score, combine_attempts, round_ratio
from scenario_engine.state import State

# Every save rewrites the whole field, so a conversation must not grow without bound.
MAX_BYTES = 400_000


class Finished(msgspec.Struct, omit_defaults=True):
    """What a finished attempt came to: `grade` is an exact fraction ("13/16") or None."""

    number: int
    digest: str
    ending: str
    grade: str | None = None
    held: bool = False
    completed: bool = False

    def take(self, result: Score) -> None:
        """Keep the grade of a score."""
        self.grade = None if result.grade is None else str(result.grade)
        self.held = result.held


class Record(msgspec.Struct, omit_defaults=True):
    """Everything kept for one learner but their private words. `override` is a grade 0..1 set by the course team.

    `moved_at` is when the last step was taken, in seconds since 1970: a timed decision runs from there.
    """

    number: int = 0
    digest: str = ""
    state: State | None = None
    finished: list[Finished] = []
    override: float | None = None
    moved_at: float = 0

    def grade(self, policy: AttemptPolicy) -> Fraction | None:
        """Return the grade of all finished attempts under the policy best, last, first or mean; an override wins."""
        if self.override is not None:
            return Fraction(str(self.override))
        scores = [
            Score(grade=Fraction(each.grade) if each.grade is not None else None, held=each.held)
            for each in self.finished
        ]
        return combine_attempts(policy, scores).grade

    def ratio(self, policy: AttemptPolicy) -> float | None:
        """Return the grade as it is stored: rounded half up to 4 places."""
        grade = self.grade(policy)
        return None if grade is None else float(round_ratio(grade))


def read_record(raw: Any) -> Record:
    """Return the record in a field's value; a value of no known shape starts afresh rather than break the page."""
    try:
        return msgspec.convert(raw or {}, Record)
    except msgspec.ValidationError:
        return Record()


def write_record(record: Record) -> dict[str, Any]:
    """Return the plain value to store. Raises ValueError when it would be larger than a field should be."""
    if len(msgspec.json.encode(record)) > MAX_BYTES:
        raise ValueError("This attempt has become too long to be saved. Start again.")
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return plain
