"""QTI: items of 1.2, 2.x and 3.0, single files or packages, as a quiz."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from pathlib import PurePosixPath as Path
from typing import Any

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report
from scenario_exchange.markup import parse_xml
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.quiz.build import QuizBuilder
from scenario_exchange.readers.quiz.markup import name_of
from scenario_exchange.readers.quiz.qti1 import read_item as read_item_1
from scenario_exchange.readers.quiz.qti2 import read_item as read_item_2

_MANIFEST = "imsmanifest.xml"
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
    draft = Draft(PurePosixPath(peek.name).stem, report, peek)
    builder = QuizBuilder(draft)
    found = _packed(peek, report) if peek.is_package else [("", parse_xml(peek.text, peek.limits, peek.name))]
    for path, root in found:
        files = _Files(peek, Path(path).parent)
        for item in root.iter():
            peek.check_time()
            kind = name_of(item)
            if kind == "assessmentitem":
                read_item_2(item, path, builder, files)
            elif kind == "item" and name_of(root) == "questestinterop":
                read_item_1(item, path, builder, files)
    document = builder.finish()
    if document is None:
        told = " ".join(f"{entry.place}: {entry.what}" for entry in report.of_kind("dropped")[:5])
        raise ImportRefused("import.empty", "No question of this file can be asked here.", told, peek.name)
    return Imported(format="qti", documents=[document], media=draft.media, report=report)


class _Files:
    """The files beside an item of a package."""

    def __init__(self, peek: Peek, folder: Path) -> None:
        self.peek = peek
        self.folder = folder

    def find(self, address: str) -> bytes | None:
        """Return the bytes of a file that an item names, relative to itself or to the package."""
        if not self.peek.is_package:
            return None
        plain = address.partition("?")[0].replace("$IMS-CC-FILEBASE$/", "").replace("%20", " ")
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
            root = parse_xml(data, peek.limits, name)
        except ImportRefused as refused:
            if refused.code.startswith("package.") or refused.code == "import.doctype":
                raise
            report.dropped(name, refused.message)
            continue
        if name_of(root) in ("assessmentitem", "questestinterop", "manifest", "assessmenttest"):
            roots[name] = root
    order = [*_ordered(roots, "assessmenttest"), *_ordered(roots, "manifest"), *sorted(roots)]
    return [
        (name, roots[name])
        for name in dict.fromkeys(order)
        if name_of(roots[name]) in ("assessmentitem", "questestinterop")
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
