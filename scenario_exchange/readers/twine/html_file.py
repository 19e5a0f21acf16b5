"""Twine 2 HTML: published stories and archives. The file is scanned for story data; nothing else of it is looked at."""

import html
import re
from itertools import pairwise

from scenario_exchange.detect import Peek
from scenario_exchange.imported import Imported, ImportRefused, Report
from scenario_exchange.readers.twine.story import RawPassage, RawStory, import_stories

_ATTRIBUTE = re.compile(r"""([A-Za-z:_-]{1,60})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]{1,1000}))""")
_OPENING = re.compile(r"<!--|<(?:script|style|template|xmp|tw-storydata|tw-passagedata)\b", re.IGNORECASE)
_CLOSING = {f"<{name}": re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "template", "xmp")}
_CLOSING["<!--"] = re.compile("-->")
_END = re.compile("</tw-passagedata", re.IGNORECASE)
_BOUNDS = re.compile(r"""["'>]""")
MAX_TAG = 20_000
_STORY, _PASSAGE = "<tw-storydata", "<tw-passagedata"
_TWINE1 = ('id="storearea"', 'id="store-area"', "<div tiddler=")


def fits(peek: Peek) -> bool:
    """Return whether a file holds story data of Twine 2, or a story of Twine 1 in HTML."""
    if peek.is_package or not peek.head or peek.looks_like_json:
        return False
    html_like = peek.head[:1] == "<" or peek.extension in (".html", ".htm")
    return html_like and (_STORY in peek.text.lower() or any(mark in peek.text.lower() for mark in _TWINE1))


def read(peek: Peek) -> Imported:
    """Return every story of the file. Raises ImportRefused."""
    text = peek.text
    report = Report()
    stories = list(_stories(text, peek))
    if not stories:
        raise ImportRefused(
            "import.other-release",
            "This is a story of Twine 1.",
            "Open Twine 2, choose Import, and import the file that you publish from there.",
        )
    return import_stories("twine-html", stories, report, peek)


def _stories(text: str, peek: Peek) -> list[RawStory]:
    found: list[RawStory] = []
    starts = _places(text, _STORY)
    for at, following in pairwise([*starts, len(text)]):
        if len(found) > peek.limits.scenarios:
            break
        found.append(_story(text[at:following], peek))
    return found


def _places(text: str, tag: str) -> list[int]:
    """Return where elements of a kind begin. What scripts, comments and templates hold only looks like them."""
    found: list[int] = []
    unclosed: set[str] = set()
    at = 0
    for match in _OPENING.finditer(text):
        if match.start() < at:
            continue
        name = match[0].lower()
        if name == tag:
            found.append(match.start())
        elif name in _CLOSING:
            end = _CLOSING[name].search(text, match.end()) if name not in unclosed else None
            if end is None:
                unclosed.add(name)
            else:
                at = end.end()
    return found


def _story(text: str, peek: Peek) -> RawStory:
    head, body = _tag(text, 0)
    passages: list[RawPassage] = []
    starts = _places(text, _PASSAGE)
    if len(starts) > peek.limits.scenes:
        raise ImportRefused("import.too-large", f"A story has more than {peek.limits.scenes:,} passages.", "Split it.")
    first = starts[0] if starts else len(text)
    for at, following in pairwise([*starts, len(text)]):
        attributes, start = _tag(text, at)
        end = _END.search(text, start, following)
        passages.append(_passage(attributes, text[start : end.start() if end else following]))
    return RawStory(
        title=head.get("name") or "Untitled",
        passages=passages,
        format=f"{head.get('format', '')} {head.get('format-version', '')}".strip(),
        # A number; some programs write the name.
        start=head.get("startnode", ""),
        start_pid=head.get("startnode", ""),
        ifid=head.get("ifid", ""),
        scripts=_has_code(text[body:first]),
    )


def _has_code(text: str) -> bool:
    """Return whether a story's script or style sheet holds anything."""
    return bool(re.search(r"<(?:script|style)[^>]{0,500}>\s*[^<\s]", text, re.IGNORECASE))


def _tag(text: str, at: int) -> tuple[dict[str, str], int]:
    """Return the attributes of the tag at `at`, and where it ends. A > in quotes does not end it."""
    end = at
    quote = ""
    for match in _BOUNDS.finditer(text, at, at + MAX_TAG):
        mark = match[0]
        if quote:
            quote = "" if mark == quote else quote
        elif mark == ">":
            end = match.end()
            break
        else:
            quote = mark
    else:
        end = min(len(text), at + MAX_TAG)
    values = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(text, at, end)}
    return {name: html.unescape(value) for name, value in values.items()}, end


def _passage(attributes: dict[str, str], text: str) -> RawPassage:
    return RawPassage(
        name=attributes.get("name", "").strip() or f"Passage {attributes.get('pid', '')}".strip(),
        text=html.unescape(text),
        tags=attributes.get("tags", "").split(),
        at=position(attributes.get("position", "")),
        pid=attributes.get("pid", ""),
    )


def position(source: str) -> tuple[float, float] | None:
    """Return where a passage stands on the map ("600,400"), or None."""
    x, _, y = source.partition(",")
    try:
        place = float(x), float(y)
    except ValueError:
        return None
    return place if all(-1e6 < each < 1e6 for each in place) else None
