"""Our own storyboard, read back from Word: the parts that can be edited there. What is for reading alone is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenario_exchange.detect import Peek
from scenario_exchange.imported import Report
from scenario_exchange.readers.docx_parts import Grid, Line
from scenario_exchange.readers.quiz.numbers import number_in
from scenario_exchange.storyboards.naming import is_id
from scenario_exchange.storyboards.row import Row
from scenario_exchange.storyboards.words import column_of
from scenario_exchange.writers.board.labels import english_of

# Lines of a scene's table that follow from the rest of the document.
_DERIVED = ("Reached from", "Scene", "Kind", "Outcome", "Text", "Question", "Leads to", "Note for authors", "Moment")
_SETTINGS = frozenset(
    {
        *(
            "shuffle",
            "counting",
            "cap",
            "counts",
            "feedback",
            "type",
            "competency",
            "points",
            "partial",
            "tries",
            "done",
        ),
        *("confidence", "retry_credit", "bonus", "hide_criteria", "max_characters", "completes", "inside"),
    }
)
_PARTS = {
    ("Choice", "Leads to", "Points", "Feedback"): "choice",
    ("Choice", "Leads to"): "choice",
    ("Who", "Mood", "Text", "When"): "beat",
    ("Option", "Points", "Feedback"): "option",
    ("When", "Changes", "Leads to"): "rule",
    ("Sample", "Changes", "Leads to"): "sample",
}


class BoardReader:
    """Walks the parts of one document."""

    def __init__(self, parts: list[Line | Grid], report: Report, peek: Peek) -> None:
        self.parts = parts
        self.report = report
        self.peek = peek
        self.heading = ""
        self.scene = ""
        self.kind = ""
        # The row of the scene that tables belong to.
        self.open = Row(cells={})
        self.marks = self._marked_scenes()

    def _marked_scenes(self) -> dict[str, str]:
        """Return which scene each bookmark stands for: that of the table below its heading."""
        found: dict[str, str] = {}
        marks: list[str] = []
        for part in self.parts:
            if isinstance(part, Line) and part.level:
                marks = part.marks
            elif isinstance(part, Grid) and marks and part.rows and len(part.rows[0]) == 2 and part.rows[0][1]:
                found.update(dict.fromkeys(marks, " ".join(part.rows[0][1][0].ids)))
                marks = []
        return found

    def rows(self) -> list[Row]:
        """Return the rows of the scenes."""
        found: list[Row] = []
        for row in self._rows():
            if row.cells.get("part") == "scene":
                self.open = row
            found.append(row)
        return found

    def _rows(self) -> Iterator[Row]:
        settings: dict[str, dict[str, Any]] = {}
        for part in self.parts:
            self.peek.check_time()
            if isinstance(part, Line):
                if part.level:
                    self.heading = part.text
                    self.scene = "" if part.level < 3 else self.scene
                continue
            head = tuple(english_of(_words(cell)) for cell in part.rows[0]) if part.rows else ()
            if len(head) == 2 and head[0] == "Scene" and part.rows[0][1]:
                yield self._scene(part)
            elif self.scene and head in _PARTS:
                yield from self._items(part, _PARTS[head])
            elif not self.scene and head[:1] in (("Name",), ("Competency",), ("Id",)):
                yield from _settings(part, head, settings)
            elif not self.scene and any(english_of(_words(row[0])) == "Scenario id" for row in part.rows if row):
                yield from self._about(part)
            elif self.scene and head[:1] == ("Otherwise",) and len(part.rows[0]) == 2:
                yield Row(cells={"scene": self.scene, "goto": self._target(part.rows[0][1])}, place=self.heading)
            elif self.scene and head == ("Prompt", "Kind", "Settings"):
                self.open.more["prompts"] = [_prompt(row, number) for number, row in enumerate(part.rows[1:], 1)]
            elif self.scene:
                self.report.dropped(self.heading, f"The table “{_words(part.rows[0][0])}” is for reading only.")
            else:
                self.report.dropped(self.heading or "the first page", "This part is for reading only.")

    def _about(self, grid: Grid) -> Iterator[Row]:
        for row in grid.rows:
            label = english_of(_words(row[0]))
            if label == "Scenario id" and len(row) > 1 and row[1]:
                yield Row(cells={"part": "scenario", "id": " ".join(row[1][0].ids)}, place="the first page")
            elif label == "Summary":
                yield Row(cells={"part": "scenario", "text": _text(row[1])}, place="the first page")
            elif label == "Language":
                yield Row(cells={"part": "setting", "id": "language", "text": _words(row[1])}, place="the first page")
            elif label == "Minutes" and _words(row[1]).isdecimal():
                value = int(_words(row[1])[:4])
                yield Row(cells={"part": "setting", "id": "minutes"}, more={"value": value}, place="the first page")

    def _scene(self, grid: Grid) -> Row:
        said = {english_of(_words(row[0])): row[1] for row in grid.rows if len(row) == 2}
        self.scene = " ".join(said["Scene"][0].ids) or _words(said["Scene"])
        self.kind = _words(said.get("Kind", []))
        title = self.heading.partition(". ")[2] or self.heading
        cells = {"part": "scene", "scene": self.scene, "kind": self.kind, "text": ""}
        cells["text"] = _text(said.get("Text", [])) or _text(said.get("Question", []))
        if title != self.scene:
            cells["title"] = title
        if goto := self._target(said.get("Leads to", [])):
            cells["goto"] = goto
        more: dict[str, Any] = {}
        if outcome := _words(said.get("Outcome", [])):
            more["outcome"] = outcome
        if moment := " ".join(each for line in said.get("Moment", []) for each in line.ids):
            more["moment"] = moment
        if note := _text(said.get("Note for authors", [])):
            more["note"] = note
        limit = said.pop("Time limit", [])
        choice = " ".join(each for line in limit for each in line.ids)
        if (seconds := number_in(_text(limit).partition(" ")[0], None)) and choice:
            more["timed"] = {"seconds": int(seconds), "on_timeout": choice}
        for line in said.pop("Settings", []):
            name = line.label.replace(" ", "_")
            if name in _SETTINGS and line.text:
                more[name] = _setting(line.text)
            else:
                self.report.dropped(self.heading, f"“{line.label}: {line.text[:80]}” is for reading only.")
        for label in said:
            if label not in _DERIVED:
                self.report.dropped(self.heading, f"“{label}: {_words(said[label])[:80]}” is for reading only.")
        return Row(cells={name: cell for name, cell in cells.items() if cell}, more=more, place=self.heading)

    def _target(self, cell: list[Line]) -> str:
        for line in cell:
            for link in line.links:
                if link in self.marks:
                    return self.marks[link]
            if line.ids:
                return line.ids[0]
        text = _words(cell)
        return "" if english_of(text) == "Nowhere yet" else text

    def _items(self, grid: Grid, part: str) -> Iterator[Row]:
        columns = [column_of(_words(cell)) for cell in grid.rows[0]]
        for number, row in enumerate(grid.rows[1:], 2):
            place = f"{self.heading}, row {number}"
            if part == "rule" and row and english_of(_words(row[0])) == "Otherwise":
                yield Row(cells={"scene": self.scene, "goto": self._target(row[-1])}, place=place)
                continue
            made = Row(cells={"part": part, "scene": self.scene}, place=place)
            reactions: list[Row] = []
            for column, cell in zip(columns, row, strict=False):
                self._cell("text" if column in ("choice", "") else column, cell, made, reactions)
            if made.cells.get("who") and english_of(made.cells["who"]) == "Narration":
                del made.cells["who"]
            if part == "option":
                made.cells.pop("goto", None)
            yield made
            yield from reactions

    def _cell(self, column: str, cell: list[Line], made: Row, reactions: list[Row]) -> None:
        if column == "goto":
            made.cells["goto"] = self._target(cell)
            return
        for line in cell:
            label = column_of(line.label) if line.label else column
            if line.ids and not line.text and (label == "when" or column == "when"):
                made.cells["when"] = " ".join(line.ids)
            elif line.ids and not line.text and is_id(line.ids[0]):
                made.cells["who" if column == "who" else "id"] = line.ids[0]
            elif label == "then":
                reactions.append(_reaction(line.text, self.scene, made.place))
            elif column == "text" and english_of(line.text.partition(",")[0]) == "Only once" and made.cells.get("text"):
                made.more["once"] = True
            elif column == "text" and line.text in ("first", "last") and made.cells.get("id"):
                made.more["pin"] = line.text
            elif label == "who" and made.cells.get("who"):
                continue
            else:
                before = made.cells.get(label or column, "")
                made.cells[label or column] = f"{before}\n\n{line.text}" if before else line.text


def _reaction(text: str, scene: str, place: str) -> Row:
    cells = {"part": "then", "scene": scene, "text": text}
    who, colon, rest = text.partition(": ")
    if colon and len(who) < 80 and "\n" not in who:
        name, opened, mood = who.removesuffix(")").partition(" (")
        cells |= {"who": name, "text": rest} | ({"mood": mood} if opened else {})
    return Row(cells=cells, place=place)


def _setting(text: str) -> Any:
    if text in ("✓", "–"):
        return text == "✓"
    value = number_in(text, None)
    return text if value is None else int(value) if value.is_integer() else value


def _prompt(row: list[list[Line]], number: int) -> dict[str, Any]:
    kind = _words(row[1]) if len(row) > 1 else ""
    return {
        "id": f"r{number}",
        "type": kind if kind in ("goal", "ask_coach") else "journal",
        "text": _text(row[0]) or "…",
    }


def _settings(grid: Grid, head: tuple[str, ...], seen: dict[str, dict[str, Any]]) -> Iterator[Row]:
    section, make = {
        ("Name", "Role", "About", "Pictures"): ("cast", _member),
        ("Name", "Values", "Start", "Shown as", "Words"): ("variables", _variable),
        ("Competency", "Weight", "Description"): ("competencies", lambda row: {"title": _name(row[0])}),
        ("Id", "Fact"): ("facts", lambda row: {"text": _text(row[1])}),
    }.get(head, ("", None))
    for row in grid.rows[1:] if make else ():
        ids = [each for line in row[0] for each in line.ids] or [_words(row[0])]
        if is_id(ids[0]) and ids[0] not in seen.setdefault(section, {}):
            seen[section][ids[0]] = made = make(row) if make else {}
            yield Row(cells={"part": "setting", "id": f"{section}.{ids[0]}"}, more={"value": made}, place=section)


def _name(cell: list[Line]) -> str:
    return next((line.text for line in cell if line.text), "") or " ".join(each for line in cell for each in line.ids)


def _member(row: list[list[Line]]) -> dict[str, Any]:
    return {"name": _name(row[0]), **({"role": _words(row[1])} if _words(row[1]) else {})}


def _variable(row: list[list[Line]]) -> dict[str, Any]:
    values, start = _words(row[1]), _words(row[2])
    low, dots, high = values.partition(" … ")
    made: dict[str, Any] = (
        {"label": _name(row[0])} if any(line.text for line in row[0]) and any(line.ids for line in row[0]) else {}
    )
    if (show := _words(row[3])) in ("meter", "words"):
        made["show"] = show
    if dots and number_in(low, None) is not None and number_in(high, None) is not None:
        return {
            "type": "number",
            "range": [number_in(low, 0.0), number_in(high, 0.0)],
            "start": number_in(start, 0.0),
            **made,
        }
    if values == "✓ / –":
        return {"type": "flag", "start": start == "✓", **made}
    named = [part.strip() for part in values.split(",") if part.strip()]
    return {"type": "choice", "of": named or ["none"], **({"start": start} if start in named[1:] else {}), **made}


def _words(cell: list[Line]) -> str:
    """Return the words of a cell on one line, ids where there are no words."""
    said = " ".join(line.text for line in cell).replace("**", "")
    return " ".join(said.split()) or " ".join(each for line in cell for each in line.ids)


def _text(cell: list[Line]) -> str:
    return "\n\n".join(line.text for line in cell if line.text)
