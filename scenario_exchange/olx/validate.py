"""Checking an archive as Studio's importer would read it, but saying what it drops without a word.

Measured on a real Studio: bad JSON, a bad number, malformed XML, a missing file or an illegal url_name all import as
"Succeeded" with the component gone.
"""

import io
import json
import tarfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from scenario_engine.codec import decode
from scenario_engine.findings import Finding
from scenario_exchange.olx.names import BLOCK_TYPE, is_url_name

MAX_FILES = 5000
MAX_TOTAL = 250 * 1024 * 1024
_CONTAINERS = ("course", "chapter", "sequential", "vertical")


def validate_archive(data: bytes) -> list[Finding]:
    """Return everything that would be refused, lost or overwritten on import; empty means it arrives whole."""
    try:
        files = _read(data)
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        return [_error("olx.unreadable", f"The archive cannot be read: {error}.")]
    if "course.xml" not in files:
        return [_error("olx.no-course", "There is no course.xml at the top of the archive.")]
    return list(_Validator(files).run())


def _read(data: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as archive:
        for entry in archive:
            if entry.isdir():
                continue
            parts = entry.name.split("/")
            if not entry.isfile() or ".." in parts or entry.name.startswith("/"):
                raise ValueError(f"“{entry.name}” is no plain file inside the archive")
            total += entry.size
            if len(files) >= MAX_FILES or total > MAX_TOTAL:
                raise ValueError("it holds too much")
            opened = archive.extractfile(entry)
            files["/".join(parts[1:])] = opened.read() if opened else b""
    return files


class _Validator:
    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.seen: set[str] = set()
        self.formats: set[str] = set()
        self.graders: set[str] = set()

    def run(self) -> Iterator[Finding]:
        root = yield from self._parse("course.xml")
        if root is None:
            return
        run = root.get("url_name", "")
        yield from self._policies(run)
        yield from self._follow("course", run, "course.xml")
        for name in sorted(self.formats - self.graders):
            yield _error("olx.no-grader", f"The format “{name}” has no GRADER of that type, so it counts for nothing.")

    def _policies(self, run: str) -> Iterator[Finding]:
        grading = yield from self._json(f"policies/{run}/grading_policy.json")
        self.graders = {str(each.get("type")) for each in grading.get("GRADER", []) if isinstance(each, dict)}
        policy = yield from self._json(f"policies/{run}/policy.json")
        allowed = policy.get(f"course/{run}", {}).get("advanced_modules", [])
        if BLOCK_TYPE not in allowed:
            yield _error("olx.not-allowed", f"advanced_modules does not list “{BLOCK_TYPE}”.", "policy.json")

    def _follow(self, tag: str, name: str, place: str) -> Iterator[Finding]:
        path = f"{tag}/{name}.xml"
        if path not in self.files:
            yield _error("olx.missing-file", f"{place} points to {path}, which is not in the archive.", place)
            return
        element = yield from self._parse(path)
        if element is not None:
            yield from self._children(element, path)

    def _children(self, element: etree._Element, place: str) -> Iterator[Finding]:
        if element.get("format"):
            self.formats.add(element.get("format", ""))
        for child in element:
            if not isinstance(child.tag, str):
                continue
            yield from self._named(child, place)
            if child.tag in _CONTAINERS:
                yield from self._follow(child.tag, child.get("url_name", ""), place)
            elif child.tag == BLOCK_TYPE:
                yield from self._block(child, place)

    def _named(self, element: etree._Element, place: str) -> Iterator[Finding]:
        name = element.get("url_name", "")
        key = f"{element.tag}/{name}"
        if not is_url_name(name):
            yield _error(
                "olx.url-name", f"<{element.tag}> has the url_name “{name}”, which is dropped on import.", place
            )
        elif key in self.seen:
            yield _error("olx.duplicate", f"{key} stands twice: the second overwrites the first.", place)
        self.seen.add(key)

    def _block(self, block: etree._Element, place: str) -> Iterator[Finding]:
        for name in ("weight", "max_attempts"):
            if block.get(name) is not None and not _is_number(block.get(name, "")):
                yield _error("olx.number", f"{name}=“{block.get(name)}” is no number; the block is dropped.", place)
        decoded = decode((block.findtext("document") or "").encode())
        for problem in decoded.problems:
            yield _error("olx.document", f"{problem.path}: {problem.message}", place)
        yield from self._media(block, place)

    def _media(self, block: etree._Element, place: str) -> Iterator[Finding]:
        try:
            media = json.loads(block.findtext("media") or "{}")
        except ValueError:
            yield _error("olx.media", "The media table is no JSON; the block is dropped.", place)
            return
        for key, path in media.items():
            if f"static/{str(path).removeprefix('/static/')}" not in self.files:
                yield _error("olx.media", f"“{key}” points to {path}, which is not in static/.", place)

    def _parse(self, path: str) -> Any:
        """Yield findings; return the root element of a file, or None when it is not well-formed."""
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            root = etree.fromstring(self.files[path], parser)
        except etree.XMLSyntaxError as error:
            yield _error("olx.malformed", f"{path} is not well-formed: {error.msg}. All in it would be lost.", path)
            return None
        if root.getroottree().docinfo.internalDTD is not None:
            yield _error("olx.doctype", f"{path} has a DOCTYPE, which is refused.", path)
            return None
        return root

    def _json(self, path: str) -> Any:
        try:
            found = json.loads(self.files.get(path, b""))
        except ValueError:
            yield _error("olx.policy", f"{path} is missing or no JSON.", path)
            return {}
        return found if isinstance(found, dict) else {}


def _is_number(text: str) -> bool:
    try:
        return float(text) >= 0
    except ValueError:
        return False


def _error(code: str, message: str, path: str = "") -> Finding:
    return Finding(code=code, level="error", message=message, path=path)
