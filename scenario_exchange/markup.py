"""The one door for XML and HTML. No entity is expanded, nothing is fetched, no script is run."""

import re
from functools import cache
from typing import Any

from lxml import etree, html

from scenario_exchange.imported import ImportRefused
from scenario_exchange.limits import DEFAULT, Limits
from scenario_exchange.plain import decode_text

Element = Any  # lxml's own types know XML elements only

_DROPPED = ("script", "style", "template", "noscript", "head", "object", "embed", "iframe", "svg", "math", "form")


def parse_xml(data: bytes | str, limits: Limits = DEFAULT, place: str = "", *, named_type: bool = False) -> Element:
    """Return the root element of an XML document. Raises ImportRefused: not well-formed, DOCTYPE, too large or deep.

    `named_type` passes over a DOCTYPE that only names the format, as old files of some formats must; it is never read.
    """
    text = decode_text(data, limits, place) if isinstance(data, bytes) else data
    body = _without_declaration(text)
    body = _NAMED_TYPE.sub("", body, count=1) if named_type else body
    if _next_in_prolog(body).startswith("<!DOCTYPE"):
        raise ImportRefused(
            "import.doctype", "The XML begins with a DOCTYPE.", "Export it again, or delete that line.", place
        )
    _check_size(body, limits, place)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        code = "import.depth" if "depth" in str(error.msg).lower() else "import.markup"
        message = f"The XML is not well-formed: {error.msg}."
        raise ImportRefused(code, message, "Export it again.", place) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ImportRefused("import.doctype", "The XML brings a DOCTYPE.", "Delete it.", place)
    _check_depth(root, limits, place)
    return root


def parse_html(text: str, limits: Limits = DEFAULT, place: str = "") -> Element:
    """Return the root of an HTML page or fragment, however untidy. Raises ImportRefused: too large or deep."""
    _check_size(text, limits, place)
    try:
        root = html.document_fromstring(f"<div>{text}</div>".encode("utf-8", "replace"), parser=_html_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ImportRefused("import.markup", "The HTML cannot be read.", "Export it again.", place) from error
    if text.count("<") > limits.depth // 2:  # no tag, no depth: fragments of a few are most of what is read
        _check_depth(root, limits, place)
    return root


@cache
def _html_parser() -> Any:
    return html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)


def drop_active(root: Element) -> list[str]:
    """Take scripts, styles, frames and the like out of a tree; return the names of what was taken out."""
    found = list(root.iter(*_DROPPED))
    for element in found:
        if element.getparent() is not None:
            element.drop_tree()
    return [str(element.tag) for element in found if element.tag != "head"]


_SCRIPT = re.compile(r"<(script|style)\b", re.IGNORECASE)
_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}


def without_scripts(text: str) -> str:
    """Return a page without its scripts and style sheets: what they hold is no content, even if it looks so."""
    parts: list[str] = []
    at = 0
    for match in _SCRIPT.finditer(text):
        if match.start() < at:
            continue
        parts.append(text[at : match.start()])
        end = _END[match[1].lower()].search(text, match.end())
        at = end.end() if end else len(text)
    return "".join([*parts, text[at:]])


# At the beginning, after comments: a name, and perhaps where its rules stand; no rules of its own.
_NAMED_TYPE = re.compile(r"(?<![^\s>])<!DOCTYPE\s{1,9}[\w:.-]{1,60}+[^\[\]<>&]{0,300}+>", re.ASCII)


def _without_declaration(text: str) -> str:
    # The text is decoded already: an encoding that the declaration names no longer holds.
    text = text.lstrip("\ufeff \t\n")
    if not text.startswith("<?xml"):
        return text
    _, found, rest = text.partition("?>")
    return rest if found else text


def _next_in_prolog(text: str) -> str:
    """Return the text from the first thing that is no blank, comment or instruction."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        closing = "-->" if text.startswith("<!--", at) else "?>" if text.startswith("<?", at) else ""
        end = text.find(closing, at) if closing else -1
        if end < 0:
            return text[at : at + 20]
        at = end + len(closing)


def _check_size(text: str, limits: Limits, place: str) -> None:
    if len(text) > limits.text or text.count("<") > limits.elements or text.count("=") > 4 * limits.elements:
        raise ImportRefused(
            "import.too-large", f"The markup holds more than {limits.elements:,} elements.", "Split it.", place
        )


def _check_depth(root: Element, limits: Limits, place: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.depth:
            raise ImportRefused(
                "import.depth", f"The markup is nested deeper than {limits.depth} levels.", "Export it again.", place
            )
