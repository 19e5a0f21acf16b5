"""What can happen in an attempt: the learner's actions, and those the host records. Tagged by `type` in JSON."""

from typing import Annotated, Any

import msgspec

_Short = Annotated[str, msgspec.Meta(max_length=64)]
_Words = Annotated[str, msgspec.Meta(max_length=16_000)]
_Names = Annotated[list[_Short], msgspec.Meta(max_length=100)]


class _Action(msgspec.Struct, tag_field="type", forbid_unknown_fields=True):
    pass


class Continue(_Action, tag="continue"):
    """Go on from a page, line, reaction, reflection or ending."""


class Choose(_Action, tag="choose"):
    """Take a choice of a decision, a way on from a page, or a sample nearest to the own words."""

    choice: _Short


class Answer(_Action, tag="answer"):
    """Answer a question: option ids (single: one), a number or how it was typed, a text, ids in order; pairs as lists.

    The ids are those of the view: those of ordering and matching say nothing about what is right.
    """

    value: Annotated[list[Any], msgspec.Meta(max_length=100)] | float | Annotated[str, msgspec.Meta(max_length=4000)]
    confidence: Annotated[int, msgspec.Meta(ge=0, le=4)] | None = None


class Write(_Action, tag="write"):
    """Reply in own words."""

    text: _Words


class Say(_Action, tag="say"):
    """A turn of a role-play."""

    text: _Words


class Tick(_Action, tag="tick"):
    """Say that a goal of the role-play is met, where its author leaves that to the learner."""

    goal: _Short


class Reflect(_Action, tag="reflect"):
    """Write at a prompt of a reflection (an empty text takes the words back), and share item by item.

    The words are the learner's own: a host stores them apart and records `reflected` (see hosting.set_apart).
    """

    prompt: _Short
    text: _Words = ""
    shares: _Names = []


class Hint(_Action, tag="hint"):
    """Show the next hint, at its price."""


class Clock(_Action, tag="clock"):
    """Switch the time limits of this attempt off, or on again, where the author lets the learner."""

    on: bool = False


class Leave(_Action, tag="leave"):
    """End a role-play as the learner's own decision."""


class Stop(_Action, tag="stop"):
    """Stop here: no grade, no attempt used, nobody told."""


class Judged(_Action, tag="judged"):
    """Recorded by the host: levels 0-4 by criterion id (None: not applicable). No levels at all: not assessed."""

    levels: dict[str, Annotated[int, msgspec.Meta(ge=0, le=4)] | None] = {}
    source: Annotated[str, msgspec.Meta(max_length=64)] = ""


class CharacterSays(_Action, tag="character_says"):
    """Recorded by the host: the character's turn. Without a text (late, failed) the authored line is said instead.

    `cues` are families of the role-play that a model found in the learner's last turn; code decides what follows.
    `mood` picks the picture where the role-play has no moods of its own.
    """

    text: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    mood: _Short = ""
    cues: _Names = []


class TimeUp(_Action, tag="time_up"):
    """Recorded by the host: the time of a timed decision is over."""


class Reflected(_Action, tag="reflected"):
    """Recorded by the host in place of `reflect`: which prompt has words now and what is shared, never the words."""

    prompt: _Short
    wrote: bool
    shares: _Names = []


class Arranged(_Action, tag="arranged"):
    """Recorded by the host: how the attempt is played from now on. None leaves a setting as it is.

    `voice`: a model speaks for characters. `time_factor`: time limits are this many times as long; 0: there are none.
    """

    voice: bool | None = None
    time_factor: Annotated[float, msgspec.Meta(ge=0, le=20)] | None = None


LearnerAction = Continue | Choose | Answer | Write | Say | Tick | Reflect | Hint | Clock | Leave | Stop
HostAction = Judged | CharacterSays | TimeUp | Reflected | Arranged
Action = LearnerAction | HostAction

# What a browser may post. Host actions from a browser are refused before they reach `advance`.
LEARNER_ACTIONS = (Continue, Choose, Answer, Write, Say, Tick, Reflect, Hint, Clock, Leave, Stop)
