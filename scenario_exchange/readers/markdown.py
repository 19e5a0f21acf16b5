"""Markdown storyboards: headings are scenes, list items choices, `Name: words` a line. See docs/storyboards.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, Report, shortened
from scenario_exchange.plain import read_yaml
from scenario_exchange.storyboards.naming import is_id, slug
from scenario_exchange.storyboards.outline import Outline
from scenario_exchange.storyboards.read_rows import read_rows
from scenario_exchange.storyboards.row import Row

_HEADINGS = re.compile(r"^(#{1,6})\s+\S", re.MULTILINE)
_WAYS = re.compile(r"->|=>|→|⇒|\]\(#|^\s*[-*+] \[[ xX]\] ", re.MULTILINE)
# Marks of other Markdown that mean nothing here: their lines arrive letter by letter.
_NOT_HERE = {
    "A picture": re.compile(r"!\[[^\[\]]{0,200}\]\([^()]{0,300}\)"),
    "HTML": re.compile(r"<(?:/?[a-z][a-z0-9]{0,20}|!--)\b[^<>]{0,200}>", re.IGNORECASE),
    "A table": re.compile(r"^\s{0,3}\|?(?:\s{0,9}:?-{3,99}:?\s{0,9}\|){1,60}"),
    "A block of code": re.compile(r"^\s{0,3}(?:```|~~~).{0,60}"),
}
_TEXTS = ("title", "id", "language", "summary", "audience", "start", "purpose", "credits")
_TABLES = ("competencies", "cast", "variables", "facts", "glossary", "scoring", "safety", "criteria")


def fits(peek: Peek) -> bool:
    """Return whether a text has headings and ways between them."""
    head = peek.head
    if not head or head[0] in "<{[:" or peek.extension in (".yarn", ".yaml", ".yml", ".csv", ".gift"):
        return False
    return len(_HEADINGS.findall(head)) >= 2 and bool(_WAYS.search(head))


def read(peek: Peek) -> Imported:
    """Return the scenario. Raises ImportRefused."""
    report = Report()
    document = read_rows(outline_rows(peek.text, peek, report), PurePosixPath(peek.name).stem, report)
    report.kept(document["title"], f"{len(document['scenes'])} scenes.")
    return Imported(format="markdown", documents=[document], report=report)


def outline_rows(text: str, peek: Peek, report: Report) -> Iterator[Row]:
    """Yield the rows of a Markdown text. Raises ImportRefused."""
    text, first = text.lstrip("\ufeff"), 1
    if text.startswith("---\n") and (end := text.find("\n---", 4)) > 0:
        yield from _head(text[4 : end + 1], peek, report)
        first = text.count("\n", 0, end) + 2
        text = text[end:].partition("\n---")[2].partition("\n")[2]
        first += 1
    lines = _timed(text.split("\n"), first, peek, report)
    yield from Outline(report, _scene_level(text)).rows(lines)


def _timed(lines: list[str], first: int, peek: Peek, report: Report) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, first):
        if number % 500 == 0:
            peek.check_time()
        for name, mark in _NOT_HERE.items():
            if match := mark.search(line):
                what = f"{name} stands as it is typed: “{shortened(match[0], 60)}”."
                report.changed(f"line {number}", what, "Say it in words, or add it in the editor.")
        yield number, line


def _scene_level(text: str) -> int:
    """Return the depth of the headings that are scenes: the one below a single title, else the highest there is."""
    levels = [len(match[1]) for match in _HEADINGS.finditer(text)]
    highest = min(levels, default=1)
    others = [level for level in levels if level > highest]
    return min(others) if levels.count(highest) == 1 and others else highest


def _head(text: str, peek: Peek, report: Report) -> Iterator[Row]:
    told = read_yaml(text, peek.limits, "the first lines") if text.strip() else {}
    for name, value in told.items() if isinstance(told, dict) else ():
        cells = {"part": "setting", "id": str(name)}
        if name in _TEXTS and isinstance(value, str | int | float):
            if name in ("title", "id"):
                yield Row(cells={"part": "scenario", str(name): str(value)}, place="the first lines")
            else:
                yield Row(cells={**cells, "text": str(value)}, place="the first lines")
        elif name == "minutes" and isinstance(value, int):
            yield Row(cells=cells, more={"value": value}, place="the first lines")
        elif name in _TABLES:
            yield from _table(str(name), value, report)
        else:
            report.dropped("the first lines", f"“{shortened(str(name))}” is no setting of a scenario.")


def _table(name: str, value: Any, report: Report) -> Iterator[Row]:
    if isinstance(value, str) and name in ("competencies", "facts", "cast"):
        value = [part.strip() for part in value.split(",")]
    if isinstance(value, list):
        value = {each if is_id(each) else slug(each): each[:1].upper() + each[1:] for each in map(str, value)}
    if not isinstance(value, dict):
        report.dropped("the first lines", f"“{name}” needs a list or names with what they mean.")
        return
    for key, each in value.items():
        made = _defined(name, str(key), each)
        if not is_id(str(key)) or made is None:
            report.dropped("the first lines", f"“{shortened(str(key))}” of “{name}” cannot be read.")
        else:
            yield Row(cells={"part": "setting", "id": f"{name}.{key}"}, more={"value": made}, place="the first lines")


def _defined(name: str, key: str, value: Any) -> Any:
    """Return the definition for the short forms that people write."""
    if name in ("scoring", "safety", "criteria") or isinstance(value, dict):
        return value
    words = str(value)
    if name == "variables":
        return _variable(value, words)
    field = {"competencies": "title", "facts": "text", "cast": "name"}.get(name)
    if field == "name" and "," in words:
        person, _, role = words.partition(",")
        return {"name": person.strip(), "role": role.strip()}
    return {field: words} if field else words


def _variable(value: Any, words: str) -> Any:
    if match := re.fullmatch(r"\s*(-?\d{1,6})\s*\.\.\s*(-?\d{1,6})(?:\s*,\s*(?:start\s*)?(-?\d{1,6}))?\s*", words):
        low, high = int(match[1]), int(match[2])
        start = int(match[3]) if match[3] else low
        return {"type": "number", "range": [low, high], "start": start} if low <= high else None
    if isinstance(value, bool) or words.strip().lower() in ("yes/no", "flag"):
        return {"type": "flag", "start": value is True}
    parts = [part.strip()[:200] for part in re.split(r"[,|/]", words) if part.strip()]
    return {"type": "choice", "of": parts[:50]} if parts else None


MARKDOWN = Reader(
    name="markdown",
    title="Markdown storyboard",
    extensions=(".md", ".markdown", ".txt"),
    fits=fits,
    read=read,
    converts=False,
)
