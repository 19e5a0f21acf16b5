"""The values that scoring returns. Fractions inside: a grade is rounded once, where it is stored (`round_ratio`)."""

from fractions import Fraction
from typing import Literal

import msgspec

from scenario_engine.worth import Vector

MomentStatus = Literal["counted", "pending", "excused", "practice", "bonus"]
Reason = Literal[
    "", "unfinished", "stopped", "not_graded", "pending", "nothing_counts", "voided", "excused", "no_maximum"
]


class TryScore(msgspec.Struct, frozen=True, kw_only=True):
    """One try at a moment: the visit it was made in, and what it would be worth alone."""

    seq: int
    scene: str
    vector: Vector
    credit: Fraction | None = None


class MomentScore(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one scored opportunity.

    `first` and `best` are what the first and the best later try were worth (`best` is `first` when no later one was
    better), `counted` is what enters the total. `offered` is the most that the first visit offered. `maximum` is the
    greatest value the moment can have, `left_out` the part of it that leaves the maximum for this learner.
    `pending` and `excused` name criteria; without any, the status is that of the moment as a whole.
    """

    id: str
    status: MomentStatus
    tries: list[TryScore] = []
    first: Vector = {}
    best: Vector = {}
    counted: Vector = {}
    offered: Vector = {}
    maximum: Fraction = Fraction(0)
    left_out: Fraction = Fraction(0)
    pending: list[str] = []
    excused: list[str] = []

    @property
    def seqs(self) -> list[int]:
        """The visits it was met in, each once."""
        return list(dict.fromkeys(each.seq for each in self.tries))

    @property
    def enters_total(self) -> bool:
        """Whether anything of it is in the total."""
        return self.status in ("counted", "bonus") or (self.status == "pending" and bool(self.counted))


class ProfileEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What was shown of what was offered of one competency: practice, never a grade.

    `moments` offered it, and in `moments_shown` of them the learner showed some.
    """

    competency: str
    uses: str = ""
    shown: Fraction = Fraction(0)
    offered: Fraction = Fraction(0)
    moments: int = 0
    moments_shown: int = 0

    @property
    def share(self) -> Fraction | None:
        """Shown over offered, cut at 1; None when fewer than three moments say too little."""
        if self.moments < ENOUGH_MOMENTS or self.offered <= 0:
            return None
        return min(Fraction(1), self.shown / self.offered)


ENOUGH_MOMENTS = 3


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What one attempt comes to.

    `grade` is 0..1, or None and `reason` says why. `held`: a coach's reading may change it and it is not sent before.
    `so_far` is the grade of what counts already, to be shown as provisional only. `total` is weighted; `maximum` is
    what the policy measures against, `measured_against` the same less what is pending or excused. `finished`: an
    ending was reached; `completed`: at an ending that completes.
    """

    grade: Fraction | None = None
    reason: Reason = ""
    held: bool = False
    finished: bool = False
    completed: bool = False
    stopped: bool = False
    voided: bool = False
    excused: bool = False
    overridden: bool = False
    ending: str = ""
    outcome: str = ""
    total: Fraction = Fraction(0)
    maximum: Fraction | None = None
    measured_against: Fraction | None = None
    so_far: Fraction | None = None
    points: Vector = {}
    moments: list[MomentScore] = []
    profile: list[ProfileEntry] = []
