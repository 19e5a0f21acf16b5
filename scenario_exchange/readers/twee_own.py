"""Twee files that we wrote: remarks say what Twine does not know; the passages say the rest and may be edited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Layout, Report, shortened
from scenario_exchange.plain import read_json
from scenario_exchange.storyboards.naming import is_id
from scenario_exchange.storyboards.read_rows import read_rows
from scenario_exchange.storyboards.remarks import ENDS, read_remark
from scenario_exchange.storyboards.row import Row
from scenario_exchange.writers.twee import MARK, SETTINGS

_HEAD = re.compile(r"^::\s*(.*?)\s*(?:\[([^\]]*)\])?\s*(\{.*\})?\s*$")
_LINK = re.compile(r"\[\[([^\]|\n]+)\|([^\]\n]+)\](?:\[[^\n]*\])?\]")
_MACRO = re.compile(r"<<[^\n]*?>>")
_WAY_ON = re.compile(r"^\[\[([^\]|\n]+)\]\]$")
_POSITION = re.compile(r'"position"\s*:\s*"(-?\d{1,7}(?:\.\d{1,3})?),(-?\d{1,7}(?:\.\d{1,3})?)"')
_OWN = ("StoryTitle", "StoryData", "StoryInit", SETTINGS)


def fits(peek: Peek) -> bool:
    """Return whether a Twee file says that it came from here."""
    return peek.head.startswith("::") and bool(re.search(rf'"{MARK}"\s*:\s*1\b', peek.head[:4_000]))


def read(peek: Peek) -> Imported:
    """Return the scenario. Raises ImportRefused."""
    report = Report()
    layout: Layout = {}
    passages = list(_passages(peek.text))
    title = next((" ".join(body) for name, _, _, body in passages if name == "StoryTitle"), "").strip()
    document = read_rows(_rows(passages, layout, report, peek), title, report, is_own=True)
    report.kept(document["title"], f"{len(document['scenes'])} scenes.")
    return Imported(
        format="twee", documents=[document], report=report, layouts={document["id"]: layout} if layout else {}
    )


Passage = tuple[str, str, str, list[str]]


def _passages(text: str) -> Iterator[Passage]:
    current: Passage | None = None
    for line in text.split("\n"):
        if line.startswith("::"):
            if current:
                yield current
            match = _HEAD.match(line[:2_000])
            name, tags, metadata = (match[1], match[2] or "", match[3] or "") if match else (line[2:].strip(), "", "")
            current = (name, tags, metadata, [])
        elif current:
            current[3].append(line)
    if current:
        yield current


def _rows(passages: list[Passage], layout: Layout, report: Report, peek: Peek) -> Iterator[Row]:
    for name, _, _, body in passages:
        if name == SETTINGS:
            yield from _remarks("", name, body)
    for name, tags, metadata, body in passages:
        peek.check_time()
        if name in _OWN:
            continue
        if at := _POSITION.search(metadata):
            layout[name] = {"x": float(at[1]), "y": float(at[2])}
        found = list(_remarks(name, name, body))
        if not any(row.cells["part"] == "scene" for row in found):
            report.changed(name, "A passage without our remarks: it was read as a page.")
            found.insert(0, Row(cells={"part": "scene", "scene": name, **_plain_scene(body)}, place=name))
        elif tags and is_id(tags.split()[0]):
            next(row for row in found if row.cells["part"] == "scene").cells["kind"] = tags.split()[0]
        yield from found
    if not passages:
        raise ImportRefused("import.structure", "There are no passages.", "Export it again.")


def _plain_scene(body: list[str]) -> dict[str, str]:
    text = "\n".join(line for line in body if not _LINK.search(line) and not _WAY_ON.match(line.strip()))
    goto = next((match[1] for line in body if (match := _WAY_ON.match(line.strip()))), "")
    return {"text": _MACRO.sub("", text).strip(), "goto": goto}


def _remarks(scene: str, place: str, body: list[str]) -> Iterator[Row]:
    row: Row | None = None
    words: list[str] = []
    for line in [*body, None]:
        remark = read_remark(line) if line is not None else ("", {})
        if remark is None:
            words.append(str(line))
            continue
        if row is not None:
            _add_words(row, words)
            yield row
        words = []
        row = Row(cells={"part": remark[0], **({"scene": scene} if scene else {}), **remark[1]}, place=place)
        row.more = _more(row.cells.pop("more", ""), place)


def _more(cell: str, place: str) -> dict[str, object]:
    value = read_json(cell, place=place) if cell else {}
    if not isinstance(value, dict):
        raise ImportRefused(
            "import.structure", f"A remark of “{shortened(place)}” cannot be read.", "Export it again.", place
        )
    return value


def _add_words(row: Row, words: list[str]) -> None:
    """Give a row what stands below its remark: the text of a scene or beat, the words and target of a choice."""
    part = row.cells["part"]
    text = "\n".join(words)
    if part == "choice":
        if (link := _LINK.search(text)) and "text" not in row.cells:
            row.cells["text"], row.cells["goto"] = link[1], link[2]
    elif part in ("scene", "beat") and "text" not in row.cells:
        kept = [line for line in words if not _WAY_ON.match(line.strip()) and not line.startswith("<<")]
        ends = row.cells.pop(ENDS, "")
        if clean := "\n".join(kept).strip("\n"):
            row.cells["text"] = clean + "\n" * (int(ends) if ends.isdecimal() and len(ends) < 3 else 0)


OWN_TWEE = Reader(
    name="twee-own", title="Twee 3 from here", extensions=(".twee", ".tw"), fits=fits, read=read, converts=False
)
