"""QTI's elements whatever their release calls them, and their texts with pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, Protocol

from lxml import etree

from scenario_exchange.imported import shortened
from scenario_exchange.readers.html_text import from_html
from scenario_exchange.readers.quiz.build import QuizBuilder
from scenario_exchange.readers.quiz.items import QuizItem
from scenario_exchange.readers.quiz.texts import named_medium, shown_address
from scenario_exchange.readers.wording import as_text


class Files(Protocol):
    """Files beside an item."""

    def find(self, address: str) -> bytes | None:
        """Return the bytes of a file, or None."""


def name_of(element: Any) -> str:
    """Return the name of an element in small letters, without namespace, `qti-` and hyphens: 2.x and 3.0 are one."""
    tag = element.tag
    return _element_name(tag) if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name in small letters without hyphens."""
    for key, value in element.attrib.items():
        if _plain_name(key).replace("-", "") == name:
            return str(value)
    return ""


@lru_cache(maxsize=2_000)
def _element_name(tag: str) -> str:
    return _plain_name(tag).removeprefix("qti-").replace("-", "")


@lru_cache(maxsize=2_000)
def _plain_name(tag: str) -> str:
    return etree.QName(tag).localname.lower()


def every(element: Any, *names: str) -> Iterator[Any]:
    """Yield the elements inside `element` with one of the names."""
    for each in element.iter(etree.Element):
        if _element_name(each.tag) in names:
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

    def inside(
        self,
        element: Any,
        without: tuple[str, ...] = (),
        holes: Mapping[Any, str] | None = None,
        *,
        alone: bool = False,
    ) -> str:
        """Return what stands in an element; `without` is left out, and `holes` says what shows instead of elements.

        `alone` puts the words of a picture where there is no other text.
        """
        if element is None:
            return ""
        return self.markup(f"<div>{self._source(element, without, holes or {})}</div>", alone=alone)

    def markup(self, source: str, *, alone: bool = False) -> str:
        """Return HTML as authored text."""
        limits = self.builder.draft.peek.limits
        words = from_html(source, limits, self.item.place)
        for lost in words.lost:
            self.builder.report.dropped(self.item.place, f"{lost} in its text.")
        for tag, address, alt in words.media:
            self._bring(tag, address, alt)
        if not alone or not words.media:
            return words.text
        told = f"The picture of an answer stands above the question: “{shortened(words.media[0][2] or words.text)}”."
        self.builder.report.changed(self.item.place, told, "Name it in the answer.")
        return words.text or as_text(words.media[0][2] or PurePosixPath(words.media[0][1][:200]).stem)

    def plain(self, text: str) -> str:
        """Return plain words as authored text."""
        return as_text(text)

    def _bring(self, tag: str, address: str, alt: str) -> None:
        draft = self.builder.draft
        if key := draft.bring_inline(address, self.item.place):
            self.item.media.append((key, alt))
            return
        data = self.files.find(address)
        if data is None:
            told = f"The {named_medium(tag)} {shown_address(address)} is not in the file."
            self.builder.report.dropped(self.item.place, told, "Upload it.")
        elif key := draft.bring(PurePosixPath(address[:400]).name, data, self.item.place):
            self.item.media.append((key, alt))

    def _source(self, element: Any, without: tuple[str, ...], holes: Mapping[Any, str]) -> str:
        parts = [_escaped(element.text)]
        for child in element:
            name = name_of(child)
            if child in holes:
                parts.append(holes[child])
            elif name and name not in without:
                parts.append(self._tagged(child, name, without, holes))
            parts.append(_escaped(child.tail))
        return "".join(parts)

    def _tagged(self, child: Any, name: str, without: tuple[str, ...], holes: Mapping[Any, str]) -> str:
        inner = self._source(child, without, holes)
        if name == "object" and child.get("data"):
            address = str(child.get("data"))
            words = " ".join(" ".join(child.itertext()).split())
            shown = f'<img src="{_quoted(address)}" alt="{_quoted(words)}">'
            # What is said in its place stands in for one that is missing.
            return shown if self.files.find(address) else f"{shown}<div>{inner}</div>"
        if name in ("prompt", "itembody", "material", "flow", "flowmat", "contentbody"):
            return f"<div>{inner}</div>"
        tag = etree.QName(child).localname
        attributes = "".join(f' {key}="{_quoted(child.get(key))}"' for key in ("src", "alt", "href") if child.get(key))
        return f"<{tag}{attributes}>{inner}</{tag}>"


def _quoted(text: Any) -> str:
    return _escaped(text).replace('"', "&quot;")


def _escaped(text: Any) -> str:
    return str(text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
