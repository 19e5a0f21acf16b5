"""Judgements: appended records of what was decided about an attempt after the fact, and which of them hold now."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from scenario_engine.credits import exact

JudgementKind = Literal["level", "credit", "grade", "void", "excuse", "withdraw"]
Source = Literal["rule", "model", "coach"]


class Judgement(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One record. Records are never changed; a later one of the same kind and place replaces an earlier one.

    - `level`: `value` 0-4, or None for not applicable, on `criterion` of the visit `seq`.
    - `credit`: `value` 0..1 for the question answered at the visit `seq`.
    - `grade`: `value` 0..1 for the attempt.
    - `void`: the attempt does not exist for grading. `excuse`: the attempt, the visit `seq`, or one `criterion` of it,
      is not asked of this learner.
    - `withdraw`: undoes the records of the kind named by `value` ("grade" when None) at the same `seq` and `criterion`.

    `seq` is that of a Visit, None for the whole attempt. `at` is an ISO 8601 time and only informs.
    """

    kind: JudgementKind
    seq: int | None = None
    criterion: str | None = None
    value: float | str | None = None
    source: Source = "coach"
    at: str = ""
    by: str = ""
    reason: str = ""


class Ledger:
    """The judgements that hold now, found by kind and place."""

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        self._coach: dict[tuple[str, int | None, str | None], Judgement] = {}
        self._other: dict[tuple[str, int | None, str | None], Judgement] = {}
        for judgement in judgements:
            self._take(judgement)

    def _take(self, judgement: Judgement) -> None:
        rows = self._coach if judgement.source == "coach" else self._other
        if judgement.kind == "withdraw":
            rows.pop((str(judgement.value or "grade"), judgement.seq, judgement.criterion), None)
        else:
            rows[(judgement.kind, judgement.seq, judgement.criterion)] = judgement

    def coach_level(self, seq: int, criterion: str) -> Judgement | None:
        """Return the coach's level on a criterion, if there is one."""
        return self._coach.get(("level", seq, criterion))

    def other_level(self, seq: int, criterion: str) -> Judgement | None:
        """Return the level that a rule or model gave after play, if there is one."""
        return self._other.get(("level", seq, criterion))

    def credit(self, seq: int) -> Fraction | None:
        """Return the coach's credit for a question, if there is one."""
        found = self._coach.get(("credit", seq, None))
        return ratio_in(found)

    def grade(self) -> Fraction | None:
        """Return the coach's grade for the attempt, if there is one."""
        return ratio_in(self._coach.get(("grade", None, None)))

    def is_void(self) -> bool:
        """Return whether the attempt is void."""
        return ("void", None, None) in self._coach

    def is_excused(self, seq: int | None = None, criterion: str | None = None) -> bool:
        """Return whether the attempt, the visit, or the criterion of the visit is excused."""
        return ("excuse", seq, criterion) in self._coach


def ratio_in(judgement: Judgement | None) -> Fraction | None:
    """Return the value of a credit or grade record, cut to 0..1; None when it has none."""
    if judgement is None or judgement.value is None:
        return None
    value = judgement.value
    return min(Fraction(1), max(Fraction(0), Fraction(value) if isinstance(value, str) else exact(value)))


def level_in(judgement: Judgement) -> int | None:
    """Return the level of a record (0-4), or None for not applicable."""
    return None if judgement.value is None else min(4, max(0, int(judgement.value)))
