"""Authored text to a small tree: a closed Markdown subset without HTML. Players build elements from it, never markup.

Blocks: {t: p|h|quote, c: [inline…]}, {t: ul|ol, c: [[block…]…]}, {t: hr}. Inlines: text, or {t: b|i|code, c: […]},
{t: br}, {t: a, href, c}, {t: term, id, c}. Everything else in the source is shown as it was typed.
"""

import re
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scenario_engine.views import Rich

_RULES = ["paragraph", "heading", "list", "blockquote", "hr", "emphasis", "newline", "link", "backticks", "escape"]
_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(_RULES)
_MARKDOWN.validateLink = lambda url: url.startswith(("https://", "mailto:"))  # type: ignore[method-assign]
TERM = re.compile(r"\[\[([A-Za-z][A-Za-z0-9_\-]{0,63})(?:\|([^\]\n]{1,200}))?\]\]")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~])")

_BLOCKS = {"paragraph": "p", "heading": "h", "bullet_list": "ul", "ordered_list": "ol", "blockquote": "quote"}
_INLINES = {"strong": "b", "em": "i"}

Inline = Any  # str | dict


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[dict[str, Any], ...]:
    return tuple(_blocks(iter(_MARKDOWN.parse(text)), ""))


def rich(text: str) -> Rich:
    """Return the tree of an authored text; an empty text gives an empty tree. Callers must not change it."""
    return list(_parsed(text)) if text else []


def escape(text: str) -> str:
    """Return `text` so that it means nothing but itself in authored text: for names that hosts fill in."""
    one_line = " ".join(text.split()).replace("[[", "[\u2060[")  # no glossary term either
    return _SPECIAL.sub(r"\\\1", one_line)


def plain(tree: Rich) -> str:
    """Return the words of a tree without any form."""
    return " ".join(_words(block) for block in tree).strip()


def terms(tree: Any) -> set[str]:
    """Return the glossary ids that a tree mentions."""
    if isinstance(tree, dict):
        own = {tree["id"]} if tree.get("t") == "term" else set()
        return own | terms(tree.get("c", []))
    if isinstance(tree, list):
        return set().union(*(terms(each) for each in tree)) if tree else set()
    return set()


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return " " if value.get("t") == "br" else _words(value.get("c", []))
    return "".join(_words(each) for each in value)


def _blocks(tokens: Any, until: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for token in tokens:
        if token.type == until:
            return found
        name = token.type.removesuffix("_open")
        if name in ("paragraph", "heading"):
            found.append({"t": _BLOCKS[name], "c": _inlines(next(tokens).children or [])})
            next(tokens)
        elif name in ("bullet_list", "ordered_list"):
            found.append({"t": _BLOCKS[name], "c": _items(tokens, f"{name}_close")})
        elif name == "blockquote":
            inner = _blocks(tokens, "blockquote_close")
            found.append({"t": "quote", "c": [part for block in inner for part in block.get("c", [])]})
        elif name == "hr":
            found.append({"t": "hr"})
    return found


def _items(tokens: Any, until: str) -> list[list[dict[str, Any]]]:
    items: list[list[dict[str, Any]]] = []
    for token in tokens:
        if token.type == until:
            return items
        if token.type == "list_item_open":
            items.append(_blocks(tokens, "list_item_close"))
    return items


def _inlines(tokens: list[Token]) -> list[Inline]:
    root: list[Inline] = []
    stack = [root]
    for token in tokens:
        if token.type == "text":
            stack[-1].extend(_with_terms(token.content))
        elif token.type == "softbreak":  # a line that the author's editor wrapped
            stack[-1].append(" ")
        elif token.type == "hardbreak":
            stack[-1].append({"t": "br"})
        elif token.type == "code_inline":
            stack[-1].append({"t": "code", "c": [token.content]})
        elif token.nesting == 1:
            inner: list[Inline] = []
            stack[-1].append(_opened(token, inner))
            stack.append(inner)
        elif token.nesting == -1 and len(stack) > 1:
            stack.pop()
    return _joined(root)


def _joined(parts: list[Inline]) -> list[Inline]:
    """Return `parts` with neighbouring words in one string, at every depth."""
    joined: list[Inline] = []
    for part in parts:
        if isinstance(part, dict) and "c" in part:
            part = {**part, "c": _joined(part["c"])}
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _opened(token: Token, inner: list[Inline]) -> dict[str, Any]:
    if token.type == "link_open":
        return {"t": "a", "href": str(token.attrGet("href")), "c": inner}
    return {"t": _INLINES.get(token.type.removesuffix("_open"), "i"), "c": inner}


def _with_terms(text: str) -> list[Inline]:
    parts: list[Inline] = []
    end = 0
    for match in TERM.finditer(text):
        if match.start() > end:
            parts.append(text[end : match.start()])
        parts.append({"t": "term", "id": match[1], "c": [match[2] or match[1].replace("_", " ")]})
        end = match.end()
    if end < len(text):
        parts.append(text[end:])
    return parts
