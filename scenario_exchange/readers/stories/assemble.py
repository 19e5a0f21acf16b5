"""A story as a document: each passage becomes a scene, with routes before it for what happens on the way in."""

from typing import Any

from scenario_exchange.detect import Peek
from scenario_exchange.imported import Document, ImportRefused, Layout, Report, shortened
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.naming import hash_of
from scenario_exchange.readers.stories.expanding import expand
from scenario_exchange.readers.stories.expressions import show
from scenario_exchange.readers.stories.inline_media import bytes_of
from scenario_exchange.readers.stories.pieces import PLACEHOLDER, Change, Include, Jump, Link, Passage, Story, Words
from scenario_exchange.readers.stories.variables import Condition, Variables, mentioned
from scenario_exchange.readers.stories.ways import decision, routes_before
from scenario_exchange.readers.wording import as_line, as_text

Raw = dict[str, Any]

# Pieces that passages take from each other, in all: beyond it a story shows its passages without end.
MAX_INCLUDED = 40_000


class Built:
    """The result of one story."""

    def __init__(self, document: Document, media: dict[str, bytes], layout: Layout) -> None:
        self.document = document
        self.media = media
        self.layout = layout


def assemble(story: Story, report: Report, peek: Peek) -> Built:
    """Return the document of a story. Raises ImportRefused when it is empty or beyond all bounds."""
    return _Assembly(story, report, peek).build()


