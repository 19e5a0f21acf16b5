"""Twee 3, and Twee 1 and 2 as far as they differ: passages as plain text behind lines that begin with two colons."""

import re

from scenario_engine.codec.reading import Raw
from scenario_exchange.detect import Peek
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.plain import read_json
from scenario_exchange.readers.twine.html_file import position
from scenario_exchange.readers.twine.story import RawPassage, RawStory, import_stories

_HEADER = re.compile(r"^::[ \t]*(.*)$", re.MULTILINE)
_TWEE = (".twee", ".tw", ".twee2", ".tw2", ".twee3")


def fits(peek: Peek) -> bool:
    """Return whether a text holds passages of Twee."""
    if peek.is_package or not peek.head:
        return False
    if peek.extension in _TWEE:
        return bool(_HEADER.search(peek.text))
    # GIFT names its questions with ::title:: too; a story names itself.
    return bool(re.search(r"^::[ \t]*(?:StoryTitle|StoryData)\b", peek.head, re.MULTILINE))


def read(peek: Peek) -> Imported:
    """Return the story. Raises ImportRefused."""
    report = Report()
    passages = _passages(peek)
    special = {each.name: each for each in passages if each.name in ("StoryTitle", "StoryData")}
    ordinary = [each for each in passages if each.name not in special]
    title = special["StoryTitle"].text.strip() if "StoryTitle" in special else ""
    data = _story_data(special, report)
    name = title.split("\n")[0] or str(data.get("name") or "") or peek.name.rpartition(".")[0] or "Untitled"
    given = f"{_text(data, 'format')} {_text(data, 'format-version')}".strip()
    return import_stories(
        "twee",
        [
            RawStory(
                title=name,
                passages=ordinary,
                format=given,
                start=_text(data, "start"),
                ifid=_text(data, "ifid"),
            )
        ],
        report,
        peek,
    )


def _passages(peek: Peek) -> list[RawPassage]:
    text = peek.text
    headers = list(_HEADER.finditer(text))
    if len(headers) > peek.limits.scenes:
        raise ImportRefused("import.too-large", f"More than {peek.limits.scenes:,} passages.", "Split the story.")
    ends = [header.start() for header in headers[1:]] + [len(text)]
    return [
        _passage(header[1], text[header.end() + 1 : end].strip("\n")) for header, end in zip(headers, ends, strict=True)
    ]


def _passage(header: str, body: str) -> RawPassage:
    """Return a passage from its header: name [tags] {"position": …}, or <x,y> in Twee 2."""
    rest = header.strip()
    at = None
    brace = _unescaped(rest, "{")
    if brace >= 0 and rest.endswith("}"):
        at = _placed(rest[brace:])
        rest = rest[:brace].rstrip()
    angle = rest.rfind("<")
    if angle >= 0 and rest.endswith(">") and position(rest[angle + 1 : -1]):
        at = position(rest[angle + 1 : -1])
        rest = rest[:angle].rstrip()
    bracket = _unescaped(rest, "[")
    tags: list[str] = []
    if bracket >= 0 and rest.endswith("]"):
        tags = [_plain(tag) for tag in rest[bracket + 1 : -1].split()]
        rest = rest[:bracket]
    text = re.sub(r"^\\::", "::", body, flags=re.MULTILINE)
    return RawPassage(name=_plain(rest.strip()) or "Untitled passage", text=text, tags=tags, at=at)


def _unescaped(text: str, mark: str) -> int:
    at = text.find(mark)
    while at > 0 and text[at - 1] == "\\":
        at = text.find(mark, at + 1)
    return at


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _placed(source: str) -> tuple[float, float] | None:
    try:
        data = read_json(source)
    except ImportRefused:
        return None
    return position(_text(data, "position"))


def _story_data(special: dict[str, RawPassage], report: Report) -> dict[str, Raw]:
    if "StoryData" not in special:
        return {}
    try:
        data = read_json(special["StoryData"].text)
    except ImportRefused as error:
        report.changed("StoryData", f"It could not be read: {shortened(error.message)}", "Choose the first scene.")
        return {}
    return data if isinstance(data, dict) else {}


def _text(data: Raw, name: str) -> str:
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, str) else ""
