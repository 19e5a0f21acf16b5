"""A Twine story, whatever file it came in, as documents: its dialect is chosen by its story format."""

import html
import re
from typing import Any

import msgspec

from scenario_exchange.detect import Peek
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.readers.stories.assemble import assemble
from scenario_exchange.readers.stories.pieces import Change, Passage, Piece, Story, Words
from scenario_exchange.readers.stories.styles import MARKDOWN
from scenario_exchange.readers.twine import chapbook, harlowe, snowman, sugarcube
from scenario_exchange.readers.twine.links import end_of_link
from scenario_exchange.readers.twine.weaving import Tongue, Weaver

MAX_PASSAGE = 200_000
_DATA = re.compile(r"data:[a-z]{1,20}/[a-z0-9.+\-]{1,40};base64,[A-Za-z0-9+/=]*+")
_PICTURE = re.compile(r"\[img\[([^\[\]]{1,1000})\](?:\[([^\[\]]{1,1000})\])?(?:\[[^\[\]]{0,1000}\])?\]")
_INLINED = "inlined-media:"
# SugarCube, and the formats of Twine 1 whose macros and marks it kept.
_OLD = ("sugarcube", "sugarcane", "jonah", "responsive")
# Passages that Twine and its formats keep for themselves.
_SCRIPTS = frozenset({"script", "stylesheet", "twine.private", "annotation", "haml"})
_SPECIAL = frozenset(
    ["StoryMenu", "StoryCaption", "StoryBanner", "StoryAuthor", "StorySubtitle", "StoryDisplayTitle", "StoryInterface",
     "StoryShare", "StorySettings", "StoryIncludes", "PassageReady", "PassageDone", "PassageHeader", "PassageFooter",
     "StoryLoadingScreen", "StoryData", "StoryTitle"]
)  # fmt: skip
_BEFORE = frozenset({"StoryInit"})
_EVERY = frozenset({"header", "footer", "debug-header", "debug-footer", "debug-startup"})


class RawPassage(msgspec.Struct, kw_only=True):
    """A passage as its file has it."""

    name: str
    text: str
    tags: list[str] = []
    at: tuple[float, float] | None = None
    pid: str = ""


class RawStory(msgspec.Struct, kw_only=True):
    """A story as its file has it; `start` is a name, `start_pid` a number."""

    title: str
    passages: list[RawPassage]
    format: str = ""
    start: str = ""
    start_pid: str = ""
    ifid: str = ""
    scripts: bool = False


def import_stories(name: str, stories: list[RawStory], report: Report, peek: Peek) -> Imported:
    """Return all stories of a file. Raises ImportRefused."""
    if len(stories) > peek.limits.scenarios:
        raise ImportRefused("import.too-large", f"The file holds {len(stories):,} stories.", "Import fewer at once.")
    imported = Imported(format=name, documents=[], report=report)
    for raw in stories:
        if not raw.format and (guessed := guess_format(raw.passages)):
            raw.format = guessed
            report.changed(raw.title, f"The story does not name its format; it was read as {guessed}.")
        if len(stories) > 1:
            report.kept(raw.title, "It is one of several stories in the file and became a scenario of its own.")
        if len(stories) > 1 and all(_is_special(passage) for passage in raw.passages):
            report.dropped(raw.title, "The story has no passages.")
            continue
        built = assemble(_story(raw, report, peek), report, peek)
        if any(built.document["id"] == other["id"] for other in imported.documents):
            built.document["id"] = f"{built.document['id'][:50]}_{len(imported.documents) + 1}"
        imported.documents.append(built.document)
        imported.media.update(built.media)
        if built.layout:
            imported.layouts[built.document["id"]] = built.layout
    return imported


def _story(raw: RawStory, report: Report, peek: Peek) -> Story:
    if raw.scripts:
        report.dropped(raw.title, "The story's own script and style sheet are left out.", "Scripts are never run.")
    story = Story(title=raw.title, passages=[], start=_start_of(raw, report), key=raw.title)
    _check_amount(raw, peek)
    for passage in _unique(raw, report):
        peek.check_time()
        _read_into(story, passage, raw, report)
    kept = len(story.passages)
    report.kept(raw.title, f"{kept} passages became scenes; the format is {raw.format or 'not named'}.")
    return story


def _check_amount(raw: RawStory, peek: Peek) -> None:
    marks = sum(
        passage.text.count("<") + passage.text.count("[") + passage.text.count("(") + passage.text.count("{")
        for passage in raw.passages
    )
    if marks > 2 * peek.limits.elements or len(raw.passages) > peek.limits.scenes:
        raise ImportRefused("import.too-large", f"“{raw.title}” holds too many passages or macros.", "Split the story.")


def _start_of(raw: RawStory, report: Report) -> str:
    names = [passage.name for passage in raw.passages]
    by_pid = next((each.name for each in raw.passages if raw.start_pid and each.pid == raw.start_pid), "")
    found = by_pid or next((name for name in (raw.start, "Start") if name and name in names), "")
    if not found:
        ordinary = [each.name for each in raw.passages if not _is_special(each)]
        found = ordinary[0] if ordinary else ""
        asked = raw.start_pid or raw.start
        what = f"Its first passage “{shortened(asked)}” does not exist" if asked else "It does not say where it begins"
        report.changed(raw.title, f"{what}; play starts at “{shortened(found)}”.", "Choose the first scene.")
    return found


def _is_special(passage: RawPassage) -> bool:
    return passage.name in _SPECIAL | _BEFORE or bool(_SCRIPTS & set(passage.tags))


def _unique(raw: RawStory, report: Report) -> list[RawPassage]:
    seen: dict[str, RawPassage] = {}
    for passage in raw.passages:
        if passage.name in seen:
            report.dropped(passage.name, "A second passage with this name is left out.", "Rename it, and import again.")
        else:
            seen[passage.name] = passage
    return list(seen.values())


