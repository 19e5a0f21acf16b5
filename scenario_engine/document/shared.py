"""Beats and media: the pieces that scenes, choices and role-plays share."""

from typing import Literal

from scenario_engine.document.base import Id, MediaKey, OptionalId, Part, ShortText, Text
from scenario_engine.document.conditions import Condition


class MediaUse(Part, kw_only=True):
    """A picture, sound or film by key. `alt` is needed unless `decorative`."""

    use: MediaKey
    id: OptionalId = ""
    alt: ShortText = ""
    decorative: bool = False
    caption: Text = ""
    long_description: Text = ""
    captions: MediaKey | None = None
    transcript: Text = ""


class Spoken(Part, kw_only=True):
    """The recorded form of a scene's text; `transcript: inline` means the text on screen is the transcript."""

    file: MediaKey
    transcript: Literal["inline"] | Text = ""


class Beat(Part, kw_only=True):
    """One line of a scene: somebody speaks (`who`, with a `mood`), or narration; kept back unless `when` holds."""

    text: Text = ""
    id: OptionalId = ""
    who: Id | None = None
    mood: Id | None = None
    when: Condition | None = None
    media: MediaUse | None = None
