"""Cast members, their moods, and the facts of the notebook."""

from typing import Literal

from scenario_engine.document.base import Id, MediaKey, Part, ShortText, Text, Word


class Slot(Part, kw_only=True):
    """A text that the host fills in, such as the learner's first name, with a fallback when it is not given."""

    slot: Literal["learner.first_name", "organisation.name", "organisation.support_contacts"]
    fallback: ShortText = ""


class Mood(Part, kw_only=True):
    """A picture of a cast member in one mood; `alt` says what the picture shows."""

    image: MediaKey
    alt: ShortText = ""


class CastMember(Part, kw_only=True):
    """A person of the story. The learner is one too (id `you` by convention)."""

    name: ShortText | Slot
    role: ShortText = ""
    # Grammatical gender and form of address: what a translator needs.
    pronouns: Word = ""
    address: Literal["formal", "informal"] | None = None
    background: Text = ""
    goals: list[ShortText] = []
    manner: Text = ""
    limits: list[ShortText] = []
    moods: dict[Id, Mood] = {}


class Fact(Part, kw_only=True):
    """Something learned during play: an entry of the notebook."""

    text: Text
