"""The fidelity report of an import: its lines by place, narrowed, and as a file to keep."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from authoring.imports.models import ImportJob

Entry = Mapping[str, str]
KIND_WORDS = {"kept": "Kept", "changed": "Changed", "dropped": "Dropped"}
COLUMNS = ("kind", "place", "what", "hint")
# What a spreadsheet would run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


@dataclass
class Place:
    """A scene, row or question of the file, as its author calls it, and what became of it."""

    name: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def worst(self) -> str:
        kinds = {entry["kind"] for entry in self.entries}
        return next(kind for kind in ("dropped", "changed", "kept") if kind in kinds)


def narrow(entries: Sequence[Entry], kind: str = "", words: str = "") -> list[Entry]:
    """Return the entries of a kind ("" is any) that hold every word."""
    wanted = words.lower().split()
    return [
        entry
        for entry in entries
        if (not kind or entry["kind"] == kind) and all(word in _text(entry) for word in wanted)
    ]


def by_place(entries: Iterable[Entry]) -> list[Place]:
    """Return the entries under their places, in the order of the file."""
    places: dict[str, Place] = {}
    for entry in entries:
        name = entry.get("place", "")
        places.setdefault(name, Place(name)).entries.append(entry)
    return list(places.values())


def as_csv(entries: Iterable[Entry]) -> bytes:
    """Return the report as CSV that no spreadsheet takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(entry.get(name, "")) for name in COLUMNS] for entry in entries)
    return ("\ufeff" + out.getvalue()).encode()


def as_json(job: ImportJob) -> bytes:
    return json.dumps(report_of(job), ensure_ascii=False, indent=1).encode()


def report_of(job: ImportJob) -> dict[str, Any]:
    """Return everything that is told about an import, as the command prints it. Documented in docs/designers.md."""
    done = job.state == ImportJob.State.DONE
    drafts = job.drafts.select_related("scenario") if done else []
    return {
        "imported": done,
        "file": job.name,
        "format": job.format,
        "counts": job.counts,
        "problem": job.problem or None,
        "course": {"title": job.course.title, "slug": job.course.slug} if done and job.course else None,
        "drafts": [
            {
                "title": each.title,
                "slug": each.scenario.slug if each.scenario else None,
                "errors": each.scenario.errors if each.scenario else None,
                "warnings": each.scenario.warnings if each.scenario else None,
            }
            for each in drafts
        ],
        "report": job.entries,
    }


def _text(entry: Entry) -> str:
    return f"{entry.get('place', '')} {entry.get('what', '')} {entry.get('hint', '')}".lower()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
