"""Where an attempt is, as plain data. Replaying the recorded actions gives the same state, byte for byte."""

from typing import Literal

import msgspec

Stage = Literal["scene", "reaction", "match", "stopped"]
Awaits = Literal["learner", "judgement", "character", "nothing"]
Value = bool | float | str


class Visit(msgspec.Struct, omit_defaults=True):
    """One visit to a scene with a screen: what was shown and offered, and what the learner did.

    `reaction` names the beats that answered it. `answers` and `credits` have one entry per try of a question, `credits`
    as exact fractions ("1/6"), and `hinted` says how many hints had been taken before each try: a hint never costs a
    try that came before it.
    `levels` are the levels recorded for a reply (None: not applicable); `assessed` is None until known.
    """

    scene: str
    seq: int
    beats: list[str] = []
    offered: list[str] = []
    took: str = ""
    reaction: list[str] = []
    answers: list[list[str]] = []
    credits: list[str] = []
    hints: int = 0
    hinted: list[int] = []
    confidence: int | None = None
    text: str = ""
    assessed: bool | None = None
    levels: dict[str, int | None] = {}


class State(msgspec.Struct, omit_defaults=True):
    """An attempt in play. `seq` counts the actions applied; `trail` lists the visits, the last one is where it is.

    `graded_at` is the ending that fixed the grade; play may go on unscored after it. `over` says that nothing more
    can be done.
    """

    seed: str
    attempt: int = 1
    seq: int = 0
    scene: str = ""
    stage: Stage = "scene"
    awaits: Awaits = "learner"
    variables: dict[str, Value] = {}
    facts: list[str] = []
    visits: dict[str, int] = {}
    chosen: dict[str, int] = {}
    levels: dict[str, int | None] = {}
    trail: list[Visit] = []
    target: str = ""
    drawn: list[str] = []
    after_draw: str = ""
    graded_at: str = ""
    stopped: bool = False
    over: bool = False
