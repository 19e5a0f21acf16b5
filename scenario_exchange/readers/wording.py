"""Foreign words as authored text: what would mean something to our Markdown or messages is made to mean itself."""

import re

MAX_TEXT = 20_000
MAX_SHORT = 1_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_BRACES = re.compile(r"[{}]|(?<=')#")
_INLINE = re.compile(r"([\\`*_\[\]])")
_LEADING = re.compile(r"^([ \t]*)(#{1,6}(?=[ \t]|$)|[-+>](?=[ \t]|$)|>|=+[ \t]*$|-{3,}[ \t]*$)", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*\d{1,9})([.)])(?=[ \t]|$)", re.MULTILINE)
# One line that holds nothing which could mean more than itself: most of what is ever read.
_MEANT = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\\\\`*_\\[\\]{}"
_PLAIN = re.compile(f"(?:\\d+(?![\\d.)])|[^\\s\\d#+>=\\-{_MEANT}])[^#{_MEANT}]*")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def clean(text: str) -> str:
    """Return `text` without control characters; half characters become the replacement sign."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = text.encode("utf-8", "replace").decode() if not text.isascii() else text
    return _CONTROL.sub("", text)


def quoted(text: str) -> str:
    """Return `text` so that its braces mean themselves (docs of `scenario_engine.messages`)."""
    if "{" not in text and "}" not in text and "'#" not in text:
        return text
    return _BRACES.sub(r"'\g<0>'", text)


def as_text(text: str) -> str:
    """Return plain words as authored text: no mark of Markdown, no slot. Line ends become breaks."""
    if not text or _PLAIN.fullmatch(text):
        return text.rstrip()
    text = _INLINE.sub(r"\\\1", quoted(clean(text)))
    text = plain_lines(text)
    lines = [line.strip() for line in text.split("\n")]
    return tidy("\n".join(line + "\\" if line and after else line for line, after in _pairs(lines)))


def plain_lines(text: str) -> str:
    """Return `text` so that no line begins a list, heading, quotation or rule."""
    return _NUMBERED.sub(r"\1\\\2", _LEADING.sub(r"\1\\\2", text))


def _pairs(lines: list[str]) -> list[tuple[str, str]]:
    return list(zip(lines, [*lines[1:], ""], strict=True))


def as_line(text: str, length: int = MAX_SHORT) -> str:
    """Return plain words as a title, name or label: one line, no slots, not too long."""
    return cut(quoted(" ".join(clean(text).split())), length)


def in_one_line(text: str, length: int = MAX_SHORT) -> str:
    """Return authored text on one line, its breaks and blocks parted by blanks."""
    return cut(" ".join(text.replace("\\\n", " ").split()), length)


def cut(text: str, length: int) -> str:
    """Return `text`, shortened with an ellipsis where it is too long."""
    if len(text) <= length:
        return text
    return text[: length - 1].rstrip().rstrip("\\'") + "…"


def tidy(text: str) -> str:
    """Return `text` with at most one empty line between blocks and none around."""
    return text.strip() if "\n" not in text else _BLANK_LINES.sub("\n\n", text).strip()


def in_pieces(text: str, length: int = MAX_TEXT) -> list[str]:
    """Return `text` in pieces that fit a text of the document, parted between blocks, lines or words."""
    pieces: list[str] = []
    while len(text) > length:
        at = max(text.rfind("\n\n", 0, length), 0) or max(text.rfind("\n", 0, length), 0)
        at = at or max(text.rfind(" ", 0, length), 0) or length
        pieces.append(text[:at].strip())
        text = text[at:].strip()
    return [piece for piece in [*pieces, text] if piece]
