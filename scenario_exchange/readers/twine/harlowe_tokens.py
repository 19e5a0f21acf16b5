"""A passage of Harlowe as words, links, variables, brackets, verbatim stretches, and macros with their arguments."""

import re

from scenario_exchange.readers.twine.links import end_of_link
from scenario_exchange.readers.twine.scanning import Token, scan

_MACRO = re.compile(r"\(([A-Za-z][\w\-]{0,60}):")
NAMED = r"\$[A-Za-z_]\w*|_(?<![\w$.]_)[A-Za-z]\w*"
_OPENING = re.compile(r"\((?=[A-Za-z][\w\-]{0,60}:)|\[\[|[\[\]]|`+|\|[\w]{1,40}[>)](?=\[)|<[\w]{1,40}\||" + NAMED)
_CLOSING = re.compile(r"""[()]|"(?:[^"\\]|\\.){0,1000}+"|(?<![\w])'(?:[^'\\\n]|\\.){0,1000}+'""")


def tokens_of(text: str) -> list[Token]:
    return scan(text, _OPENING, _token_at)


def _token_at(text: str, start: int, mark: str) -> tuple[int, Token | None]:
    if mark == "[[":
        end = end_of_link(text, start)
        return (end, Token("link", "", text[start + 2 : end - 2])) if end >= 0 else (start + 1, Token("open", "", "["))
    if mark == "(":
        macro = _MACRO.match(text, start)
        end = _end_of_macro(text, start)
        if macro is None or end < 0:
            return -1, None
        return end, Token("macro", _plain_name(macro[1]), text[macro.end() : end - 1].strip(), macro[1].lower())
    if mark[0] == "`":
        end = text.find(mark, start + len(mark))
        return (end + len(mark), Token("verbatim", "", text[start + len(mark) : end])) if end >= 0 else (-1, None)
    kinds = {"[": "open", "]": "close", "$": "value", "_": "value", "|": "name", "<": "name"}
    return start + len(mark), Token(kinds[mark[0]], mark, mark)


def _plain_name(name: str) -> str:
    """Return a macro's name as Harlowe compares it: without case, dashes and underscores."""
    return name.lower().replace("-", "").replace("_", "")


def _end_of_macro(text: str, start: int) -> int:
    depth = 0
    for match in _CLOSING.finditer(text, start, start + 20_000):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth -= 1
            if depth == 0:
                return match.end()
    return -1
