"""What an import gives: documents, media, and a report that names what was kept, changed and dropped."""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from scenario_exchange.course_file import CourseFile

EntryKind = Literal["kept", "changed", "dropped"]
MAX_ENTRIES = 20_000

Document = dict[str, Any]  # format 1, as `scenario_engine.codec.decode_raw` reads it
Layout = dict[str, dict[str, float]]  # scene id: {x, y}


class ImportRefused(Exception):
    """The file cannot be imported; nothing of it was. The one exception that `read` raises for a bad file."""

    def __init__(self, code: str, message: str, hint: str = "", place: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.place = place


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of the report. `place` is the scene, passage, row or question as its author calls it."""

    kind: EntryKind
    place: str
    what: str
    hint: str = ""


class Report:
    """The entries in the order they were found; the same fact is told once."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: list[Entry] = []
        self.untold: dict[EntryKind, int] = {}
        self._seen: set[Entry] = set()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Add an entry. Beyond a bound, which only a broken file reaches, entries are counted and no longer told."""
        if entry in self._seen:
            return
        if len(self.entries) >= MAX_ENTRIES:
            self.untold[entry.kind] = self.untold.get(entry.kind, 0) + 1
            return
        self._seen.add(entry)
        self.entries.append(entry)

    def kept(self, place: str, what: str, hint: str = "") -> None:
        """Tell what arrived as it was."""
        self.add(Entry(kind="kept", place=shortened(place), what=what, hint=hint))

    def changed(self, place: str, what: str, hint: str = "") -> None:
        """Tell what arrived in another form, and what to look at."""
        self.add(Entry(kind="changed", place=shortened(place), what=what, hint=hint))

    def dropped(self, place: str, what: str, hint: str = "") -> None:
        """Tell what did not arrive."""
        self.add(Entry(kind="dropped", place=shortened(place), what=what, hint=hint))

    def of_kind(self, kind: EntryKind) -> list[Entry]:
        """Return the entries of one kind."""
        return [entry for entry in self.entries if entry.kind == kind]

    def lines(self) -> list[dict[str, str]]:
        """Return the entries as plain data, and a last line for each kind of which only a count is left."""
        lines: list[dict[str, str]] = msgspec.to_builtins(self.entries)
        for kind, count in self.untold.items():
            lines.append({"kind": kind, "place": "", "what": f"And {count:,} more of this kind that are not listed."})
        return lines


class Imported(msgspec.Struct, kw_only=True):
    """Documents that decode, their media by key, where their scenes stood on the author's map, and the report."""

    format: str
    documents: list[Document]
    report: Report
    media: dict[str, bytes] = {}
    # The course of a pack, its modules naming scenarios/<id>.yaml.
    course: CourseFile | None = None
    # Texts of other languages, by document id and language; an entry may keep the mark of its source.
    texts: dict[str, dict[str, dict[str, Any]]] = {}
    # By document id; what has no place is arranged by the editor.
    layouts: dict[str, Layout] = {}


def shortened(text: str, length: int = 120) -> str:
    """Return `text` on one line, cut where it is too long to be a name or a quotation."""
    one_line = " ".join(text[: length * 4].split())
    return one_line if len(one_line) <= length else f"{one_line[: length - 1]}…"
