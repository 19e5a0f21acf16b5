"""What every shape is made of: checked text, pictures, beats and cards."""

from typing import Any, Literal

import msgspec


class Shape(msgspec.Struct, omit_defaults=True, kw_only=True):
    pass


Direction = Literal["ltr", "rtl"]
ScreenKind = Literal["page", "line", "decision", "question", "reply", "roleplay", "reflection", "ending"]
# A small tree of checked text (see `rich`): blocks {t: p|h|ul|ol|quote, c: […]}, inlines text or {t: b|i|a|term|br, …}.
Rich = list[dict[str, Any]]


class PortraitView(Shape):
    """A picture by media key, with the words that say what it shows."""

    key: str
    alt: str = ""


class MediaView(Shape):
    """A picture, sound or film by media key."""

    key: str
    alt: str = ""
    decorative: bool = False
    caption: Rich = []
    long_description: Rich = []
    transcript: Rich = []
    captions: str = ""


class BeatView(Shape):
    """One line: `who` is a cast id (absent: narration). `by_model`: a model made it up, and the learner is told."""

    id: str
    text: Rich
    who: str = ""
    name: str = ""
    role: str = ""
    is_learner: bool = False
    portrait: PortraitView | None = None
    media: MediaView | None = None
    by_model: bool = False


class ChoiceView(Shape):
    """A card the learner can press."""

    id: str
    text: Rich
