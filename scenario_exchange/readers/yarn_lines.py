"""One line of Yarn: who speaks, the condition and the hash tags behind it, and the values shown in it."""

import re
from collections.abc import Callable

import msgspec

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.expressions import Expression
from scenario_exchange.readers.stories.markup import placeholder
from scenario_exchange.readers.stories.pieces import PLACEHOLDER, Words
from scenario_exchange.readers.wording import as_text

_TAIL = re.compile(r"(?:\s|(?<=>>))(#[\w:.\-]+)\s*$")
_IF_TAIL = re.compile(r"<<\s*if\s+([^<>]{1,2000}(?:[<>]=?[^<>]{1,2000}){0,20})>>\s*$")
_ONCE_TAIL = re.compile(r"<<\s*once(?:\s+if\s+([^<>]{1,2000}(?:[<>]=?[^<>]{1,2000}){0,20}))?\s*>>\s*$")
_SPEAKER = re.compile(r"^([^\s:][^:\[\]{}<>]{0,60}?):\s+(.*)$")
_MARK = re.compile(r"\[/?(?:[A-Za-z][\w]{0,40}(?:[ =][^\[\]]{0,200})?)?/?\]")
# Tags of the engine that Yarn is mostly used with.
_RICH = re.compile(
    r"</?(?:b|i|u|s|color|size|alpha|mark|sub|sup|font|material|sprite|style|align|nobr|link|br)\b[^<>]{0,80}/?>"
)
# Marks that stand for words which depend on a value.
_CHOOSING = re.compile(r"\[(?:select|plural|ordinal)\b")
_VALUE = re.compile(r"\{([^{}\n]{1,300})\}")
_COMMENT = re.compile(r"(?:^|(?<=\s)|(?<=>>))//")
_ESCAPED = re.compile(r"\\([\\#{}\[\]<>/:])")
# A sign that a backslash makes mean itself is out of the way while the line is read.
_HIDDEN = 0xE100
_SHOWN = {_HIDDEN + ord(sign): sign for sign in "\\#{}[]<>/:"}


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind a line: its condition, and whether it is said only once."""

    text: str
    when: str = ""
    once: bool = False


def without_remarks(line: str) -> str:
    """Return a line without the comment behind it; signs that mean themselves are hidden."""
    if "\\" in line:
        line = _ESCAPED.sub(lambda match: chr(_HIDDEN + ord(match[1])), line)
    if "//" not in line:
        return line
    for match in _COMMENT.finditer(line):
        before = line[: match.start()]
        if before.count("<<") == before.count(">>"):  # not inside a command
            return before.rstrip()
    return line


def shown(text: str) -> str:
    """Return words with the signs that were hidden."""
    return text.translate(_SHOWN)


def without_tags(line: str, told: Callable[[str], None] | None = None) -> str:
    """Return a line without the hash tags at its end; `told` hears of those that are no ids of lines."""
    if "#" not in line:
        return line.strip()
    while "#" in line[-200:] and (match := _TAIL.search(line[-200:])):
        line = line[: len(line) - len(line[-200:]) + match.start()]
        if told and not match[1].startswith(("#line:", "#shadow:")):
            told(match[1])
    return line.strip()


def behind(text: str) -> Spoken:
    """Return a line without its condition, the condition, and whether it is said only once."""
    if not text.endswith(">>"):
        return Spoken(text=text)
    once = _ONCE_TAIL.search(text)
    if once:
        return Spoken(text=text[: once.start()].strip(), when=once[1] or "", once=True)
    condition = _IF_TAIL.search(text)
    if condition:
        return Spoken(text=text[: condition.start()].strip(), when=condition[1])
    return Spoken(text=text)


def words_of(text: str, place: str, report: Report, claim: Callable[[str], Expression]) -> Words:
    """Return what a line says, without what stands behind it."""
    speaker = _SPEAKER.match(text) if ":" in text else None
    who, said = (shown(speaker[1].strip()), speaker[2]) if speaker else ("", text)
    said = _without_marks(said, place, report).replace(PLACEHOLDER, "")
    if "{" not in said:
        return Words(text=as_text(shown(said)), who=who)
    values: list[Expression] = []
    parts: list[str] = []
    at = 0
    for match in _VALUE.finditer(said):
        before = as_text(shown(said[at : match.start()]))
        parts.append(before + (" " if said[match.start() - 1 : match.start()] == " " and match.start() else ""))
        parts.append(placeholder(len(values)))
        values.append(claim(match[1]))
        at = match.end()
    rest = said[at:]
    parts.append((" " if at and rest[:1] == " " else "") + as_text(shown(rest)))
    return Words(text="".join(parts), who=who, shown=values)


def _without_marks(said: str, place: str, report: Report) -> str:
    if "[" in said and _MARK.search(said):
        for match in _MARK.finditer(said):
            if _CHOOSING.match(match[0]):
                report.dropped(place, f"Not converted: {shortened(match[0], 90)}.", "Write the words it stands for.")
        report.changed(place, "Marks inside lines, such as [wave], are left out.")
        said = _MARK.sub("", said)
    if "<" in said and _RICH.search(said):
        report.changed(place, "Marks inside lines, such as <color>, are left out.")
        said = _RICH.sub("", said)
    return said
