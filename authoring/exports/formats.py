"""The formats offered, each with a sentence that helps to choose; `olx` is a course's alone."""

from __future__ import annotations

from dataclasses import dataclass

from scenario_exchange.writers import WRITERS

SENTENCES = {
    "pack": "Everything, to keep or to load into another Branchwise: text files that people can read, and the media.",
    "storyboard-html": "To print, read and sign: the whole story as a page, for a subject expert without an account.",
    "storyboard-docx": "The same as a Word document, to comment and to change; it can be imported again.",
    "csv": "One row for each scene, line and choice, for spreadsheets; it can be imported again.",
    "twee": "For Twine and Twee tools: texts and links. Points, people and conditions become notes.",
    "branching-xblock": "For the Branching XBlock of Open edX: texts, choices and scores, at most 30 scenes.",
    "olx": "A course archive for Open edX, played by our block with the same scores.",
}


@dataclass(frozen=True)
class Format:
    """One way out."""

    name: str
    title: str
    sentence: str
    holds_many: bool = True


OLX = Format("olx", "Open edX course (OLX)", SENTENCES["olx"])


def scenario_formats() -> list[Format]:
    """Return the formats that a single scenario can be written in."""
    return [Format(each.name, each.title, SENTENCES.get(each.name, ""), each.holds_many) for each in WRITERS]


def course_formats() -> list[Format]:
    """Return the formats of a course. Where a file holds one scenario, a zip holds one file for each."""
    return [*scenario_formats(), OLX]
