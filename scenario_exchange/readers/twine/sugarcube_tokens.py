"""A passage of SugarCube as words, links, verbatim stretches, and macros with their arguments."""

import re

from scenario_exchange.readers.twine.links import end_of_link
from scenario_exchange.readers.twine.scanning import Token, scan

_OPENING = re.compile(r'<<|\[\[|\{\{\{|"""|<nowiki>', re.IGNORECASE)
# What stands between these means itself.
_VERBATIM = {"{{{": "}}}", '"""': '"""', "<nowiki>": "</nowiki>"}
# What stands in quotes may hold >>; a quote that is not closed on its line is none.
_MACRO = re.compile(
    r"""<<(/?[A-Za-z][\w-]{0,60}|[-=])((?:[^"'>]++|"(?:[^"\\\n]|\\.){0,1000}+"|'(?:[^'\\\n]|\\.){0,1000}+'|>(?!>)|["'])*+)>>"""
)


def tokens_of(text: str) -> list[Token]:
    return scan(text, _OPENING, _token_at)


def _token_at(text: str, start: int, mark: str) -> tuple[int, Token | None]:
    mark = mark.lower()
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
    if macro is None:
        return -1, None
    end = macro.end()
    if macro[1] in ("script", "style"):  # what they hold is no text of the story
        close = text.find(f"<</{macro[1]}", end)
        end = close if close >= 0 else len(text)
    return end, Token("macro", macro[1], macro[2].strip())
