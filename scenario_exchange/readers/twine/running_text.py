"""Links inside running text: their words stay in a sentence, and go where they only list ways on."""

import re

# Stands before and after the words of a link.
WAY = "\ue001"
_TAG = re.compile(r"<[^<>]{0,2000}>")
_NUMBER = re.compile(r"^\s*(?:\d{1,3}|[A-Za-z])[.)](?=\s)")
_CLOSES = " \t*_'/\"”’»)"
_ENDS = ".?!:;…–—-"


def without_ways(text: str) -> str:
    """Return a text without the words of the links that are no part of it."""
    if WAY not in text:
        return text
    return "\n".join(_line(line) if WAY in line else line for line in text.split("\n"))


def _line(line: str) -> str:
    parts = line.split(WAY)  # every second one is the words of a link
    if len(parts) == 3 and not parts[0].strip() and not parts[2].strip():
        return ""
    if len(parts) % 2 == 0:  # a link over several lines
        return "".join(parts)
    last = len(parts) - 1
    at = last
    while at >= 0 and not _says(parts[at], first=at == 0):
        at -= 2
    if at < 0:
        return "".join(_TAG.findall("".join(parts[::2])))
    if at < last and parts[at].rstrip(_CLOSES)[-1:] in _ENDS:
        return "".join(parts[: at + 1]) + "".join(_TAG.findall("".join(parts[at + 2 :: 2])))
    return "".join(parts)


def _says(part: str, *, first: bool) -> bool:
    """Return whether there is more than blanks, signs and the number of a list."""
    if not part or part.isspace():
        return False
    plain = _NUMBER.sub("", part) if first else part
    plain = _TAG.sub("", plain) if "<" in plain else plain
    return any(char.isalnum() or char == "\ue000" for char in plain)
