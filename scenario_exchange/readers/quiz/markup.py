"""QTI's elements whatever their release calls them, and their texts with pictures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, Protocol

from lxml import etree

from scenario_exchange.imported import shortened
from scenario_exchange.readers.html_text import from_html
from scenario_exchange.readers.quiz.build import QuizBuilder
from scenario_exchange.readers.quiz.items import QuizItem
from scenario_exchange.readers.wording import as_text


class Files(Protocol):
    """Files beside an item."""

    def find(self, address: str) -> bytes | None:
        """Return the bytes of a file, or None."""


def name_of(element: Any) -> str:
    """Return the name of an element in small letters, without namespace, `qti-` and hyphens: 2.x and 3.0 are one."""
    tag = element.tag
    return _plain_name(tag).removeprefix("qti-").replace("-", "") if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name in small letters without hyphens."""
    for key, value in element.attrib.items():
        if _plain_name(key).replace("-", "") == name:
            return str(value)
    return ""


@lru_cache(maxsize=2_000)
def _plain_name(tag: str) -> str:
    return etree.QName(tag).localname.lower()


def every(element: Any, *names: str) -> Iterator[Any]:
    """Yield the elements inside `element` with one of the names."""
    for each in element.iter(etree.Element):
        if name_of(each) in names:
            yield each


def first(element: Any, *names: str) -> Any:
    """Return the first element with one of the names, or None."""
    return next(every(element, *names), None)


class Words:
    """Turns the markup of one item into authored text, bringing its pictures."""

    def __init__(self, builder: QuizBuilder, item: QuizItem, files: Files) -> None:
        self.builder = builder
        self.item = item
        self.files = files

    def inside(self, element: Any, without: tuple[str, ...] = (), gap: tuple[str, ...] = ()) -> str:
        """Return what stands in an element; `without` is left out, `gap` shows as a blank to fill."""
        if element is None:
            return ""
        return self.markup(f"<div>{_source(element, without, gap)}</div>")

    def markup(self, source: str) -> str:
        """Return HTML as authored text."""
        limits = self.builder.draft.peek.limits
        words = from_html(source, limits, self.item.place)
        for lost in words.lost:
            self.builder.report.dropped(self.item.place, f"{lost} in its text.")
        for tag, address, alt in words.media:
            self._bring(tag, address, alt)
        return words.text

    def plain(self, text: str) -> str:
        """Return plain words as authored text."""
        return as_text(text)

    def _bring(self, tag: str, address: str, alt: str) -> None:
        data = self.files.find(address)
        if data is None:
            self.builder.report.dropped(
                self.item.place, f"The {tag} {shortened(address)} is not in the file.", "Upload it."
            )
        elif key := self.builder.draft.bring(PurePosixPath(address).name, data, self.item.place):
            self.item.media.append((key, alt))


def _source(element: Any, without: tuple[str, ...], gap: tuple[str, ...]) -> str:
    parts = [_escaped(element.text)]
    for child in element:
        name = name_of(child)
        if name in gap:
            parts.append(" _____ ")
        elif name and name not in without:
            tag = etree.QName(child).localname
            attributes = "".join(
                f' {key}="{_escaped(child.get(key)).replace(chr(34), "&quot;")}"'
                for key in ("src", "alt", "href")
                if child.get(key)
            )
            if name == "object" and child.get("data"):
                parts.append(f'<img src="{_escaped(child.get("data"))}" alt="{_escaped(child.text)}">')
            elif name in ("prompt", "itembody", "material", "flow", "flowmat"):
                parts.append(f"<div>{_source(child, without, gap)}</div>")
            else:
                parts.append(f"<{tag}{attributes}>{_source(child, without, gap)}</{tag}>")
        parts.append(_escaped(child.tail))
    return "".join(parts)


def _escaped(text: Any) -> str:
    return str(text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
