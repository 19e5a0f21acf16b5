"""The body of a Word document as headings, paragraphs and tables, read from its XML alone: nothing is run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree

from scenario_exchange.imported import ImportRefused
from scenario_exchange.limits import FATTER, Limits
from scenario_exchange.markup import Element, parse_xml
from scenario_exchange.packages import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY, _STYLES, _LINKED = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
_NAME = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_COLUMNS = 60
_PARAGRAPH, _LOOKS, _TEXT = f"{_W}pPr", f"{_W}rPr", f"{_W}t"
_RUN, _LINK, _MARK = f"{_W}r", f"{_W}hyperlink", f"{_W}bookmarkStart"
_BLANKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
LABEL, ID = "storyboardlabel", "storyboardid"


class Line(msgspec.Struct, kw_only=True):
    """A paragraph: its words as Markdown, the label before them, the ids in it, and where its links lead."""

    text: str
    label: str = ""
    ids: list[str] = []
    links: list[str] = []
    level: int = 0
    marks: list[str] = []
    is_item: bool = False


class Grid(msgspec.Struct, kw_only=True):
    """A table: rows of cells of lines."""

    rows: list[list[list[Line]]]


def read_parts(package: Package, limits: Limits) -> Iterator[Line | Grid]:
    """Yield what stands in the body. Raises ImportRefused."""
    if _BODY not in package:
        raise ImportRefused("import.structure", "The package is no Word document.", "Save it as DOCX.", _BODY)
    styles = _heading_styles(package, limits)
    roomy = msgspec.structs.replace(limits, elements=FATTER * limits.elements)
    root = parse_xml(package.read(_BODY), roomy, _BODY)
    body = root.find(f"{_W}body")
    yield from _parts(body if body is not None else root, styles, _addresses(package, limits))


def _addresses(package: Package, limits: Limits) -> dict[str, str]:
    """Return the addresses of the web that links of the body lead to, by the names that links use."""
    if _LINKED not in package:
        return {}
    found = parse_xml(package.read(_LINKED), limits, _LINKED)
    return {
        str(each.get("Id")): str(each.get("Target", ""))
        for each in found.iterchildren(etree.Element)
        if each.get("TargetMode") == "External" and str(each.get("Type", "")).endswith("/hyperlink")
    }


def _heading_styles(package: Package, limits: Limits) -> dict[str, int]:
    """Return the style ids of headings with their level; their names are English in every language of Word."""
    found: dict[str, int] = {"title": 1}
    if _STYLES not in package:
        return found
    for style in parse_xml(package.read(_STYLES), limits, _STYLES).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        words = str(name.get(f"{_W}val", "") if name is not None else "").lower()
        if words.startswith("heading ") and words[8:].isdecimal() and len(words) < 11:
            found[str(style.get(f"{_W}styleId", "")).lower()] = int(words[8:]) + 1
        elif words == "title":
            found[str(style.get(f"{_W}styleId", "")).lower()] = 1
    return found


def _parts(parent: Element, styles: dict[str, int], addresses: dict[str, str]) -> Iterator[Line | Grid]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _line(child, styles, addresses)
        elif child.tag == f"{_W}tbl":
            yield Grid(rows=[_row(row, styles, addresses) for row in child.iterchildren(f"{_W}tr")])
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _parts(child, styles, addresses)


def _row(row: Element, styles: dict[str, int], addresses: dict[str, str]) -> list[list[Line]]:
    """Return the cells of a row, each in its column: one that is as wide as several has empty ones after it."""
    properties = row.find(f"{_W}trPr")
    cells: list[list[Line]] = [[] for _ in range(_width(properties, "gridBefore", 0))]
    for cell in row.iterchildren(f"{_W}tc"):
        cells.append(_cell(cell, styles, addresses))
        cells += [[] for _ in range(_width(cell.find(f"{_W}tcPr"), "gridSpan", 1) - 1)]
    return cells


def _width(properties: Element, name: str, otherwise: int) -> int:
    found = properties.find(f"{_W}{name}") if properties is not None else None
    value = str(found.get(f"{_W}val", "")) if found is not None else ""
    return min(int(value), _MOST_COLUMNS) if value.isdecimal() and len(value) < 4 else otherwise


def _cell(cell: Element, styles: dict[str, int], addresses: dict[str, str]) -> list[Line]:
    lines: list[Line] = []
    for part in _parts(cell, styles, addresses):
        if isinstance(part, Line):
            lines.append(part)
        else:  # a table inside a cell: its words, line by line
            lines += [line for row in part.rows for inner in row for line in inner]
    return [line for line in lines if line.text or line.ids or line.label]


def _line(paragraph: Element, styles: dict[str, int], addresses: dict[str, str]) -> Line:
    line = Line(text="")
    properties = paragraph.find(_PARAGRAPH)
    if properties is not None:
        style = properties.find(f"{_W}pStyle")
        name = str(style.get(f"{_W}val", "")).lower() if style is not None else ""
        line.level = styles.get(name, 0)
        line.is_item = properties.find(f"{_W}numPr") is not None or name.startswith("list")
    pieces: list[tuple[str, str]] = []
    for element in paragraph.iter(_RUN, _LINK, _MARK):
        if element.tag == _LINK:
            line.links.append(str(element.get(f"{_W}anchor", "")))
        elif element.tag == _MARK:
            line.marks.append(str(element.get(f"{_W}name", "")))
        elif (parent := element.getparent()).tag == _LINK and (address := addresses.get(str(parent.get(_NAME)), "")):
            pieces.append((f"@{address}", "".join([_words(child) for child in element])))
        else:
            _run(element, line, pieces)
    line.text = _joined(pieces).strip()
    return line


def _run(run: Element, line: Line, pieces: list[tuple[str, str]]) -> None:
    words = "".join([_words(child) for child in run])
    properties = run.find(_LOOKS)
    if properties is None:
        pieces.append(("", words))
        return
    style = properties.find(f"{_W}rStyle")
    name = str(style.get(f"{_W}val", "")).lower() if style is not None else ""
    if name == LABEL:
        line.label += words.strip().rstrip(":：").strip()
    elif name == ID:
        line.ids.append(words.strip())
    else:
        mark = ("**" if _is_on(properties, "b") else "") + ("*" if _is_on(properties, "i") else "")
        pieces.append((mark if line.level == 0 else "", words))


def _words(child: Any) -> str:
    return str(child.text or "") if child.tag == _TEXT else _BLANKS.get(child.tag, "")


def _is_on(properties: Element, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and str(found.get(f"{_W}val", "1")).lower() not in ("0", "false", "none", "off")


def _joined(pieces: list[tuple[str, str]]) -> str:
    """Return runs as Markdown; neighbours of one form share their marks, blanks stay outside."""
    merged: list[tuple[str, str]] = []
    for mark, words in pieces:
        if merged and merged[-1][0] == mark:
            merged[-1] = (mark, merged[-1][1] + words)
        elif words:
            merged.append((mark, words))
    found = ""
    for mark, words in merged:
        inner = words.strip()
        if not mark or not inner:
            found += words
            continue
        at = words.index(inner[0])
        if mark[0] == "@":
            found += f"{words[:at]}{_linked(inner, mark[1:])}{words[at + len(inner) :]}"
            continue
        found += f"{words[:at]}{mark}{inner}{mark[::-1]}{words[at + len(inner) :]}"
    return found


def _linked(words: str, address: str) -> str:
    """Return a link as authored text; what cannot be one here shows its address beside its words."""
    if address.startswith(("https://", "mailto:")) and not any(char in address for char in " ()<>\\{}'\n\t\""):
        return f"[{words}]({address})"
    return words if address in words else f"{words} ({address})"
