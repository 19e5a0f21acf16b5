"""A storyboard in Markdown, line by line, to rows: headings are scenes, list items are choices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenario_exchange.imported import Report, shortened
from scenario_exchange.storyboards.choice_lines import append, read_choice, target_of
from scenario_exchange.storyboards.naming import slug
from scenario_exchange.storyboards.row import Row
from scenario_exchange.storyboards.words import column_of, kind_of, outcome_of

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_ID = re.compile(r"\s*\{#([A-Za-z][A-Za-z0-9_\-]{0,63})\}")
_KIND = re.compile(r"\s*[(\[]([^()\[\]]{2,30})[)\]]\s*$")
_ITEM = re.compile(r"^(\s*)(?:[-*+]|\d{1,3}[.)])\s+(.*)$")
_MARKED = re.compile(r"^\[([ xX✓✔])\]\s+(.*)$")
_SAYS = re.compile(
    r"^\*{0,2}([^\s*:：>#\-][^*:：\n]{0,40}?)\*{0,2}(?:\s*[(\[]([^()\[\]]{1,30})[)\]])?\*{0,2}\s*[:：]\*{0,2}\s+(\S.*)$"
)
_ARROW_FIRST = re.compile(r"^\s*(?:->|=>|→|⇒)\s*(\S.*)$")
_NUMBERED = re.compile(r"^\d{1,4}[.)]\s+")
_LONGEST_LINE = 20_000
_ATTRIBUTES = ("then", "feedback", "better", "when", "points", "changes")


class Outline:
    """Reads lines; `rows` gives what they say. `level` is the depth of the headings that are scenes."""

    def __init__(self, report: Report, level: int) -> None:
        self.report = report
        self.level = level
        self.place = ""
        self.scene: dict[str, str] | None = None
        # What stands in the scene, in order: ("say", cells) or ("words", text).
        self.said: list[tuple[str, dict[str, str]]] = []
        self.items: list[Row] = []
        self.words: list[str] = []
        self.has_title = False

    def rows(self, lines: Iterator[tuple[int, str]]) -> Iterator[Row]:
        """Yield the rows of all lines."""
        for number, line in lines:
            self.place = f"line {number}"
            heading = _HEADING.match(line[:2_000])
            if heading and len(heading[1]) < self.level:
                yield from self._close()
                yield from self._upper(heading[2])
            elif heading:
                yield from self._close()
                self._open(heading[2])
            else:
                self._line(line)
        yield from self._close()

    def _upper(self, text: str) -> Iterator[Row]:
        if not self.has_title:
            self.has_title = True
            yield Row(cells={"part": "scenario", "title": text}, place=self.place)
        else:
            self.report.changed(self.place, f"The heading “{shortened(text)}” parts chapters; scenes have none.")

    def _open(self, text: str) -> None:
        cells: dict[str, str] = {"part": "scene"}
        if match := _ID.search(text):
            cells["scene"] = match[1]
            text = text[: match.start()] + text[match.end() :]
        if (match := _KIND.search(text)) and (kind_of(match[1]) or outcome_of(match[1])):
            cells["kind"] = match[1]
            text = text[: match.start()]
        title = _NUMBERED.sub("", text).strip() or text.strip()
        name = slug(title) or title or f"scene at {self.place}"
        self.scene = {"scene": name, "title": title, **cells, "place": self.place}

    def _line(self, line: str) -> None:
        item = _ITEM.match(line)
        stripped = line.strip()
        if not stripped:
            self._end_words()
        elif self.scene is None:
            self.report.dropped(self.place, f"“{shortened(stripped)}” stands before the first scene.")
        elif self.items and (line[:1] in (" ", "\t") or stripped.startswith(">")) and not _is_choice(line):
            self._attribute(item[2] if item else stripped.lstrip("> ").strip())
        elif len(line) > _LONGEST_LINE:
            self.words.append(stripped)
        elif item:
            self._end_words()
            self._item(item[2].strip())
        elif (arrow := _ARROW_FIRST.match(line)) and not self.items:
            self._end_words()
            self._goto(arrow[1])
        else:
            self._plain(stripped)

    def _plain(self, stripped: str) -> None:
        said = _SAYS.match(stripped)
        label = column_of(said[1]) if said else ""
        if said and label in ("goto", "kind", "points") and not said[2]:
            self._end_words()
            self._labelled(label, said[3])
        elif said and len(said[1].split()) <= 4:
            self._end_words()
            mood = {"mood": said[2]} if said[2] else {}
            self.said.append(("say", {"who": said[1].strip(), "text": said[3], **mood}))
        else:
            self.words.append(stripped.removeprefix("> "))

    def _labelled(self, label: str, value: str) -> None:
        if self.scene is None:
            return
        if label == "goto":
            self._goto(value)
        else:
            self.scene[label] = value

    def _goto(self, target: str) -> None:
        if self.scene is not None and self.scene.get("goto"):
            self.report.dropped(self.place, f"A second way on to “{shortened(target)}”.", "Make it a choice.")
        elif self.scene is not None:
            self.scene["goto"] = target_of(target)

    def _end_words(self) -> None:
        if self.words:
            self.said.append(("words", {"text": "\n".join(self.words)}))
            self.words = []

    def _item(self, text: str) -> None:
        name = (self.scene or {}).get("scene", "")
        if match := _MARKED.match(text):
            cells = {
                "part": "option",
                "scene": name,
                "text": match[2],
                "points": "wrong" if match[1] == " " else "right",
            }
            self.items.append(Row(cells=cells, place=self.place))
            return
        self.items.append(read_choice(text, Row(cells={"part": "choice", "scene": name}, place=self.place)))

    def _attribute(self, text: str) -> None:
        row = self.items[-1]
        label, colon, value = text.partition(":")
        column = column_of(label.strip(" *_")) if colon else ""
        if column in _ATTRIBUTES and value.strip():
            append(row.cells, column, value.strip(" *_"), "\n" if column in ("then", "feedback", "better") else "; ")
        elif (arrow := _ARROW_FIRST.match(text)) and not row.cells.get("goto"):
            row.cells["goto"] = target_of(arrow[1])
        else:
            append(row.cells, "feedback" if row.cells["part"] == "option" else "then", text, "\n")

    def _close(self) -> Iterator[Row]:
        self._end_words()
        if self.scene is not None:
            yield from self._scene_rows(self.scene)
            yield from self.items
        self.scene, self.said, self.items = None, [], []

    def _scene_rows(self, scene: dict[str, str]) -> Iterator[Row]:
        place = scene.pop("place")
        if all(kind == "words" for kind, _ in self.said):
            scene["text"] = "\n\n".join(cells["text"] for _, cells in self.said)
            self.said = []
        elif self.items and self.said[-1][0] == "words":
            scene["text"] = self.said.pop()[1]["text"]
        yield Row(cells={name: value for name, value in scene.items() if value}, place=place)
        for _, cells in self.said:
            yield Row(cells={"part": "beat", "scene": scene["scene"], **cells}, place=place)


def _is_choice(line: str) -> bool:
    item = _ITEM.match(line)
    return bool(item) and len((item[1] if item else "").expandtabs(4)) < 2
