"""What a storyboard is made of, whatever it is printed with."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Say(msgspec.Struct, frozen=True):
    """Words as they are; `label` stands before them."""

    text: str
    label: str = ""
    is_id: bool = False


class Authored(msgspec.Struct, frozen=True):
    """Authored text (our Markdown); `label` stands before it."""

    text: str
    label: str = ""


class SceneLink(msgspec.Struct, frozen=True):
    """A way to another scene."""

    scene: str
    label: str = ""


Piece = Say | Authored | SceneLink
Cell = Sequence[Piece]


class Heading(msgspec.Struct, frozen=True):
    """A heading; that of a scene names it, so that links find it."""

    level: int
    text: str
    scene: str = ""


class Fields(msgspec.Struct, frozen=True):
    """Labels with what they say."""

    rows: Sequence[tuple[str, Cell]]
    caption: str = ""


class Table(msgspec.Struct, frozen=True):
    """A table with a head row; `widths` are shares of the page."""

    caption: str
    head: list[str]
    rows: Sequence[Sequence[Cell]]
    widths: list[int] = []


class Text(msgspec.Struct, frozen=True):
    """Paragraphs."""

    cell: Cell


class SignOff(msgspec.Struct, frozen=True):
    """The box that the subject expert fills in by hand."""

    title: str
    statement: str
    corrections: str
    lines: list[str]


BoardPart = Heading | Fields | Table | Text | SignOff


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """One scenario's storyboard."""

    title: str
    language: str
    label_language: str
    version: str
    digest: str
    parts: list[BoardPart]
    # Titles of scenes for links, with their number.
    names: dict[str, str]
