"""QTI: items of 1.2, 2.x and 3.0, single files or packages, as a quiz."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from pathlib import PurePosixPath as Path
from typing import Any
from urllib.parse import unquote

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report
from scenario_exchange.markup import parse_xml
from scenario_exchange.readers.building import Draft, is_language
from scenario_exchange.readers.quiz.build import QuizBuilder
from scenario_exchange.readers.quiz.markup import attribute, every, first, name_of
from scenario_exchange.readers.quiz.qti1 import read_item as read_item_1
from scenario_exchange.readers.quiz.qti2 import read_item as read_item_2

_MANIFEST = "imsmanifest.xml"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TESTS = ("assessment", "assessmenttest")
_ITEMS = ("item", "assessmentitem")
_PARTS = ("assessmentsection", "section", "testpart", "selectionordering", "selection_ordering")
_ROOT = re.compile(
    r"<(?:[a-z0-9_]+:)?(questestinterop|assessmentItem|qti-assessment-item|assessmentTest)\b", re.IGNORECASE
)


def fits(peek: Peek) -> bool:
    """Return whether a file is a QTI item, an item bank, or a package with a manifest."""
    if peek.is_package:
        names = [PurePosixPath(name) for name in peek.package.names]
        is_office = any(name.name == "[Content_Types].xml" for name in names)
        items = (name for name in names if name.suffix.lower() == ".xml" and name.name.lower() not in ("h5p.json",))
        return not is_office and (any(name.name.lower() == _MANIFEST for name in names) or any(items))
    return peek.head[:1] == "<" and bool(_ROOT.search(peek.head[:8_000]))


def read(peek: Peek) -> Imported:
    """Return the quiz. Raises ImportRefused."""
    report = Report()
    found = _packed(peek, report) if peek.is_package else [("", _parsed(peek.text, peek, peek.name))]
    draft = Draft(_title(found) or PurePosixPath(peek.name).stem, report, peek)
    builder = QuizBuilder(draft)
    languages: list[str] = []
    number = 0
    for path, root in found:
        files = _Files(peek, Path(path).parent)
        _tell_of_test(root, path, report)
        for item in root.iter():
            peek.check_time()
            kind = name_of(item)
            if kind == "assessmentitem" or (kind == "item" and name_of(root) == "questestinterop"):
                number += 1
                languages.append(str(item.get(_LANGUAGE) or root.get(_LANGUAGE) or ""))
                (read_item_2 if kind == "assessmentitem" else read_item_1)(item, number, builder, files)
    if len(set(languages)) == 1 and is_language(languages[0]):
        draft.head["language"] = languages[0]
    document = builder.finish()
    if document is None:
        told = " ".join(f"{entry.place}: {entry.what}" for entry in report.of_kind("dropped")[:5])
        raise ImportRefused("import.empty", "No question of this file can be asked here.", told, peek.name)
    return Imported(format="qti", documents=[document], media=draft.media, report=report)


def _parsed(source: bytes | str, peek: Peek, place: str) -> Any:
    return parse_xml(source, peek.limits, place, named_type=True)


def _title(found: list[tuple[str, Any]]) -> str:
    """Return the title of the one test in a file, or else of its one item, or ""."""
    for names in (_TESTS, _ITEMS):
        titles = [attribute(each, "title") for _, root in found for each in every(root, *names)]
        if titles:
            return titles[0] if len(titles) == 1 else ""
    return ""


def _tell_of_test(root: Any, path: str, report: Report) -> None:
    """Name what a whole test says, which a quiz here does not have."""
    place = path or "The test"
    if first(root, "timelimits") is not None:
        report.dropped(place, "Time limits.")
    if any(name_of(each.getparent()) in _PARTS for each in every(root, "selection", "ordering")):
        report.dropped(place, "Drawing questions by chance, or their order: all are asked, one after the other.")
    if first(root, "branchrule", "precondition") is not None:
        report.dropped(
            place, "Rules that skip questions: all are asked, one after the other.", "Draw the ways by hand."
        )
    if first(root, "testfeedback") is not None:
        report.dropped(place, "What is told at the end of the test.", "Write it into the ending.")


class _Files:
    """The files beside an item of a package."""

    def __init__(self, peek: Peek, folder: Path) -> None:
        self.peek = peek
        self.folder = folder

    def find(self, address: str) -> bytes | None:
        """Return the bytes of a file that an item names, relative to itself or to the package."""
        if not self.peek.is_package:
            return None
        plain = unquote(address.partition("?")[0]).replace("$IMS-CC-FILEBASE$", "").lstrip("/")
        parts: list[str] = []
        for part in (self.folder / plain).parts:
            if part == ".." and parts:
                parts.pop()
            elif part not in (".", ".."):
                parts.append(part)
        for name in ("/".join(parts), plain, f"web_resources/{plain}"):
            if name in self.peek.package:
                return self.peek.package.read(name)
        return None


def _packed(peek: Peek, report: Report) -> list[tuple[str, Any]]:
    package = peek.package
    xml = [name for name in package.names if name.lower().endswith(".xml")]
    roots: dict[str, Any] = {}
    for name in xml:
        peek.check_time()
        data = package.read(name)
        peek.check_words(data.decode("latin-1"))
        try:
            root = _parsed(data, peek, name)
        except ImportRefused as refused:
            if refused.code.startswith("package.") or refused.code == "import.doctype":
                raise
            report.dropped(name, refused.message)
            continue
        if name_of(root) in ("assessmentitem", "questestinterop", "manifest", "assessmenttest"):
            roots[name] = root
        elif name_of(root) == "quiz":
            report.dropped(name, "Settings of the quiz: tries, time limit, dates and the like.")
    order = [*_ordered(roots, "assessmenttest"), *_ordered(roots, "manifest"), *sorted(roots)]
    return [
        (name, roots[name])
        for name in dict.fromkeys(order)
        if name_of(roots[name]) in ("assessmentitem", "questestinterop", "assessmenttest")
    ]


def _ordered(roots: dict[str, Any], kind: str) -> list[str]:
    """Return the files that tests or manifests name, in their order."""
    found: list[str] = []
    for name, root in roots.items():
        if name_of(root) == kind:
            for element in root.iter():
                address = str(element.get("href") or "") if isinstance(element.tag, str) else ""
                path = str(Path(name).parent / address) if address else ""
                if path in roots and path != name:
                    found.append(path)
    return found


QTI = Reader(name="qti", title="QTI questions", extensions=(".xml", ".zip", ".imscc"), fits=fits, read=read)
