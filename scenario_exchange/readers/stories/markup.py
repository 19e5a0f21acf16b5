"""Inline marks and HTML tags of story formats as our Markdown, in one pass over the text.

Only what is paired becomes a mark; everything else means itself. Nothing here backtracks.
"""

import html
import re
from functools import cache

import msgspec

from scenario_exchange.imported import shortened
from scenario_exchange.readers.stories.pieces import PLACEHOLDER
from scenario_exchange.readers.stories.styles import Style
from scenario_exchange.readers.wording import clean, plain_lines, quoted, tidy

# Of one paragraph; a longer one is no prose, and its marks mean themselves.
MAX_TOKENS = 20_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,30})((?:\s[^<>]{0,4000})?)/?>")
_ATTRIBUTE = re.compile(r"""([A-Za-z-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_NUMBERED = re.compile(r"\d{1,9}[.)]")
_ESCAPED = re.compile(r"([\\`*_\[\]])")
_TAG_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BREAKS = frozenset(
    ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "tr", "section"]
)
_PLAIN = frozenset(
    ["span", "u", "small", "big", "sub", "sup", "center", "font", "s", "strike", "del", "ins", "mark", "a", "tbody",
     "td", "th", "body", "html", "abbr", "cite", "q", "code", "pre", "tw-hook", "label"]
)  # fmt: skip
# Words on one line that no format marks up: letters, and signs that stand for themselves everywhere.
_WORDS = re.compile(r"""[^\W\d_](?:[^\W_]|[ ,.!?…:;()%’“”–"]|'(?!['#]))*+""")
_ACTIVE = re.compile(r"<(script|style|svg|iframe|object|audio|video)\b", re.IGNORECASE)


class Marked(msgspec.Struct, kw_only=True):
    """A text in our Markdown, the pictures in it as (address, words), and the names of tags without counterpart."""

    text: str
    pictures: list[tuple[str, str]] = []
    lost: list[str] = []


def to_markdown(source: str, style: Style, *, hard_breaks: bool = True) -> Marked:
    """Return a text of a story format in our Markdown. Placeholders stay where they are."""
    if _WORDS.fullmatch(source):
        return Marked(text=source.rstrip())
    found = Marked(text="")
    source = _without_active(html_comments_out(source), found)
    blocks = []
    for block in re.split(r"\n[ \t]*\n", clean(source).replace("\u200b", "")):
        lines = [_line(line, style) for line in block.split("\n")]
        blocks.append(_paragraph(lines, style, found, hard_breaks))
    found.text = tidy("\n\n".join(blocks))
    return found


def html_comments_out(source: str) -> str:
    """Return `source` without HTML comments."""
    parts = []
    at = 0
    while (start := source.find("<!--", at)) >= 0:
        parts.append(source[at:start])
        end = source.find("-->", start)
        at = end + 3 if end >= 0 else len(source)
    parts.append(source[at:])
    return "".join(parts)


def _without_active(source: str, found: Marked) -> str:
    """Return `source` without what could run or play, naming each in `lost`."""
    parts = []
    at = 0
    unclosed: set[str] = set()
    for match in _ACTIVE.finditer(source):
        if match.start() < at:
            continue
        name = match[1].lower()
        end = _closing(name).search(source, match.end()) if name not in unclosed else None
        if end is None:
            unclosed.add(name)
        parts.append(source[at : match.start()])
        close = source.find(">", end.start() if end else match.start())
        at = close + 1 if close >= 0 else len(source)
        found.lost.append(f"<{name}>")
    return "".join([*parts, source[at:]])


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(f"</{name}", re.IGNORECASE)


def _line(line: str, style: Style) -> tuple[str, str]:
    """Return (our mark for a line, the rest of it)."""
    stripped = line.strip()
    head, _, rest = stripped.partition(" ")
    sign = head[:1]
    if head not in style.lines and sign and sign in style.glued:
        glued = len(head) - len(head.lstrip(sign))
        if head[:glued] in style.lines:
            head, rest = head[:glued], stripped[glued:]
    mark = "1. " if style.is_markdown and _NUMBERED.fullmatch(head) else style.lines.get(head)
    if mark is None or (not rest.strip() and mark != "---"):
        return ("---", "") if "---" in style.lines and set(stripped) == {"-"} and len(stripped) > 2 else ("", stripped)
    return (mark, "") if mark == "---" else (mark, rest.strip())


def _paragraph(lines: list[tuple[str, str]], style: Style, found: Marked, hard_breaks: bool) -> str:
    out: list[str] = []
    plain: list[str] = []

    def flush() -> None:
        if plain:
            source = "\n".join(plain)
            joined = _inline(source, style, found)
            # A list or rule made of tags stays one; any other line that looks like one means itself.
            kept = (joined if "<" in source else plain_lines(joined)).split("\n")
            out.append(("\\\n" if hard_breaks else "\n").join(line.strip() for line in kept if line.strip()))
            plain.clear()

    for mark, rest in lines:
        if not mark:
            plain.append(rest)
            continue
        flush()
        out.append("\n\n---\n\n" if mark == "---" else mark + _inline(rest, style, found).replace("\n", " "))
        if mark.startswith("#"):
            out.append("")
    flush()
    return "\n".join(out)


def _inline(text: str, style: Style, found: Marked) -> str:
    """Return one paragraph with its marks paired. Tags count as marks too."""
    tokens = _tokens(text, style, found)
    paired = _pairs(tokens)
    out: list[str] = []
    for index, (kind, value) in enumerate(tokens):
        if kind == "words":
            out.append(_escaped(value))
        elif kind == "raw":
            out.append(value)
        elif index not in paired:
            out.append(_escaped(value.partition("|")[0]) if not value.startswith("<") else "")
        else:
            _put_mark(out, value.partition("|")[2], opens=paired[index])
    return "".join(out)


def _put_mark(out: list[str], mark: str, *, opens: bool) -> None:
    """Add a mark; blanks before a closing one move behind it, or it would mean nothing."""
    if opens or not out:
        out.append(mark)
        return
    last = out[-1]
    bare = last.rstrip()
    out[-1] = bare
    out.append(mark + last[len(bare) :])


def _pairs(tokens: list[tuple[str, str]]) -> dict[int, bool]:
    """Return {index of a mark: it opens}. What stays alone, or holds nothing, is left out."""
    waiting: dict[str, int] = {}
    found: dict[int, bool] = {}
    for index, (kind, value) in enumerate(tokens):
        if kind != "mark":
            continue
        key = value.lstrip("</")
        start = waiting.pop(key, None)
        if start is None:
            after = tokens[index + 1][1] if index + 1 < len(tokens) else ""
            if after[:1] not in ("", " ", "\n"):
                waiting[key] = index
        elif index > start + 1:
            found[start], found[index] = True, False
    return found


def _tokens(text: str, style: Style, found: Marked) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    words: list[str] = []

    def flush() -> None:
        if words:
            tokens.append(("words", html.unescape("".join(words)).replace("\0", "")))
            words.clear()

    at = 0
    for match in _special(tuple(style.marks), style.is_markdown).finditer(text):
        if match.start() < at or len(tokens) > MAX_TOKENS:
            continue
        words.append(text[at : match.start()])
        mark, at = match[0], match.end()
        if mark[0] == "\\":
            words.append(html.escape(mark[1:], quote=False))
        elif mark[0] == "`":
            flush()
            tokens.append(("raw", mark))
        elif mark == "<":
            tag = _TAG.match(text, match.start())
            if tag:
                flush()
                tokens.extend(_tag(tag, found))
                at = tag.end()
            else:
                words.append(mark)
        elif _counts(mark, text, match.start(), style):
            flush()
            tokens.append(("mark", f"{mark}|{style.marks[mark]}"))
        else:
            words.append(mark)
    words.append(text[at:])
    flush()
    return tokens


@cache
def _special(marks: tuple[str, ...], is_markdown: bool) -> re.Pattern[str]:
    longest_first = sorted(marks, key=len, reverse=True)
    own = [r"\\[!-/:-@\[-`{-~]", r"(?<![`\\])`[^`'{}\\\n\ue000]{1,500}`(?!`)"] if is_markdown else []
    return re.compile("|".join(["<", *own, *(re.escape(mark) for mark in longest_first)]))


def _counts(mark: str, text: str, at: int, style: Style) -> bool:
    before, after = text[at - 1 : at], text[at + len(mark) : at + len(mark) + 1]
    if mark == "//" and before == ":":
        return False  # an address
    if mark in style.at_words:
        inside_word = before.isalnum() and after.isalnum()
        return not inside_word and not (before.isspace() and after.isspace())
    return True


def _tag(tag: re.Match[str], found: Marked) -> list[tuple[str, str]]:
    name = tag[2].lower()
    if name in _TAG_MARKS:
        return [("mark", f"<{name}|{_TAG_MARKS[name]}")]
    if name == "br":
        return [("raw", "\n")]
    if name == "li":
        return [("raw", "" if tag[1] else "\n\n- ")]
    if name in _BREAKS:
        return [("raw", "\n\n")]
    if name == "hr":
        return [("raw", "\n\n---\n\n")]
    if name == "img":
        values = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(tag[3])}
        found.pictures.append((html.unescape(values.get("src", "")), html.unescape(values.get("alt", ""))))
    elif name not in _PLAIN:
        found.lost.append(f"<{shortened(name, 30)}>")
    return []


def _escaped(text: str) -> str:
    return _ESCAPED.sub(r"\\\1", quoted(clean(text)))


def placeholder(index: int) -> str:
    """Return the sign that stands for a shown value until variables have their ids."""
    return f"{PLACEHOLDER}{index}{PLACEHOLDER}"
