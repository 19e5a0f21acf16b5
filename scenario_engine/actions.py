"""What can happen in an attempt: the learner's actions, and those the host records. Tagged by `type` in JSON."""

from typing import Annotated, Any

import msgspec

_Short = Annotated[str, msgspec.Meta(max_length=64)]


class _Action(msgspec.Struct, tag_field="type", forbid_unknown_fields=True):
    pass


class Continue(_Action, tag="continue"):
    """Go on from a page, line, reaction or ending."""


class Choose(_Action, tag="choose"):
    """Take a choice of a decision, a way on from a page, or a sample nearest to the own words."""

    choice: _Short


class Answer(_Action, tag="answer"):
    """Answer a question: option ids (single: one), a number, a text, or item ids in order; pairs as [left, right]."""

    value: Annotated[list[Any], msgspec.Meta(max_length=100)] | float | Annotated[str, msgspec.Meta(max_length=4000)]
    confidence: Annotated[int, msgspec.Meta(ge=0, le=4)] | None = None


class Write(_Action, tag="write"):
    """Reply in own words."""

    text: Annotated[str, msgspec.Meta(max_length=16_000)]


class Say(_Action, tag="say"):
    """A turn of a role-play."""

    text: Annotated[str, msgspec.Meta(max_length=16_000)]


class Hint(_Action, tag="hint"):
    """Show the next hint, at its price."""


class Leave(_Action, tag="leave"):
    """End a role-play as the learner's own decision."""


class Stop(_Action, tag="stop"):
    """Stop here: no grade, no attempt used, nobody told."""


class Judged(_Action, tag="judged"):
    """Recorded by the host: levels 0-4 by criterion id (None: not applicable). No levels at all: not assessed."""

    levels: dict[str, Annotated[int, msgspec.Meta(ge=0, le=4)] | None] = {}
    source: Annotated[str, msgspec.Meta(max_length=64)] = ""


class CharacterSays(_Action, tag="character_says"):
    """Recorded by the host: the character's turn in a role-play."""

    text: Annotated[str, msgspec.Meta(max_length=4000)]
    mood: _Short = ""


class TimeUp(_Action, tag="time_up"):
    """Recorded by the host: the time of a timed decision is over."""


LearnerAction = Continue | Choose | Answer | Write | Say | Hint | Leave | Stop
HostAction = Judged | CharacterSays | TimeUp
Action = LearnerAction | HostAction

# What a browser may post. Host actions from a browser are refused before they reach `advance`.
LEARNER_ACTIONS = (Continue, Choose, Answer, Write, Say, Hint, Leave, Stop)
