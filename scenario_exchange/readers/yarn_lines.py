"""One line of Yarn: who speaks, the condition and the hash tags behind it, and the values shown in it."""

import re

from scenario_exchange.imported import Report
from scenario_exchange.readers.stories.expressions import Expression, parse
from scenario_exchange.readers.stories.markup import placeholder
from scenario_exchange.readers.stories.pieces import PLACEHOLDER, Words
from scenario_exchange.readers.wording import as_text

_TAIL = re.compile(r"\s#[\w:.\-]+\s*$")
_IF_TAIL = re.compile(r"<<\s*if\s+([^<>]{1,2000}(?:[<>]=?[^<>]{1,2000})?)>>\s*$")
_ONCE_TAIL = re.compile(r"<<\s*once(?:\s+if\s+([^<>]{1,2000}))?\s*>>\s*$")
_SPEAKER = re.compile(r"^([^\s:][^:\[\]{}<>]{0,60}?):\s+(.*)$")
_MARK = re.compile(r"\[/?[A-Za-z][\w]{0,40}(?:[ =][^\[\]]{0,200})?/?\]")
_VALUE = re.compile(r"\{([^{}\n]{1,300})\}")


def without_tags(line: str) -> str:
    """Return a line without the hash tags at its end."""
    if "#" not in line:
        return line.strip()
    while match := _TAIL.search(line[-200:]):
        line = line[: len(line) - len(line[-200:]) + match.start()]
    return line.strip()


def conditions(text: str) -> tuple[str, Expression | None, bool]:
    """Return a line without its condition, the condition, and whether it is said only once."""
    if not text.endswith(">>"):
        return text, None, False
    once = _ONCE_TAIL.search(text)
    if once:
        return text[: once.start()].strip(), parse(once[1]) if once[1] else None, True
    condition = _IF_TAIL.search(text)
    if condition:
        return text[: condition.start()].strip(), parse(condition[1]), False
    return text, None, False


def words_of(plain: str, place: str, report: Report) -> Words:
    """Return what a line says."""
    text, when, _ = conditions(plain)
    speaker = _SPEAKER.match(text) if ":" in text else None
    who, said = (speaker[1].strip(), speaker[2]) if speaker else ("", text)
    if "[" in said and _MARK.search(said):
        report.changed(place, "Marks inside lines, such as [wave], are left out.")
        said = _MARK.sub("", said)
    said = said.replace(PLACEHOLDER, "")
    if "{" not in said:
        return Words(text=as_text(said), who=who, when=when)
    shown: list[Expression] = []
    parts: list[str] = []
    at = 0
    for match in _VALUE.finditer(said):
        before = as_text(said[at : match.start()])
        parts.append(before + (" " if said[match.start() - 1 : match.start()] == " " else ""))
        parts.append(placeholder(len(shown)))
        shown.append(parse(match[1]))
        at = match.end()
    rest = said[at:]
    parts.append((" " if at and rest[:1] == " " else "") + as_text(rest))
    return Words(text="".join(parts), who=who, when=when, shown=shown)
