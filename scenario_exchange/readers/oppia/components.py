"""What stands inside Oppia's texts as elements of its own: links, pictures, formulas, films, tabs. They become HTML."""

from __future__ import annotations

import html
import re
from typing import Any

from scenario_exchange.imported import ImportRefused
from scenario_exchange.plain import read_json

_ELEMENT = re.compile(
    r"<oppia-noninteractive-([a-z]{1,30})\b([^<>]{0,60000}+)>(?:\s*</oppia-noninteractive-[a-z]{1,30}>)?"
)
_ATTRIBUTE = re.compile(r"\b([a-z_]{1,40})-with-value=(?:\"([^\"]*+)\"|'([^']*+)')")
_DEPTH = 3


def as_html(source: str, told: list[str], depth: int = 0) -> str:
    """Return a text with its components as plain HTML; `told` takes what the report should say of them."""
    if "<oppia-noninteractive-" not in source or depth > _DEPTH:
        return source
    return _ELEMENT.sub(lambda match: _one(match[1], _values(match[2]), told, depth), source)


def _values(attributes: str) -> dict[str, Any]:
    return {match[1]: _value(match[2] or match[3] or "") for match in _ATTRIBUTE.finditer(attributes)}


def _value(source: str) -> Any:
    """Return the value of an attribute: JSON, its signs written out once or twice."""
    plain = html.unescape(html.unescape(source)) if "&amp;quot;" in source else html.unescape(source)
    try:
        found = read_json(f"[{plain}]")
    except ImportRefused:
        return plain.strip('"')
    return found[0] if isinstance(found, list) and found else ""


def _one(kind: str, values: dict[str, Any], told: list[str], depth: int) -> str:
    if kind == "link":
        address = _text(values, "url")
        return f'<a href="{html.escape(address)}">{html.escape(_text(values, "text") or address)}</a>'
    if kind == "image":
        address, words = _text(values, "filepath"), _text(values, "alt")
        caption = html.escape(_text(values, "caption"))
        return f'<img src="{html.escape(address)}" alt="{html.escape(words)}">{caption}'
    if kind in ("math", "svgdiagram"):
        content = values.get("math_content")
        formula = str(content.get("raw_latex", "")) if isinstance(content, dict) else _text(values, "raw_latex")
        told.append(f"A formula stands as it is written: {formula[:60]}")
        return f"<code>{html.escape(formula)}</code>"
    if kind == "video":
        return f'<a href="https://www.youtube.com/watch?v={html.escape(_text(values, "video_id"))}">Video</a>'
    if kind == "tabs":
        told.append("Its tabs stand one below the other.")
        listed = values.get("tab_contents")
        tabs = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        return "".join(_section(str(each.get("title", "")), str(each.get("content", "")), told, depth) for each in tabs)
    if kind == "collapsible":
        told.append("What opens on a click is open.")
        return _section(_text(values, "heading"), _text(values, "content"), told, depth)
    return html.escape(_text(values, "text"))


def _section(title: str, content: str, told: list[str], depth: int) -> str:
    return f"<div><p><b>{html.escape(title)}</b></p>{as_html(content, told, depth + 1)}</div>"


def _text(values: dict[str, Any], name: str) -> str:
    found = values.get(name)
    return found if isinstance(found, str) else ""
