"""A story as a document: each passage becomes a scene, with routes before it for what happens on the way in."""

from typing import Any

from scenario_exchange.detect import Peek
from scenario_exchange.imported import Document, ImportRefused, Layout, Report, shortened
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.naming import hash_of
from scenario_exchange.readers.stories.expanding import expand
from scenario_exchange.readers.stories.expressions import Asked, Literal, mentioned, show
from scenario_exchange.readers.stories.following import Following
from scenario_exchange.readers.stories.inline_media import bytes_of
from scenario_exchange.readers.stories.parts import only_parts
from scenario_exchange.readers.stories.pieces import (
    PLACEHOLDER,
    Chance,
    Change,
    Jump,
    Link,
    Passage,
    Story,
    Words,
    spoken,
)
from scenario_exchange.readers.stories.remembering import asked_again, open_names
from scenario_exchange.readers.stories.variables import Condition, Variables
from scenario_exchange.readers.stories.ways import decision, routes_before
from scenario_exchange.readers.stories.whole_lines import whole_lines
from scenario_exchange.readers.wording import as_line, as_text

Raw = dict[str, Any]

# Pieces that passages take from each other, in all: beyond it a story shows its passages without end.
MAX_INCLUDED = 40_000
MAX_ARMS = 50


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
        self.following = Following(self.passages, report)
        self.expanded: dict[str, list[Any]] = {}
        # The claims of the passage at hand whose answers are kept, and how each is asked.
        self.asked: dict[Asked, Raw] = {}
        # A visit is counted on the way in, before conditions of the passage itself are asked.
        self.variables = Variables(report, self.ids.get)

    def build(self) -> Built:
        """Return the finished document."""
        parts = only_parts(self.story)
        self.expanded = expanded = self._expanded(parts)
        self._learn(expanded)
        for name, pieces in expanded.items():
            if _has_entrance(pieces) and _has_body(pieces):
                self.shown_ids[name] = self.draft.scene_ids.fresh(f"{self.ids[name][:52]}_shown", f"shown {name}")
        for name, pieces in expanded.items():
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

    def _expanded(self, parts: set[str]) -> dict[str, list[Any]]:
        """Return the pieces of each passage that becomes a scene, with those of the passages it includes."""
        found: dict[str, list[Any]] = {}
        amount = 0
        waiting = [passage for name, passage in self.passages.items() if name not in parts]
        for passage in waiting:
            self.draft.peek.check_time()
            pieces = expand(passage, self.passages, self.report)
            amount += len(pieces) - len(passage.pieces)
            if amount > MAX_INCLUDED or len(waiting) > self.draft.peek.limits.scenes:
                message = f"“{self.draft.title}” shows its passages inside each other without bound."
                raise ImportRefused("import.too-large", message, "Lead to them with links.", passage.name)
            found[passage.name], added = self.following.after(passage.name, pieces)
            for each in added:
                self.passages[each.name] = each
                self.ids[each.name] = self.draft.scene_ids.of(each.name, each.name)
            waiting.extend(added)
        return found

    def _learn(self, expanded: dict[str, list[Any]]) -> None:
        for change in self.story.before:
            self.variables.note_change(change, before=True)
            if not isinstance(change.value, Literal):
                what = f"“{shortened(change.source)}” at the beginning was not converted."
                self.report.dropped("Variables", what, "Set it by hand.")
        for pieces in expanded.values():
            for piece in pieces:
                if isinstance(piece, Change):
                    self.variables.note_change(piece)
                for change in piece.changes if isinstance(piece, Link) else ():
                    self.variables.note_change(change)
                for shown in piece.shown if isinstance(piece, Words | Link) else ():
                    self.variables.note(shown)
                for shown in piece.said if isinstance(piece, Link) else ():
                    self.variables.note(shown)
                self.variables.note(piece.when)

    def _passage(self, passage: Passage, pieces: list[Any]) -> None:
        place = passage.name
        scene_id = self.ids[place]
        on = next((piece for piece in pieces if isinstance(piece, Jump | Chance) and piece.when is None), None)
        first = self.shown_ids.get(place, scene_id)
        self.asked = self.variables.remember(asked_again(pieces))
        for claim in self.asked:
            flag = self.variables.flag_of(claim)
            what = f"“{shortened(show(claim))}” is asked before it changes; “{flag}” keeps the answer."
            self.report.changed(place, what)
        if _has_entrance(pieces):
            after = first
            if first == scene_id and on is not None:
                after = self.way_on(on, scene_id, place)
            for route in routes_before(scene_id, after, pieces, self, place):
                self.draft.add(route, place, passage.at if route["id"] == scene_id else None)
            if first == scene_id:
                return
        words = whole_lines([piece for piece in pieces if isinstance(piece, Words)])
        self._warn_of_order(place, pieces, words)
        beats = [beat for piece in words for beat in self._beats(piece, place)]
        links = [piece for piece in pieces if isinstance(piece, Link)]
        note = "\n".join(passage.notes)[:20_000]
        base: Raw = {"id": first, "title": as_line(place), "beats": beats, "note": note}
        for scene in self._scenes(base, links, on, place):
            self.draft.add(scene, place, passage.at if scene["id"] == scene_id else None)

    def _scenes(self, base: Raw, links: list[Link], on: Jump | Chance | None, place: str) -> list[Raw]:
        if links and isinstance(on, Jump) and on.back:
            links = [*links, Link(text="…", target=on.target, stays=True)]
        elif links and on is not None:
            names = " or ".join(f"“{shortened(name)}”" for name in self.targets_of(on))
            what = f"It also goes on to {names} by itself, which a scene with choices does not."
            self.report.dropped(place, what, "Give it a time limit, or draw the way on.")
        if links and on is None and not any(self._leaves(link) for link in links):
            end = self.draft.scene_ids.fresh(f"{base['id'][:52]}_end", f"end {place}")
            self.report.changed(place, "Its choices only lead back, so “…” leads on to an ending.", "Word it.")
            self.draft.add({"kind": "ending", "id": end, "title": as_line(place), "outcome": "read"})
            self.ids[f"\0{end}"] = end  # no passage is called so
            return decision(base, [*links, Link(text="…", target=f"\0{end}")], self, place)
        if links:
            return decision(base, links, self, place)
        if on is None:
            self.report.changed(
                place, "It has no way on, so it became an ending.", "Say whether it is a good or poor one."
            )
            return [{"kind": "ending", **base, "outcome": "read"}]
        if isinstance(on, Chance) and not base["beats"]:
            return [self._drawing(on, base["id"], place)]
        target = self.way_on(on, base["id"], place)
        if not base["beats"]:
            return [{"kind": "route", "id": base["id"], "otherwise": target}]
        if isinstance(on, Jump) and not on.back:
            self.report.changed(place, f"It goes on to “{shortened(on.target)}” when the learner continues.")
        return [{"kind": "line", **base, "goto": target}]

    def _leaves(self, link: Link) -> bool:
        """Return whether a choice may lead away from the passage it stands in."""
        pieces = self.expanded.get(link.target, []) if self.following.is_made(link.target) else None
        if link.stays or pieces is None:
            return not link.stays
        links = [piece for piece in pieces if isinstance(piece, Link)]
        jumps = [piece for piece in pieces if isinstance(piece, Jump | Chance)]
        return any(self._leaves(each) for each in links) or any(isinstance(j, Chance) or not j.back for j in jumps)

    def way_on(self, on: Jump | Chance, scene_id: str, place: str) -> str:
        """Return where a passage goes on, adding the route that draws by luck where it does."""
        if isinstance(on, Jump):
            return self.target(on.target, place, back=on.back)
        drawing = self.draft.scene_ids.fresh(f"{scene_id[:52]}_luck", f"luck {scene_id}")
        self.draft.add(self._drawing(on, drawing, place), place)
        return drawing

    @staticmethod
    def targets_of(on: Jump | Chance) -> list[str]:
        """Return the passages that a way on may lead to, a few of them."""
        return [on.target] if isinstance(on, Jump) else on.targets[:5]

    def _drawing(self, on: Chance, scene_id: str, place: str) -> Raw:
        arms = [{"goto": self.target(name, place)} for name in on.targets[:MAX_ARMS]]
        return {"kind": "route", "id": scene_id, "random": arms}

    def _beats(self, words: Words, place: str) -> list[Raw]:
        when = self.when(words.when, place)
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

    def _warn_of_order(self, place: str, pieces: list[Any], words: list[Words]) -> None:
        if any(piece.joins for piece in words) and any(piece.when is not None for piece in words):
            self.report.changed(place, "Text under a condition stands on lines of its own.", "Read it once.")
        seen: set[str] = set()
        for piece in pieces if any(isinstance(piece, Change) for piece in pieces) else ():
            if isinstance(piece, Change) and piece.name in seen:
                hint = "Play it, and see whether the right text shows."
                self.report.changed(place, f"“{piece.name}” changes before the text shows, not in the middle.", hint)
            if isinstance(piece, Words | Link):
                seen |= open_names(piece.when, self.asked).union(*map(mentioned, piece.shown))

    def when(self, expression: Any, place: str, link: Link | None = None) -> Condition:
        """Return a condition, or True with a word in the report when it cannot be said here."""
        found = self.variables.condition(expression)
        if found is None:
            what = f"The choice “{shortened(spoken(link.text), 40)}”" if link else "Text"
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
            if isinstance(expression, Literal) and isinstance(expression.value, str):
                slot = as_text(expression.value)
            if slot is None:
                self.report.changed(place, f"“{shortened(show(expression))}” is shown as it is written.", "Reword it.")
            parts[index] = slot or as_text(show(expression))
        return "".join(parts)

    def target(self, name: str, place: str, *, back: bool = False) -> str:
        """Return the scene that a link leads to, "" with a word in the report when there is none.

        A way back leads to what the passage shows: what happens on the way in does not happen again.
        """
        if name not in self.ids and len(name) > 2 and name[0] in "\"'" and name[-1] == name[0]:
            name = name[1:-1]
        if name in self.ids:
            return self.shown_ids.get(name, self.ids[name]) if back else self.ids[name]
        if name and name[0] not in "$_`(":
            self.report.dropped(
                place, f"A link leads to “{shortened(name)}”, which does not exist.", "Draw the way on."
            )
        else:
            self.report.dropped(place, "Where a link leads is worked out during play.", "Draw the way on.")
        return ""


def _has_body(pieces: list[Any]) -> bool:
    """Return whether a passage shows something, or is where the story ends."""
    goes_on = any(isinstance(piece, Jump | Chance) and piece.when is None for piece in pieces)
    return not goes_on or any(isinstance(piece, Words | Link) for piece in pieces)


def _has_entrance(pieces: list[Any]) -> bool:
    jumps = any(isinstance(piece, Jump | Chance) and piece.when is not None for piece in pieces)
    return jumps or any(isinstance(piece, Change) for piece in pieces)
