"""How story formats mark their text: emphasis, headings, lists, rules."""

from collections.abc import Mapping

import msgspec


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How a format marks its text: paired marks, marks at the beginning of a line, and what cannot be seen."""

    marks: Mapping[str, str] = {}
    lines: Mapping[str, str] = {}
    # Signs at the beginning of a line that mean something without a blank behind them.
    glued: str = ""
    # Marks that count only where a word begins or ends (the _ of Markdown).
    at_words: frozenset[str] = frozenset()
    # Whether a backslash makes a sign mean itself, `words` are code, and "7." begins a list.
    is_markdown: bool = False


def _repeated(sign: str, ours: str, most: int = 6) -> dict[str, str]:
    return {sign * number: ours for number in range(1, most + 1)}


def _headings(sign: str) -> dict[str, str]:
    return {sign * number: "#" * number + " " for number in range(1, 7)}


HARLOWE = Style(
    marks={"''": "**", "//": "*", "**": "**", "*": "*", "~~": "", "^^": ""},
    lines={**_headings("#"), **_repeated("*", "- "), **_repeated("0.", "1. "), "---": "---"},
    glued="#",
)
SUGARCUBE = Style(
    marks={"''": "**", "//": "*", "__": "", "==": "", "^^": "", "~~": ""},
    lines={**_headings("!"), **_repeated("*", "- "), **_repeated("#", "1. "), **_repeated(">", "> "), "----": "---"},
    glued="!*#>",
)
MARKDOWN = Style(
    marks={"**": "**", "__": "**", "*": "*", "_": "*", "~~": ""},
    lines={**_headings("#"), "*": "- ", "-": "- ", "+": "- ", **_repeated(">", "> "), "---": "---", "***": "---"},
    glued=">",
    at_words=frozenset({"_", "__", "*"}),
    is_markdown=True,
)
