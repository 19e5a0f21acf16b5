"""Where an attempt is, as plain data. Replaying the recorded actions gives the same state, byte for byte."""

from typing import Literal

import msgspec

Stage = Literal["scene", "reaction", "match", "stopped"]
Awaits = Literal["learner", "judgement", "character", "nothing"]
Value = bool | float | str
RoleplayEnd = Literal["", "goals", "turns", "learner", "left"]


class Turn(msgspec.Struct, omit_defaults=True, gc=False):
    """One turn of a role-play: the learner's words, the character's line, or an authored event.

    `text` is what was typed, or said by a model; `line` the id of an authored line or event (`beats`: those spoken).
    `mood` is the character's, `learned` the facts that the turn released, `cues` what was found in it: never shown.
    """

    by: Literal["learner", "character", "event"]
    text: str = ""
    line: str = ""
    mood: str = ""
    beats: list[str] = []
    cues: list[str] = []
    learned: list[str] = []


class Visit(msgspec.Struct, omit_defaults=True, gc=False):
    """One visit to a scene with a screen: what was shown and offered, and what the learner did.

    `reaction` names the beats that answered it. `answers` and `credits` have one entry per try of a question, `credits`
    as exact fractions ("1/6"); `hinted` says how many hints had been taken before each try: a hint never costs a
    try that came before it. `matched` names the accepted answer that each try of a number or text fitted ("": none).
    `levels` are the levels recorded for words (None: not applicable); `assessed` is None until known; `forbidden` are
    the criteria whose forbidden wording was found.
    A role-play that is interrupted by a scene inside it goes on in another visit; `resumes` is the seq of the first.
    `wrote` lists the prompts of a reflection that have words, `shared` what the learner lets a coach see: the words
    themselves are never here.
    """

    scene: str
    seq: int
    beats: list[str] = []
    offered: list[str] = []
    took: str = ""
    reaction: list[str] = []
    answers: list[list[str]] = []
    credits: list[str] = []
    matched: list[str] = []
    hints: int = 0
    hinted: list[int] = []
    confidence: int | None = None
    text: str = ""
    assessed: bool | None = None
    levels: dict[str, int | None] = {}
    forbidden: list[str] = []
    turns: list[Turn] = []
    resumes: int | None = None
    ended: RoleplayEnd = ""
    wrote: list[str] = []
    shared: dict[str, list[str]] = {}


class Talk(msgspec.Struct, omit_defaults=True):
    """A role-play that is going on, also while a scene inside it is played.

    `first` is the seq of its first visit, `turns` counts the learner's; `said` are the authored lines used, `happened`
    the events; `released` the facts that came up in it, `knew` those known when it began or was last looked at.
    """

    scene: str
    first: int
    turns: int = 0
    mood: str = ""
    goals: list[str] = []
    released: list[str] = []
    knew: list[str] = []
    said: list[str] = []
    happened: list[str] = []


class Drawn(msgspec.Struct, omit_defaults=True):
    """A draw under way: what is left to play, and where it leads then."""

    route: str
    left: list[str] = []
    then: str = ""


class State(msgspec.Struct, omit_defaults=True):
    """An attempt in play. `seq` counts the actions applied; `trail` lists the visits, the last one is where it is.

    `graded_at` is the ending that fixed the grade; play may go on unscored after it. `over` says that nothing more
    can be done. `opted_out`: stopped and took what is offered instead, which is never graded. `talks` are the
    role-plays going on, the innermost last. `goals` are those ever met ("scene.goal"). `voice`: a model speaks for
    characters. `time_factor` stretches time limits (0: none); `hurry` is off where the learner has switched them off.
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
    goals: list[str] = []
    trail: list[Visit] = []
    talks: list[Talk] = []
    target: str = ""
    draws: list[Drawn] = []
    graded_at: str = ""
    stopped: bool = False
    opted_out: bool = False
    over: bool = False
    voice: bool = False
    time_factor: float = 1.0
    hurry: bool = True
