"""A passage of SugarCube as words, links, verbatim stretches, and macros with their arguments."""

import re
from typing import NamedTuple

from scenario_exchange.readers.twine.links import end_of_link

_OPENING = re.compile(r'<<|\[\[|\{\{\{|"""|<nowiki>', re.IGNORECASE)
# What stands between these means itself.
_VERBATIM = {"{{{": "}}}", '"""': '"""', "<nowiki>": "</nowiki>"}
# What stands in quotes may hold >>; a quote that is not closed on its line is none.
_MACRO = re.compile(
    r"""<<(/?[A-Za-z][\w-]{0,60}|[-=])((?:[^"'>]++|"(?:[^"\\\n]|\\.){0,1000}+"|'(?:[^'\\\n]|\\.){0,1000}+'|>(?!>)|["'])*+)>>"""
)
MAX_UNCLOSED = 200


class Token(NamedTuple):
    """A stretch of words, a link, or a macro with its arguments."""

    kind: str
    name: str
    rest: str


def tokens_of(text: str) -> list[Token]:
    found: list[Token] = []
    at = unclosed = 0
    for match in _OPENING.finditer(text):
        start = match.start()
        if start < at or unclosed > MAX_UNCLOSED:
            continue
        end, token = _token_at(text, start, match[0].lower())
        if token is None:
            unclosed += 1
            continue
        if start > at:
            found.append(Token("words", "", text[at:start]))
        found.append(token)
        at = end
        if token.kind == "macro" and token.name in ("script", "style"):
            close = text.find(f"<</{token.name}", at)
            at = close if close >= 0 else len(text)
    return [*found, Token("words", "", text[at:])]


def _token_at(text: str, start: int, mark: str) -> tuple[int, Token | None]:
    if mark in _VERBATIM:
        end = text.find(_VERBATIM[mark], start + len(mark))
        inside = text[start + len(mark) : end]
        return (end + len(_VERBATIM[mark]), Token("verbatim", "", inside)) if end >= 0 else (-1, None)
    return _link_at(text, start) if mark == "[[" else _macro_at(text, start)


def _link_at(text: str, start: int) -> tuple[int, Token | None]:
    end = end_of_link(text, start)
    return end, Token("link", "", text[start + 2 : end - 2]) if end >= 0 else None


def _macro_at(text: str, start: int) -> tuple[int, Token | None]:
    macro = _MACRO.match(text, start, start + 20_000)
    return (macro.end(), Token("macro", macro[1], macro[2].strip())) if macro else (-1, None)
