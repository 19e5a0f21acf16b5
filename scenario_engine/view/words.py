"""Authored words made ready to show: slots filled, Markdown parsed, names and portraits of who speaks."""

from collections.abc import Iterable, Mapping
from typing import Any

from scenario_engine.document import CastMember, Slot
from scenario_engine.document.shared import Beat, MediaUse, Spoken
from scenario_engine.messages import format_message
from scenario_engine.rich import escape, rich
from scenario_engine.story import Story
from scenario_engine.views import BeatView, MediaView, PortraitView, Rich

Slots = Mapping[str, Any]
NO_SLOTS: Slots = {}


class Words:
    """Fills and parses the texts of one story for one learner at one moment."""

    def __init__(self, story: Story, slots: Slots, variables: Mapping[str, Any]) -> None:
        self.story = story
        self._slots = slots
        # A host's value is a stranger's text: it must not bring its own Markdown.
        filled = {name: escape(value) if isinstance(value, str) else value for name, value in slots.items()}
        pronouns = {name: member.pronouns for name, member in story.scenario.cast.items() if member.pronouns}
        self._values = {**pronouns, **variables, **filled}

    def rich(self, text: str) -> Rich:
        """Return an authored text as a tree."""
        return rich(self._fill(text))

    def line(self, text: str, **also: Any) -> str:
        """Return a short authored text as plain words (names, titles, labels); `also` are values of this place."""
        if "{" not in text and "'" not in text:
            return text
        return format_message(text, {**self._values, **self._slots, **also}, self.story.language_of(text))

    def slot(self, text: str | Slot) -> str:
        """Return a plain text, or what the host gives for the slot, or its fallback."""
        if isinstance(text, Slot):
            return str(self._slots.get(text.slot) or text.fallback)
        return self.line(text)

    def name(self, member: CastMember) -> str:
        """Return the name of a cast member."""
        return self.slot(member.name)

    def _fill(self, text: str) -> str:
        return format_message(text, self._values, self.story.language_of(text))

    def beats(self, beats: Iterable[Beat], spoken: Iterable[str] | None = None) -> list[BeatView]:
        """Return beats as they are heard; `spoken` keeps only these ids."""
        wanted = None if spoken is None else set(spoken)
        return [self.beat(beat) for beat in beats if wanted is None or beat.id in wanted]

    def beat(self, beat: Beat) -> BeatView:
        """Return one beat with its speaker and portrait."""
        shown = BeatView(id=beat.id, text=self.rich(beat.text), media=self.media(beat.media) if beat.media else None)
        member = self.story.scenario.cast.get(beat.who) if beat.who else None
        if beat.who and member:
            shown.who, shown.name, shown.role = beat.who, self.name(member), self.line(member.role)
            shown.is_learner = beat.who == "you"
            shown.portrait = self.portrait(member, beat.mood)
        return shown

    def portrait(self, member: CastMember, mood: str | None) -> PortraitView | None:
        """Return the picture of the mood; without one, the member's first."""
        picture = member.moods.get(mood or "") or next(iter(member.moods.values()), None)
        return PortraitView(key=picture.image, alt=self.line(picture.alt)) if picture else None

    def media(self, use: MediaUse) -> MediaView:
        """Return a picture, sound or film with all its words."""
        return MediaView(
            key=use.use,
            alt=self.line(use.alt),
            decorative=use.decorative,
            caption=self.rich(use.caption),
            long_description=self.rich(use.long_description),
            transcript=self.rich(use.transcript),
            captions=use.captions or "",
        )

    def spoken(self, audio: Spoken) -> MediaView:
        """Return the recorded form of a scene's text."""
        return MediaView(key=audio.file, transcript=[] if audio.transcript == "inline" else self.rich(audio.transcript))


def typed(text: str) -> Rich:
    """Return a learner's own words as a tree: never read as Markdown."""
    return [{"t": "p", "c": [line]} for line in text.splitlines() if line.strip()]
