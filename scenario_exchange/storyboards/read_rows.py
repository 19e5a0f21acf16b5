"""Rows to a document: a table of our own comes back exactly, one made by hand is completed, and each guess is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scenario_exchange.imported import Document, ImportRefused, Report, shortened
from scenario_exchange.storyboards.bounds import MAX_ROWS
from scenario_exchange.storyboards.complete import complete
from scenario_exchange.storyboards.draft import Draft, SceneDraft
from scenario_exchange.storyboards.item import read_item
from scenario_exchange.storyboards.naming import fold, make_id
from scenario_exchange.storyboards.row import CHOICE, Row, trimmed
from scenario_exchange.storyboards.words import kind_of, outcome_of, part_of


def read_rows(rows: Iterable[Row], name: str, report: Report, *, is_own: bool = False) -> Document:
    """Return the document that the rows describe; `name` is its title when no row says one. Raises ImportRefused.

    Rows that our own writers made (`is_own`) define every name themselves: nothing is added to them.
    """
    reader = _RowReader(Draft(report))
    for count, row in enumerate(rows):
        if count >= MAX_ROWS:
            raise ImportRefused("import.too-large", f"There are more than {MAX_ROWS:,} rows.", "Split the storyboard.")
        reader.row(row)
    if not reader.draft.scenes:
        hint = "Name the columns in the first row: scene, text, choice, goto. See the template."
        raise ImportRefused("import.structure", "No row describes a scene.", hint)
    return complete(reader.draft, name, is_own=is_own)


class _RowReader:
    """Keeps the scene that rows without one belong to."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.scene: SceneDraft | None = None
        self.item: dict[str, Any] | None = None

    def row(self, row: Row) -> None:
        """Take in one row."""
        if not any(cell.strip() for cell in row.cells.values()) and not row.more:
            return
        said = row.get("part")
        part = part_of(said) if said else ""
        if said and not part:
            self.draft.report.changed(
                row.place, f"“{shortened(said)}” is no part of a scene; the row was read as if it said none."
            )
        if part == "scenario":
            self._scenario(row)
        elif part == "setting":
            self._setting(row)
        elif part == "scene":
            self._open(row)
        elif part:
            self._add(part, row)
        else:
            self._plain(row)

    def _scenario(self, row: Row) -> None:
        head = self.draft.head
        for column, field in (("id", "id"), ("title", "title"), ("text", "summary")):
            if row.get(column):
                head[field] = row.get(column)
        self._unused(row, ("part", "id", "title", "text"))
        head.update(row.more)

    def _setting(self, row: Row) -> None:
        value = row.more.get("value", row.get("text"))
        section, dot, key = row.get("id").partition(".")
        if not section or section in ("scenes", "format") or (not value and "value" not in row.more):
            self.draft.report.dropped(
                row.place, f"A setting “{shortened(row.get('id'))}” is not known or has no value."
            )
        elif dot:
            holder = self.draft.head.setdefault(section, {})
            if isinstance(holder, dict):
                holder[key] = value
        else:
            self.draft.head[section] = value

    def _plain(self, row: Row) -> None:
        """A row that does not say what it is: a scene where it names a new one, else a choice or a beat."""
        named = row.get("scene")
        new = bool(named) and (self.scene is None or fold(named) != fold(self.scene.called))
        if new and fold(named) in self.draft.by_name:
            self.scene, self.item, new = self.draft.by_name[fold(named)], None, False
        if row.get(CHOICE):
            if new:
                self._open(row, without=("goto", "points", "changes", "when", "feedback", "better", "id"))
            elif row.get("text") and not self._is_its_text(row):
                self._add("beat", row, only=("who", "mood", "text"))
            self._add("choice", row, text=row.get(CHOICE), without=("who", "mood", "title", "kind", "text"))
        elif new:
            self._open(row)
        elif row.get("text"):
            self._add("beat", row)
        elif row.get("goto") and self.scene is not None:
            self._goto(row)
        else:
            self._unused(row, ("scene",))

    def _is_its_text(self, row: Row) -> bool:
        """A sheet may repeat what the scene says on the row of each choice."""
        return self.scene is not None and row.get("text") in (
            self.scene.cells.get("text"),
            *(beat.get("text") for beat in self.scene.lists.get("beat", [])),
        )

    def _open(self, row: Row, without: tuple[str, ...] = ()) -> None:
        report = self.draft.report
        called = row.get("scene") or row.get("title") or f"scene {len(self.draft.scenes) + 1}"
        cells = {name: trimmed(name, cell) for name, cell in row.cells.items() if name not in without and cell.strip()}
        kind = kind_of(cells.get("kind", ""))
        outcome = outcome_of(cells.get("kind", "")) if not kind else ""
        if cells.get("kind") and not kind and not outcome:
            report.changed(
                row.place, f"“{shortened(cells['kind'])}” is no kind of scene; it was chosen by what the scene holds."
            )
        name = make_id(called, self.draft.taken, f"scene_{len(self.draft.scenes) + 1}", self.draft.numbers)
        if fold(called) in self.draft.by_name:
            report.changed(row.place, f"The scene “{shortened(called)}” stands twice; this one is called “{name}”.")
        fields = {field: value for field, value in row.more.items() if field not in ("id", "kind")}
        if outcome:
            kind, fields = "ending", {"outcome": outcome, **fields}
        self.scene = SceneDraft(id=name, called=called, kind=kind, cells=cells, fields=fields, place=row.place)
        self.item = None
        self.draft.add(self.scene)
        used = ("scene", "kind", "part", "title", "who", "mood", "text", "goto", "points", "more", CHOICE, "id")
        self._unused(row, (*used, *without))
        if cells.get("who") and cells.get("text"):
            self._add("beat", row, only=("who", "mood", "text"))
            del cells["text"]

    def _add(
        self, part: str, row: Row, *, text: str = "", only: tuple[str, ...] = (), without: tuple[str, ...] = ()
    ) -> None:
        if self.scene is None or (row.get("part") and row.get("scene") and row.get("scene") != self.scene.id):
            self.scene = self.draft.by_name.get(fold(row.get("scene")))
            self.item = None
        if self.scene is None:
            self.draft.report.dropped(row.place, "The row belongs to no scene.", "Name the scene in the first column.")
            return
        cells = {
            name: trimmed(name, cell)
            for name, cell in row.cells.items()
            if cell.strip() and name not in without and (not only or name in only)
        }
        if text:
            cells["text"] = text
        item = read_item(part, cells, {} if only else dict(row.more), row.place, self.draft)
        if part == "then":
            if self.item is None:
                self.draft.report.dropped(
                    row.place, "A reaction without a choice above it.", "Put it below its choice."
                )
                return
            self.item.setdefault("then", []).append(item)
            return
        self.scene.lists.setdefault(part, []).append(item)
        if part != "beat":
            self.item = item

    def _goto(self, row: Row) -> None:
        if self.scene is None:
            return
        if self.scene.cells.get("goto"):
            self.draft.report.dropped(
                row.place, f"A second way on to “{shortened(row.get('goto'))}”.", "Make it a choice."
            )
        else:
            self.scene.cells["goto"] = row.get("goto")

    def _unused(self, row: Row, used: tuple[str, ...]) -> None:
        for column, cell in row.cells.items():
            if cell.strip() and column not in used:
                self.draft.report.dropped(row.place, f"“{shortened(cell)}” in the column “{column}” has no place here.")
