"""The page after an ending."""

from typing import Literal

import msgspec

from scenario_engine.views.now import EndingView
from scenario_engine.views.shapes import BeatView, Rich, Shape


class DebriefEntry(Shape):
    """One visit replayed: what was said to and by the learner, and what it did. `mark` goes in the margin.

    A role-play's conversation is in `beats`. `confidence` is what the learner said of an answer (0-4).
    """

    scene: str
    heading: str = ""
    beats: list[BeatView] = []
    prompt: Rich = []
    said: list[Rich] = []
    reaction: list[BeatView] = []
    feedback: list[Rich] = []
    better: Rich = []
    mark: Literal["", "strong", "mixed", "missed"] = ""
    points: dict[str, float] = {}
    credit: float | None = None
    confidence: int | None = None
    note: Literal["", "repeat", "practice", "pending", "excused", "bonus"] = ""


ProfileWord = Literal["not_enough", "emerging", "growing", "steady", "strong"]


class ProfileBar(Shape):
    """One competency of the practice profile: never a grade. `share` is 0..1, or absent under three moments."""

    competency: str
    title: str
    uses: str = ""
    share: float | None = None
    word: ProfileWord = "not_enough"
    moments_shown: int = 0
    moments: int = 0


class GradeView(Shape):
    """The grade of an attempt: `ratio` 0..1 rounded to 4 places, or none and why."""

    ratio: float | None = None
    reason: Literal[
        "", "unfinished", "stopped", "not_graded", "pending", "nothing_counts", "voided", "excused", "no_maximum"
    ] = ""
    provisional: float | None = None


class CorrectionView(Shape):
    """What a coach changed, and why: old and new in the terms of `kind` (a level 0-4, or a share 0..1)."""

    kind: Literal["level", "credit", "grade", "void", "excuse"]
    about: str = ""
    old: float | None = None
    new: float | None = None
    reason: str = ""
    at: str = ""


class CalibrationView(Shape):
    """How sure the learner was and how right, over the answers that asked for it; sure means 3 or 4 of 4."""

    answers: int
    sure_and_right: int = 0
    sure_and_wrong: int = 0
    unsure_and_right: int = 0
    unsure_and_wrong: int = 0


class Debrief(Shape):
    """The page after an ending."""

    ending: EndingView
    led_here: list[Rich] = []
    script: list[DebriefEntry] = []
    profile: list[ProfileBar] = []
    grade: GradeView = msgspec.field(default_factory=GradeView)
    corrections: list[CorrectionView] = []
    try_next: Rich = []
    path: list[str] = []
    calibration: CalibrationView | None = None
