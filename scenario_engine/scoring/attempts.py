"""Several attempts at one module become one grade (docs/scoring.md, rule 10)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from scenario_engine.credits import exact
from scenario_engine.scoring.results import Score

AttemptPolicy = Literal["best", "last", "first", "mean"]
_PLACES = Decimal("0.0001")


class Combined(msgspec.Struct, frozen=True, kw_only=True):
    """The grade of a module. `index` is the attempt it comes from (None: several, or none).

    `held`: an attempt that decides the grade waits for a coach; nothing is sent before.
    """

    grade: Fraction | None = None
    index: int | None = None
    held: bool = False


def round_ratio(ratio: Fraction) -> Decimal:
    """Return `ratio` with 4 decimals, half up: the one rounding, where a grade is stored."""
    ten_thousandths = Fraction(ratio) * 10_000
    return Decimal((ten_thousandths + Fraction(1, 2)).__floor__()).scaleb(-4).quantize(_PLACES, ROUND_HALF_UP)


def combine_attempts(policy: AttemptPolicy, scores: Sequence[Score]) -> Combined:
    """Return the grade of the attempts in `scores`, oldest first.

    Only attempts that came to a grade take part, or wait for one: not the unfinished, stopped, void or excused. The
    host leaves out previews and what-ifs. `first`, `last` and `mean` wait for a pending attempt that they depend on;
    `best` never does, because what is pending can only raise it.
    """
    counting = [(i, score) for i, score in enumerate(scores) if score.grade is not None or score.held]
    if not counting:
        return Combined()
    if policy == "first":
        return _single(*counting[0])
    if policy == "last":
        return _single(*counting[-1])
    graded = [(i, score.grade) for i, score in counting if score.grade is not None]
    waiting = len(graded) < len(counting)
    if policy == "mean":
        if waiting:
            return Combined(held=True)
        return Combined(grade=sum((grade for _, grade in graded), Fraction(0)) / len(graded))
    if not graded:
        return Combined(held=True)
    index, grade = max(graded, key=lambda pair: (pair[1], -pair[0]))
    return Combined(grade=grade, index=index)


def _single(index: int, score: Score) -> Combined:
    return Combined(index=index, held=True) if score.grade is None else Combined(grade=score.grade, index=index)


def passes(grade: Fraction | None, needed: float | None) -> bool:
    """Return whether a module's grade passes its gate. The stored (rounded) grade is compared: what people see."""
    if needed is None:
        return True
    return grade is not None and Fraction(round_ratio(grade)) >= exact(needed)
