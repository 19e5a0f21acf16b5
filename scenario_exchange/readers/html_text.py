"""HTML of other tools as our closed Markdown subset: the words all arrive, the form as far as it exists here."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from scenario_exchange.imported import shortened
from scenario_exchange.limits import DEFAULT, Limits
from scenario_exchange.markup import Element, drop_active, parse_html
from scenario_exchange.readers.wording import as_text, tidy

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "dfn": "*"}
_HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "##### ", "h6": "###### "}
_BLOCKS = frozenset(
    ["p", "div", "section", "article", "figure", "figcaption", "dl", "dt", "dd", "pre", "address", "header", "footer",
     "table", "tbody", "thead", "tfoot", "main", "aside", "nav", "center", "details", "summary", "body", "caption"]
)  # fmt: skip
# Words in one paragraph, as most fields of most tools hold them: no parser is needed to read that.
_PARAGRAPH = re.compile(r"\s*<(?:p|div)>([^<>&\0]*)</(?:p|div)>\s*")
# Tags that part words, though nothing stands between those words.
_PARTS = re.compile(r"<(?:br|/?(?:p|div|li|tr|td|th|h[1-6]|blockquote))\b", re.IGNORECASE)
_LAST_BREAK = re.compile(r"(?<!\\)((?:\\\\)*+)(?:\\\n[ \t]*+)++(?=\n\n|\s*\Z)")
_FIRST_BREAK = re.compile(r"(?:(?<=\n\n)|\A\s*)(?:[ \t]*+\\\n)++")
_MEDIA = frozenset(["img", "audio", "video", "source"])


class HtmlWords(msgspec.Struct, kw_only=True):
    """The Markdown of a piece of HTML, the media it shows as (tag, address, words), and what has no counterpart."""

    text: str
    media: list[tuple[str, str, str]] = []
    lost: list[str] = []


def from_html(source: str, limits: Limits = DEFAULT, place: str = "") -> HtmlWords:
    """Return a piece of HTML as Markdown. Raises ImportRefused when it is too large or too deep."""
    if "<" not in source and "&" not in source:
        return HtmlWords(text=as_text(source))
    if paragraph := _PARAGRAPH.fullmatch(source):
        return HtmlWords(text=as_text(" ".join(paragraph[1].split())))
    root = parse_html(source, limits, place)
    found = HtmlWords(text="")
    found.lost = [f"<{name}>" for name in dict.fromkeys(drop_active(root))]
    found.text = _tidied(_blocks(root, found))
    return found


def _tidied(parts: Iterator[str]) -> str:
    """Return blocks without breaks at the beginning or end of any, where they would show as a backslash."""
    text = "".join(parts)
    if "\\\n" in text:
        text = _LAST_BREAK.sub(r"\1\n", _FIRST_BREAK.sub("", text))
    return tidy(text)


def plain_from_html(source: str, limits: Limits = DEFAULT, place: str = "") -> str:
    """Return the words of a piece of HTML on one line, without any form."""
    if "<" not in source and "&" not in source:
        return " ".join(source.split())
    if paragraph := _PARAGRAPH.fullmatch(source):
        return " ".join(paragraph[1].split())
    root = parse_html(_PARTS.sub(r" \g<0>", source), limits, place)
    drop_active(root)
    return " ".join(str(root.text_content()).split())


def _blocks(element: Element, found: HtmlWords) -> Iterator[str]:
    """Yield the Markdown of what stands in `element`, blocks parted by empty lines."""
    yield _words(element.text)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _HEADINGS:
            yield f"\n\n{_HEADINGS[tag]}{_one_line(child, found)}\n\n"
        elif tag in ("ul", "ol"):
            yield f"\n\n{_list(child, found)}\n\n"
        elif tag == "blockquote":
            yield "\n\n" + _prefixed(_tidied(_blocks(child, found)), "> ", "> ") + "\n\n"
        elif tag == "tr":
            cells = [_one_line(cell, found) for cell in child if isinstance(cell.tag, str)]
            yield "\n\n" + " – ".join(cell for cell in cells if cell) + "\n\n"
        elif tag in _BLOCKS:
            yield "\n\n" + "".join(_blocks(child, found)) + "\n\n"
        else:
            yield _inline(child, tag, found)
        yield _words(child.tail)


def _inline(child: Element, tag: str, found: HtmlWords) -> str:
    if tag == "br":
        return "\\\n"
    if tag == "hr":
        return "\n\n---\n\n"
    if tag in _MEDIA:
        _note_media(child, tag, found)
    inner = "".join(_blocks(child, found))
    if tag == "code":
        words = str(child.text_content()).replace("`", "'")
        return f"`{words}`" if words.strip() and "{" not in words and "}" not in words else inner
    if tag == "a":
        return _link(str(child.get("href") or ""), inner, found)
    if tag in _MARKS and inner.strip() and "\n\n" not in inner:
        return _marked(inner, _MARKS[tag])
    return inner


def _marked(inner: str, mark: str) -> str:
    """Return `inner` between marks; blanks stay outside, or the marks would mean nothing."""
    words = inner.strip()
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{before}{mark}{words}{mark}{after}" if words[0] != "*" and words[-1] != "\\" else inner


def _link(address: str, inner: str, found: HtmlWords) -> str:
    plain = address.strip()
    safe = plain.startswith(("https://", "mailto:")) and not any(char in plain for char in " ()<>\\{}'\n\t\"")
    if safe and inner.strip() and "\n\n" not in inner:
        return f"[{inner.strip()}]({plain})"
    if plain and not plain.startswith("#"):
        found.lost.append(f"link to {shortened(plain, 80)}")
    return inner


def _note_media(child: Element, tag: str, found: HtmlWords) -> None:
    address = str(child.get("src") or "")
    if address:
        kind = str(child.getparent().tag) if tag == "source" and child.getparent() is not None else tag
        found.media.append((kind, address, " ".join(str(child.get("alt") or child.get("title") or "").split())))


def _list(element: Element, found: HtmlWords) -> str:
    lines = []
    for number, item in enumerate((each for each in element if each.tag == "li"), 1):
        mark = f"{number}. " if element.tag == "ol" else "- "
        body = _tidied(_blocks(item, found))
        if body:
            lines.append(_prefixed(body, mark, " " * len(mark)))
    return "\n".join(lines)


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(rest + line if line else rest.rstrip() for line in lines[1:])])


def _one_line(element: Element, found: HtmlWords) -> str:
    return " ".join("".join(_blocks(element, found)).replace("\\\n", " ").split())


def _words(text: Any) -> str:
    """Return words between tags: blanks and line ends count as one blank."""
    if not text:
        return ""
    squeezed = " ".join(str(text).split())
    if not squeezed:
        return " "
    before = " " if str(text)[0].isspace() else ""
    after = " " if str(text)[-1].isspace() else ""
    return before + as_text(squeezed) + after