class _Assembly:
    def __init__(self, story: Story, report: Report, peek: Peek) -> None:
        self.story = story
        self.report = report
        self.draft = Draft(story.title, report, peek, key=story.key or story.title, language=story.language)
        self.passages = {passage.name: passage for passage in story.passages}
        self.ids = {
            name: self.draft.scene_ids.of(passage.key or name, passage.key or name)
            for name, passage in self.passages.items()
        }
        self.shown_ids: dict[str, str] = {}
        # A visit is counted on the way in, before conditions of the passage itself are asked.
        self.variables = Variables(report, self.ids.get)

    def build(self) -> Built:
        """Return the finished document."""
        expanded = self._expanded()
        self._learn(expanded)
        for name, pieces in expanded.items():
            if _has_entrance(pieces) and _has_body(pieces):
                self.shown_ids[name] = self.draft.scene_ids.fresh(f"{self.ids[name][:52]}_shown", f"shown {name}")
        parts = self._only_parts(expanded)
        for name, pieces in expanded.items():
            if name not in parts:
                self._passage(self.passages[name], pieces)
        head = self.draft.head
        if self.story.start in self.ids:
            head["start"] = self.ids[self.story.start]
        definitions = self.variables.definitions()
        if definitions:
            head["variables"] = definitions
        # Foreign stories say nothing about learning: they are practice until a designer decides otherwise.
        head["purpose"] = "practice"
        head["scoring"] = {"grade": "completion"}
        return Built(self.draft.finish(), self.draft.media, self.draft.layout)

    def _expanded(self) -> dict[str, list[Any]]:
        """Return the pieces of each passage, with those of the passages it includes."""
        found: dict[str, list[Any]] = {}
        amount = 0
        for name, passage in self.passages.items():
            found[name] = expand(passage, self.passages, self.report)
            amount += len(found[name]) - len(passage.pieces)
            if amount > MAX_INCLUDED:
                message = f"“{self.draft.title}” shows its passages inside each other without bound."
                raise ImportRefused("import.too-large", message, "Lead to them with links.", name)
        return found

    def _only_parts(self, expanded: dict[str, list[Any]]) -> set[str]:
        """Return the passages that are shown inside others and that nothing leads to."""
        shown = {piece.target for each in self.story.passages for piece in each.pieces if isinstance(piece, Include)}
        led_to = {piece.target for pieces in expanded.values() for piece in pieces if isinstance(piece, Link | Jump)}
        return {name for name in shown if name in self.passages} - led_to - {self.story.start}

    def _learn(self, expanded: dict[str, list[Any]]) -> None:
        for change in self.story.before:
            self.variables.note_change(change, before=True)
        for pieces in expanded.values():
            for piece in pieces:
                if isinstance(piece, Change):
                    self.variables.note_change(piece)
                for change in piece.changes if isinstance(piece, Link) else ():
                    self.variables.note_change(change)
                for shown in piece.shown if isinstance(piece, Words | Link) else ():
                    self.variables.note(shown)
                self.variables.note(piece.when)

    def _passage(self, passage: Passage, pieces: list[Any]) -> None:
        place = passage.name
        scene_id = self.ids[place]
        on = next((piece for piece in pieces if isinstance(piece, Jump) and piece.when is None), None)
        first = self.shown_ids.get(place, scene_id)
        if _has_entrance(pieces):
            after = first if first != scene_id or on is None else self.target(on.target, place)
            for route in routes_before(scene_id, after, pieces, self, place):
                self.draft.add(route, place, passage.at if route["id"] == scene_id else None)
            if first == scene_id:
                return
        self._warn_of_order(place, pieces)
        beats = [beat for piece in pieces if isinstance(piece, Words) for beat in self._beats(piece, place)]
        links = [piece for piece in pieces if isinstance(piece, Link)]
        note = "\n".join(passage.notes)[:20_000]
        base: Raw = {"id": first, "title": as_line(place), "beats": beats, "note": note}
        for scene in self._scenes(base, links, on, place):
            self.draft.add(scene, place, passage.at if scene["id"] == scene_id else None)

    def _scenes(self, base: Raw, links: list[Link], on: Jump | None, place: str) -> list[Raw]:
        if links:
            return decision(base, links, self, place)
        if on is not None and not base["beats"]:
            return [{"kind": "route", "id": base["id"], "otherwise": self.target(on.target, place)}]
        if on is not None:
            self.report.changed(place, f"It goes on to “{shortened(on.target)}” when the learner continues.")
            return [{"kind": "line", **base, "goto": self.target(on.target, place)}]
        self.report.changed(place, "It has no way on, so it became an ending.", "Say whether it is a good or poor one.")
        return [{"kind": "ending", **base, "outcome": "read"}]

    def _beats(self, words: Words, place: str) -> list[Raw]:
        when = self.when(words.when, place, "Text")
        if when is False:
            self.report.dropped(place, f"“{shortened(words.text, 60)}” would never be shown.")
            return []
        more: Raw = {"when": when} if isinstance(when, dict) else {}
        if words.who:
            more["who"] = self.draft.person(words.who)
        beats = self.draft.beats(self.filled(words.text, words.shown, place), **more)
        if words.picture is not None:
            beats += [{**({"when": when} if isinstance(when, dict) else {}), "media": media}
                      for media in self._picture(words.picture, place)]  # fmt: skip
        return beats

    def _picture(self, picture: tuple[str, str], place: str) -> list[Raw]:
        source, alt = picture
        data = bytes_of(source)
        if data is None:
            hint = "Save it, and add it to the scene."
            self.report.dropped(place, f"A file elsewhere is not brought along: {shortened(source, 90)}.", hint)
            return []
        key = self.draft.bring(f"inline-{hash_of(source)}", data, place)
        return [{"use": key, "alt": alt[:1000]}] if key else []

    def _warn_of_order(self, place: str, pieces: list[Any]) -> None:
        words = [piece for piece in pieces if isinstance(piece, Words)]
        if len(words) > 1 and any(piece.when is not None for piece in words):
            self.report.changed(place, "Text under a condition stands on lines of its own.", "Read it once.")
        seen: set[str] = set()
        for piece in pieces:
            if isinstance(piece, Change) and piece.name in seen:
                hint = "Play it, and see whether the right text shows."
                self.report.changed(place, f"“{piece.name}” changes before the text shows, not in the middle.", hint)
            seen |= mentioned(piece.when)

    def when(self, expression: Any, place: str, what: str) -> Condition:
        """Return a condition, or True with a word in the report when it cannot be said here."""
        found = self.variables.condition(expression)
        if found is None:
            shown = shortened(show(expression), 90)
            self.report.changed(place, f"{what} is always there: “{shown}” was not converted.", "Give it a condition.")
            return True
        return found

    def filled(self, text: str, shown: list[Any], place: str) -> str:
        """Return `text` with slots for the variables it shows."""
        if PLACEHOLDER not in text:
            return text
        parts = text.split(PLACEHOLDER)
        for index in range(1, len(parts), 2):
            expression = shown[int(parts[index])]
            slot = self.variables.slot(expression)
            if slot is None:
                self.report.changed(place, f"“{shortened(show(expression))}” is shown as it is written.", "Reword it.")
            parts[index] = slot or as_text(show(expression))
        return "".join(parts)

    def target(self, name: str, place: str) -> str:
        """Return the scene that a link leads to, "" with a word in the report when there is none."""
        if name in self.ids:
            return self.ids[name]
        if name and name[0] not in "$_`(":
            self.report.dropped(
                place, f"A link leads to “{shortened(name)}”, which does not exist.", "Draw the way on."
            )
        else:
            self.report.dropped(place, "Where a link leads is worked out during play.", "Draw the way on.")
        return ""


def _has_body(pieces: list[Any]) -> bool:
    """Return whether a passage shows something, or is where the story ends."""
    goes_on = any(isinstance(piece, Jump) and piece.when is None for piece in pieces)
    return not goes_on or any(isinstance(piece, Words | Link) for piece in pieces)


def _has_entrance(pieces: list[Any]) -> bool:
    jumps = any(isinstance(piece, Jump) and piece.when is not None for piece in pieces)
    return jumps or any(isinstance(piece, Change) for piece in pieces)
