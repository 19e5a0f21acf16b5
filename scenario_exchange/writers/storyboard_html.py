"""The storyboard as one HTML page to read, print and sign: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from scenario_engine.rich import rich
from scenario_exchange.imported import Report
from scenario_exchange.writers.board.build import board
from scenario_exchange.writers.board.labels import is_right_to_left, labels_for
from scenario_exchange.writers.board.parts import (
    Authored,
    Board,
    BoardPart,
    Cell,
    Fields,
    Heading,
    Piece,
    SceneLink,
    SignOff,
    Table,
    Text,
)
from scenario_exchange.writers.exported import Job

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_TAGS = {"b": "strong", "i": "em", "code": "code"}
_BLOCKS = {"p": "p", "h": "p", "quote": "blockquote"}


def write_storyboard_html(job: Job, report: Report) -> bytes:
    """Return one page that holds the storyboards of all scenarios."""
    boards = [board(scenario, job.versions.get(scenario.id, "")) for scenario in job.scenarios]
    for each in boards:
        report.kept(each.title, f"{len(each.names)} scenes, for reading: a storyboard page is not imported again.")
    for key in sorted(job.media):
        report.changed(key, "Named in the storyboard, not shown in it.")
    title = job.course.title if job.course else boards[0].title
    return "".join(_page(title, boards)).encode()


@cache
def _style() -> str:
    return (files("scenario_exchange.writers.board") / "style.css").read_text("utf-8")


def _page(title: str, boards: list[Board]) -> Iterator[str]:
    language = boards[0].language
    yield f'<!DOCTYPE html>\n<html lang="{escape(language)}" dir="{_direction(language)}">\n'
    yield '<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{_words(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
    for number, each in enumerate(boards, 1):
        yield from _HtmlBoard(each, f"s{number}-" if len(boards) > 1 else "").html()
    yield "</body>\n</html>\n"


def _direction(language: str) -> str:
    return "rtl" if is_right_to_left(language) else "ltr"


def _words(text: str) -> str:
    """Escape words; characters that HTML cannot hold show as the replacement sign."""
    clean = "".join(char if char in "\n\t" or char >= " " else "\ufffd" for char in text)
    return escape(clean)


class _HtmlBoard:
    """One storyboard; `prefix` keeps the anchors of several apart."""

    def __init__(self, of: Board, prefix: str) -> None:
        self.board = of
        self.prefix = prefix
        self.label = labels_for(of.language)
        foreign = of.label_language != of.language.split("-")[0].lower()
        self.label_lang = f' lang="{of.label_language}" dir="ltr"' if foreign else ""

    def html(self) -> Iterator[str]:
        """Yield the markup."""
        of = self.board
        yield f'<main lang="{escape(of.language)}" dir="{_direction(of.language)}">\n<h1>{_words(of.title)}</h1>\n'
        scene_open = False
        for part in of.parts:
            ends = scene_open and isinstance(part, SignOff | Heading)
            if ends:
                yield "</section>\n"
                scene_open = False
            if isinstance(part, Heading) and part.scene:
                yield f'<section class="scene" aria-labelledby="{self.prefix}scene-{escape(part.scene)}">\n'
                scene_open = True
            yield from self._part(part)
        yield "</main>\n"

    def _part(self, part: BoardPart) -> Iterator[str]:
        if isinstance(part, Heading):
            yield from self._heading(part)
        elif isinstance(part, Fields):
            yield from self._fields(part)
        elif isinstance(part, Table):
            yield from self._table(part)
        elif isinstance(part, Text):
            yield self._cell(part.cell)
        else:
            yield from self._sign_off(part)

    def _heading(self, part: Heading) -> Iterator[str]:
        if part.scene:
            yield f'<h3 id="{self.prefix}scene-{escape(part.scene)}">{_words(part.text)}</h3>\n'
            return
        is_scenes = part.level == 2 and part.text == self.label("Scenes")
        pages = ' class="pages"' if is_scenes else ""
        yield f"<h{part.level}{pages}{self.label_lang if part.level == 2 else ''}>{_words(part.text)}</h{part.level}>\n"
        if is_scenes:
            yield f'<nav aria-label="{escape(part.text)}"><ol>'
            for scene, name in self.board.names.items():
                yield f'<li><a href="#{self.prefix}scene-{escape(scene)}">{_words(name)}</a></li>'
            yield "</ol></nav>\n"

    def _fields(self, part: Fields) -> Iterator[str]:
        yield '<div class="scroll"><table class="fields"><tbody>\n'
        for label, cell in part.rows:
            yield f'<tr><th scope="row"{self.label_lang}>{_words(label)}</th><td>{self._cell(cell)}</td></tr>\n'
        yield "</tbody></table></div>\n"

    def _table(self, part: Table) -> Iterator[str]:
        name = _words(part.caption)
        yield f'<div class="scroll wide" role="region" tabindex="0" aria-label="{name}">'
        yield f"<table><caption>{name}</caption>"
        if part.widths:
            yield "<colgroup>" + "".join(f'<col width="{width}%">' for width in part.widths) + "</colgroup>"
        heads = "".join(f'<th scope="col"{self.label_lang}>{_words(each)}</th>' for each in part.head)
        yield f"<thead><tr>{heads}</tr></thead><tbody>\n"
        for row in part.rows:
            yield "<tr>" + "".join(f"<td>{self._cell(cell)}</td>" for cell in row) + "</tr>\n"
        yield "</tbody></table></div>\n"

    def _sign_off(self, part: SignOff) -> Iterator[str]:
        yield f'<section class="sign-off"{self.label_lang}><h2>{_words(part.title)}</h2>'
        yield f"<p>{_words(part.statement)}</p>"
        named = f"{_words(self.board.title)} · {_words(self.board.version)}"
        yield f'<p>{named} · <code dir="ltr">{self.board.digest[:16]}</code></p>'
        yield f"<p>{_words(part.corrections)}</p>" + '<div class="blank"></div>' * 3 + "<dl>"
        yield "".join(f"<dt>{_words(line)}</dt><dd></dd>" for line in part.lines)
        yield "</dl></section>\n"

    def _cell(self, cell: Cell) -> str:
        return "".join(self._piece(piece) for piece in cell)

    def _piece(self, piece: Piece) -> str:
        label = f'<span class="label">{_words(piece.label)}:</span> ' if piece.label else ""
        if isinstance(piece, SceneLink):
            name = self.board.names.get(piece.scene)
            shown = _words(name or piece.scene)
            link = (
                f'<a href="#{self.prefix}scene-{escape(piece.scene)}">{shown}</a>' if name else f"<code>{shown}</code>"
            )
            return f"<p>{label}{link}</p>"
        if isinstance(piece, Authored):
            return _tree(rich(piece.text), label)
        shown = f'<span class="id" dir="ltr">{_words(piece.text)}</span>' if piece.is_id else _words(piece.text)
        return f"<p>{label}{shown}</p>"


def _tree(tree: Any, label: str = "") -> str:
    """Return the markup of a parsed text; the label stands inside its first paragraph."""
    parts: list[str] = []
    if label and (not tree or tree[0]["t"] not in ("p", "h")):
        parts.append(f"<p>{label}</p>")
        label = ""
    for block in tree:
        kind = block["t"]
        if kind in ("ul", "ol"):
            items = "".join(f"<li>{_tree(item)}</li>" for item in block["c"])
            parts.append(f"<{kind}>{items}</{kind}>")
        elif kind == "hr":
            parts.append("<hr>")
        else:
            inner = "".join(map(_inline, block["c"]))
            inner = f"<strong>{inner}</strong>" if kind == "h" else inner
            parts.append(f"<{_BLOCKS[kind]}>{label}{inner}</{_BLOCKS[kind]}>")
            label = ""
    return "".join(parts)


def _inline(part: Any) -> str:
    if isinstance(part, str):
        return _words(part)
    kind = part["t"]
    if kind == "br":
        return "<br>"
    inner = "".join(map(_inline, part["c"]))
    if kind == "a":
        return f'<a href="{escape(part["href"])}" rel="noreferrer">{inner}</a>'
    return f"<{_TAGS[kind]}>{inner}</{_TAGS[kind]}>" if kind in _TAGS else f"<u>{inner}</u>"
