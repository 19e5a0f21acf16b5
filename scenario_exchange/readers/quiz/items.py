"""A question as every quiz format has it. Texts are authored text already: the readers have quoted what is foreign."""

from __future__ import annotations

from typing import Literal

import msgspec

ItemKind = Literal["single", "multiple", "numeric", "short_text", "ordering", "matching", "essay", "page"]


class QuizOption(msgspec.Struct, kw_only=True):
    """An option with its share of the full points; below zero it takes points away where it comes from."""

    text: str
    share: float = 0
    feedback: str = ""


class QuizAnswer(msgspec.Struct, kw_only=True):
    """An accepted answer of a numeric or short-text question."""

    share: float = 1
    value: float | None = None
    tolerance: float = 0
    words: list[str] = []
    feedback: str = ""


class QuizItem(msgspec.Struct, kw_only=True):
    """A question, or a text between questions (`page`)."""

    name: str
    kind: ItemKind
    prompt: str
    place: str = ""
    points: float = 1
    category: str = ""
    options: list[QuizOption] = []
    answers: list[QuizAnswer] = []
    pairs: list[tuple[str, str]] = []
    extra_right: list[str] = []
    ordered: list[str] = []
    hints: list[str] = []
    # Share of the points that each further try costs.
    penalty: float = 0
    tries: int = 1
    shuffle: bool = False
    # Whether a part of the right answer earns a part of the points.
    partial: bool = True
    unit: str = ""
    # What is told whatever was answered; after the fully right answer; after any other.
    feedback: str = ""
    told_right: str = ""
    told_wrong: str = ""
    # What an answer that nobody listed is told, and its share of the points.
    no_match: str = ""
    no_match_share: float = 0
    max_characters: int | None = None
    note: str = ""
    # Keys of media of the draft with their words.
    media: list[tuple[str, str]] = []
