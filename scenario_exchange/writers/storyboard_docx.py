"""The storyboard as a Word document: real headings, tables, links between scenes, and the sign-off box."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import msgspec

from scenario_engine.document import Question, Reply, Roleplay, Scenario
from scenario_exchange.formats import MissingLibrary
from scenario_exchange.imported import Report
from scenario_exchange.writers.back import tell_word
from scenario_exchange.writers.board.build import board
from scenario_exchange.writers.board.parts import (
    Authored,
    Board,
    Cell,
    Fields,
    Heading,
    Piece,
    SceneLink,
    SignOff,
    Table,
    Text,
)
from scenario_exchange.writers.exported import Job, MissingExtra

# What the reader of our storyboards passes over, by field.
_OF_QUESTIONS = {"answers": "accepted answers", "pairs": "pairs", "items": "order", "hints": "hints"}
_OF_SCENARIOS = {"objectives": "objectives", "scoring": "scoring", "safety": "safety", "glossary": "glossary"}


def write_storyboard_docx(job: Job, report: Report) -> bytes:
    """Return the document with the storyboards of all scenarios. Raises MissingExtra."""
    try:
        from scenario_exchange.writers.word import Word
    except MissingLibrary as error:
        raise MissingExtra(error.library) from error
    boards = [board(scenario, job.versions.get(scenario.id, "")) for scenario in job.scenarios]
    word = Word(job.course.title if job.course else boards[0].title, boards[0])
    for number, each in enumerate(boards):
        if number:
            word.page_break()
        _WordBoard(word, each, f"s{number}").write()
        report.kept(each.title, f"{len(each.names)} scenes, as headings and tables.")
    report.changed(
        boards[0].title,
        "Read back in, it gives scenes, lines, choices, points, changes, conditions, feedback; the rest is to be read.",
        "Export a course pack to keep everything.",
    )
    for scenario in job.scenarios:
        _name_losses(scenario, report)
    for key in sorted(job.media):
        report.changed(key, "Named in the storyboard, not shown in it.")
    out = io.BytesIO()
    word.save(out)
    tell_word(boards[0].title, out.getvalue(), report)
    return out.getvalue()


def _name_losses(scenario: Scenario, report: Report) -> None:
    """Name what stands in the document to be read and is not taken from it again, scene by scene."""
    hint = "Export a course pack to keep it."
    for scene in scenario.scenes:
        place = scene.title or scene.id
        if isinstance(scene, Roleplay):
            report.dropped(
                place, "Its role-play (who plays whom, ends, goals, lines) is not read back: it becomes a page.", hint
            )
        if isinstance(scene, Reply | Roleplay) and scene.criteria:
            report.dropped(place, f"Its criteria ({len(scene.criteria)}) are not read back.", hint)
        elif isinstance(scene, Question) and (lost := _filled(scene, _OF_QUESTIONS)):
            report.dropped(place, f"Not read back: its {lost}.", hint)
    title = scenario.title or scenario.id
    if scenario.criteria:
        report.dropped(title, f"Its {len(scenario.criteria)} criteria with their levels are not read back.", hint)
    if lost := _filled(scenario, _OF_SCENARIOS):
        report.dropped(title, f"Not read back: its {lost}.", hint)


def _filled(part: Scenario | Question, fields: Mapping[str, str]) -> str:
    """Return the words for the fields that hold something."""
    return ", ".join(word for field, word in fields.items() if msgspec.to_builtins(getattr(part, field)))


class _WordBoard:
    """Lays one storyboard out; `prefix` keeps the bookmarks of several apart."""

    def __init__(self, word: Any, of: Board, prefix: str) -> None:
        self.word = word
        self.board = of
        self.prefix = prefix
        self.marks = {scene: f"{prefix}_{number}" for number, scene in enumerate(of.names)}

    def write(self) -> None:
        """Write the board."""
        self.word.heading(0, self.board.title)
        for part in self.board.parts:
            if isinstance(part, Heading):
                mark = self.marks.get(part.scene, "") if part.scene else ""
                self.word.heading(part.level - 1, part.text, mark)
            elif isinstance(part, Fields):
                self.word.table([], [[[label], cell] for label, cell in part.rows], [25, 75], self.fill)
            elif isinstance(part, Table):
                self.word.table(part.head, part.rows, part.widths, self.fill, caption=part.caption)
            elif isinstance(part, Text):
                for piece in part.cell:
                    self.piece(self.word.paragraph(), piece)
            else:
                self._sign_off(part)

    def fill(self, cell: Any, content: Cell | list[str]) -> None:
        """Put pieces into a cell, each a paragraph."""
        first = True
        for piece in content:
            paragraphs = self.word.cell_paragraphs(cell, first)
            first = False
            if isinstance(piece, str):
                self.word.run(paragraphs(), piece, bold=True)
            elif isinstance(piece, Authored):
                self.word.authored(paragraphs, piece.text, piece.label)
            else:
                self.piece(paragraphs(), piece)

    def piece(self, paragraph: Any, piece: Piece) -> None:
        """Write one piece into a paragraph."""
        if piece.label:
            self.word.run(paragraph, f"{piece.label}: ", style="Storyboard label")
        if isinstance(piece, SceneLink):
            name = self.board.names.get(piece.scene)
            if name:
                self.word.link(paragraph, name, self.marks[piece.scene])
            else:
                self.word.run(paragraph, piece.scene, style="Storyboard id")
        elif isinstance(piece, Authored):
            self.word.run(paragraph, piece.text)
        else:
            self.word.run(paragraph, piece.text, style="Storyboard id" if piece.is_id else "")

    def _sign_off(self, part: SignOff) -> None:
        self.word.page_break()
        self.word.heading(1, part.title)
        self.word.run(self.word.paragraph(), part.statement)
        self.word.run(self.word.paragraph(), f"{self.board.title} · {self.board.version} · {self.board.digest[:16]}")
        rows: list[list[Any]] = [[[part.corrections], []]] + [[[line], []] for line in part.lines]
        self.word.table([], rows, [25, 75], self.fill, tall=True)