def _read_into(story: Story, passage: RawPassage, raw: RawStory, report: Report) -> None:
    tags = set(passage.tags)
    if tags & _SCRIPTS:
        report.dropped(passage.name, "A script or style sheet is left out.", "Scripts are never run.")
        return
    if passage.name in _SPECIAL or tags & _EVERY:
        what = "Text that the format shows beside every passage is left out."
        report.dropped(passage.name, what, "Put what matters into the scenes.")
        return
    if "nobr" in tags and raw.format.lower().startswith(_OLD):
        passage.text = re.sub(r"\n+", " ", passage.text)
    inlined: dict[str, str] = {}
    pieces, notes, offered = read_text(raw.format, passage.name, _bounded(passage, inlined), report)
    for piece in pieces:
        if isinstance(piece, Words) and piece.picture is not None:
            piece.picture = (inlined.get(piece.picture[0], piece.picture[0]), piece.picture[1])
    if passage.name in _BEFORE or "startup" in tags:
        story.before += [piece for piece in pieces if isinstance(piece, Change) and piece.when is None]
        if any(not isinstance(piece, Change) or piece.when is not None for piece in pieces):
            report.dropped(passage.name, "Only plain values to start with are taken from it.", "Look at the rest.")
        return
    story.passages.append(
        Passage(name=passage.name, pieces=pieces, at=passage.at, tags=passage.tags, notes=notes, offered=offered)
    )


def _bounded(passage: RawPassage, inlined: dict[str, str]) -> str:
    """Return a passage's text, its inlined media lifted out of the way of the reading."""

    def lift(match: re.Match[str]) -> str:
        name = f"{_INLINED}{len(inlined)}"
        inlined[name] = match[0]
        return name

    text = _DATA.sub(lift, passage.text.replace(_INLINED, "")) if "data:" in passage.text else passage.text
    text = _PICTURE.sub(_as_tag, text) if "[img[" in text else text
    if len(text) > MAX_PASSAGE:
        raise ImportRefused(
            "import.too-large",
            f"The passage “{shortened(passage.name)}” has more than {MAX_PASSAGE:,} characters.",
            "Split it.",
            shortened(passage.name),
        )
    return text


def _as_tag(match: re.Match[str]) -> str:
    """Return a picture in brackets as a tag, with its link behind it."""
    alt, _, source = match[1].rpartition("|")
    tag = f'<img src="{html.escape(source.strip())}" alt="{html.escape(alt.strip())}">'
    return f"{tag}\n[[{match[2]}]]" if match[2] else tag


def read_text(format_name: str, place: str, text: str, report: Report) -> tuple[list[Piece], list[str], Any]:
    """Return (pieces, notes, when it is offered) of a passage in the dialect of its story format."""
    dialect = format_name.lower()
    if dialect.startswith(_OLD):
        return (*sugarcube.read_passage(place, text, report), None)
    if dialect.startswith("harlowe"):
        pieces, offered = harlowe.read_passage(place, text, report)
        return pieces, [], offered
    if dialect.startswith("chapbook"):
        return (*chapbook.read_passage(place, text, report), None)
    if dialect.startswith("snowman"):
        return snowman.read_passage(place, text, report), [], None
    return _plainly(place, text, report), [], None


_SUGARCUBE = re.compile(r"<<(?:/?[A-Za-z][\w-]{0,40}[\s>]|[=-]\s)|^!{1,6}\s?\w", re.MULTILINE)
_HARLOWE = re.compile(
    r"\((?:set|put|if|unless|else-?if|else|display|print|str|either|random|history|hook|live|event|after|align|css"
    r"|link(?:-[a-z]+)*|click(?:-[a-z]+)*|mouse[a-z]+|go-?to|undo|text-[a-z]+|colou?r|background|cycling-link|seq-link"
    r"|dropdown|input-box|storylet|open-storylets|enchant|change|show|replace|append|prepend|prompt|alert|a|array|dm):",
    re.IGNORECASE,
)
_CHAPBOOK = re.compile(
    r"^--$|^\[(?:if|unless|cont|else|after|align|note|append)\b[^\[\]\n]{0,200}\]$"
    r"|\{(?:embed|reveal|cycling|dropdown|text input|link to|back link|restart)\b",
    re.MULTILINE | re.IGNORECASE,
)
# Marks that Twine's own formats share, and Markdown has not.
_TIDDLY = re.compile(r"''[^'\n]{1,200}''|(?<![:/])//[^/\s][^/\n]{0,200}//")


def guess_format(passages: list[RawPassage]) -> str:
    """Return the story format that the text of the passages speaks, where the file does not say."""
    text = "\n".join(passage.text[:20_000] for passage in passages[:200] if not _SCRIPTS & set(passage.tags))
    if "<%" in text:
        return "Snowman"
    for name, marks in (("SugarCube", _SUGARCUBE), ("Harlowe", _HARLOWE), ("Chapbook", _CHAPBOOK)):
        if marks.search(text):
            return name
    if _TIDDLY.search(text):
        return "Harlowe" if re.search(r"^#{1,6}[^\s#]", text, re.MULTILINE) else "SugarCube"
    return ""


def _plainly(place: str, text: str, report: Report) -> list[Piece]:
    weaver = Weaver(place, Tongue(style=MARKDOWN), report)
    at = 0
    for match in re.finditer(r"\[\[", text):
        end = end_of_link(text, match.start()) if match.start() >= at else -1
        if end >= 0:
            weaver.words(text[at : match.start()], None)
            weaver.link(text[match.start() + 2 : end - 2], None)
            at = end
    weaver.words(text[at:], None)
    return weaver.finish()
