"""A document of format 1 built from foreign pieces: ids, texts in bounds, media, and a last look that it decodes."""

import hashlib
from typing import Any

from scenario_engine.codec import decode_raw
from scenario_exchange.detect import Peek
from scenario_exchange.imported import Document, ImportRefused, Layout, Report, shortened
from scenario_exchange.readers.naming import Names, slug_of
from scenario_exchange.readers.pictures import key_for
from scenario_exchange.readers.stories.inline_media import bytes_of
from scenario_exchange.readers.wording import MAX_SHORT, MAX_TEXT, as_line, cut, in_pieces

Raw = dict[str, Any]


class Draft:
    """One document in the making. Readers ask it for ids and hand it scenes; nothing leaves it that does not decode."""

    def __init__(self, title: str, report: Report, peek: Peek, *, key: str = "", language: str = "") -> None:
        self.report = report
        self.peek = peek
        self.title = as_line(title) or "Untitled"
        self.head: Raw = {"format": 1, "id": slug_of(key or title or "imported", "scenario"), "title": self.title}
        if is_language(language):
            self.head["language"] = language
        self.scene_ids = Names("scene")
        self.choice_ids = Names("choice")
        self.cast_ids = Names("person", reserved=("you",))
        self.scenes: list[Raw] = []
        self.cast: dict[str, Raw] = {}
        self.media: dict[str, bytes] = {}
        self.layout: Layout = {}
        self._media_by_name: dict[str, str] = {}
        self._told: set[str] = set()

    def add(self, scene: Raw, place: str = "", at: tuple[float, float] | None = None) -> Raw:
        """Add a scene. `place` is its name in the source, for the report; `at` where it stood on the author's map."""
        self.peek.check_time()
        if len(self.scenes) >= self.peek.limits.scenes:
            raise ImportRefused(
                "import.too-large", f"“{self.title}” has more than {self.peek.limits.scenes:,} scenes.", "Split it."
            )
        if place and place not in self._told and scene["kind"] != "route":
            self._told.add(place)
            self.report.kept(place, summary(scene))
        self.scenes.append({name: value for name, value in scene.items() if value not in ("", [], {}, None)})
        if at is not None:
            self.layout[scene["id"]] = {"x": at[0], "y": at[1]}
        return self.scenes[-1]

    def choice_id(self, scene_id: str, text: str) -> str:
        """Return a fresh id for a choice of a scene: what it hangs on is its scene and its words."""
        words = slug_of(text, "choice", 24)
        return self.choice_ids.fresh(f"{scene_id[:34]}_{words}", text)

    def person(self, name: str) -> str:
        """Return the id of the cast member who is called `name` in the source."""
        who = "you" if name.strip().lower() == "you" else self.cast_ids.of(name)
        self.cast.setdefault(who, {"name": as_line(name) or who})
        return who

    def text(self, text: str, place: str) -> str:
        """Return an authored text that fits, telling the report when it does not."""
        return self._fitting(text, MAX_TEXT, place)

    def short(self, text: str, place: str) -> str:
        """Return a short text (feedback of one line, a label) that fits."""
        return self._fitting(text, MAX_SHORT, place)

    def beats(self, text: str, **more: Any) -> list[Raw]:
        """Return a text as beats, several where one cannot hold it."""
        return [{"text": piece, **more} for piece in in_pieces(text)]

    def bring(self, name: str, data: bytes, place: str) -> str:
        """Keep the bytes of a file of the source; return its media key, or "" when it is nothing scenarios use."""
        if name in self._media_by_name:
            return self._media_by_name[name]
        key = key_for(name, data)
        self._media_by_name[name] = key
        if not key:
            self.report.dropped(place, f"The file “{shortened(name)}” is no picture, sound or film that can be used.")
            return ""
        self.media[key] = data
        kept = sum(len(each) for each in self.media.values())
        if kept > self.peek.limits.kept:
            raise ImportRefused(
                "import.too-large", f"The media of “{self.title}” are too large.", "Leave out large films.", place
            )
        return key

    def bring_inline(self, address: str, place: str) -> str:
        """Keep a medium that stands in an address itself; return its key, or "" for any other address."""
        data = bytes_of(address)
        return self.bring(f"{place} {hashlib.sha256(data).hexdigest()[:8]}", data, place) if data else ""

    def finish(self) -> Document:
        """Return the document. Raises ImportRefused when there is nothing in it."""
        if not self.scenes:
            raise ImportRefused("import.empty", f"There are no scenes in “{self.title}”.", "Export it again.")
        document = {**self.head, **({"cast": self.cast} if self.cast else {}), "scenes": self.scenes}
        decoded = decode_raw(document)
        if decoded.scenario is None:
            problem = decoded.problems[0]
            raise ImportRefused(
                "import.not-convertible",
                f"Something of “{self.title}” does not fit a scenario: {problem.message}",
                "Tell us about this file.",
                problem.scene or problem.path,
            )
        if not self.report.entries:
            self.report.kept(self.title, "It holds nothing but ways on; they became routes.")
        return document

    def _fitting(self, text: str, length: int, place: str) -> str:
        if len(text) > length:
            self.report.changed(place, f"A text of {len(text):,} characters was cut to {length:,}.", "Shorten it.")
        return cut(text, length)


def summary(scene: Raw) -> str:
    """Return what a report says a scene became: its kind, and how much it holds."""
    names = {"choices": "choice", "choose": "way on", "beats": "text", "options": "option", "answers": "answer"}
    names |= {"pairs": "pair", "items": "part"}
    counted = [_count(len(scene[field]), name) for field, name in names.items() if scene.get(field)]
    if scene.get("media"):
        counted.append(f"{len(scene['media'])} media")
    article = "an" if scene["kind"] == "ending" else "a"
    return f"It became {article} {scene['kind']}" + (f" with {', '.join(counted)}." if counted else ".")


def _count(number: int, name: str) -> str:
    return (
        f"{number} {name}" if number == 1 else f"{number} {name.replace('way', 'ways')}{'' if 'way' in name else 's'}"
    )


def is_language(tag: str) -> bool:
    """Return whether `tag` can be the language of a document ("en", "pt-BR")."""
    head, *rest = tag.split("-")
    fits = tag != "und" and len(head) in (2, 3) and head.isascii() and head.isalpha()
    return fits and all(2 <= len(each) <= 8 and each.isascii() and each.isalnum() for each in rest)
