"""Texts of Moodle XML in their formats, with the pictures that stand inside the file. No question is made here."""

from __future__ import annotations

import base64
import binascii
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from scenario_exchange.detect import Peek
from scenario_exchange.imported import shortened
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.html_text import from_html, plain_from_html
from scenario_exchange.readers.quiz.items import QuizItem
from scenario_exchange.readers.quiz.texts import from_markdown, named_medium, shown_address
from scenario_exchange.readers.wording import as_text


class MoodleTexts:
    """Reads texts of one question after the other; `place` is what the report calls the one at hand."""

    def __init__(self, draft: Draft, peek: Peek) -> None:
        self.draft = draft
        self.peek = peek
        self.place = ""

    def _plain(self, element: Any, tag: str) -> str:
        found = element.find(tag)
        text = found.findtext("text") if found is not None else ""
        return self._plain_text(text or "")

    def _plain_of(self, element: Any) -> str:
        return self._plain_text(element.findtext("text") or "")

    def _plain_text(self, source: str) -> str:
        return plain_from_html(source, self.peek.limits, self.place)

    def _words(
        self, element: Any, item: QuizItem | None = None, *, alone: bool = False, source: str | None = None
    ) -> str:
        """Return the text inside an element as authored text.

        Its pictures come along where `item` is given; `alone` puts their words where there is no other text.
        """
        if element is None:
            return ""
        source = (element.findtext("text") or "") if source is None else source
        form = str(element.get("format", "html"))
        if form == "markdown":
            return from_markdown(source)
        if form == "plain_text" or (form == "moodle_auto_format" and "<" not in source):
            return as_text(source)
        words = from_html(source, self.peek.limits, self.place)
        files = {str(each.get("name")): each for each in element.iterfind("file")}
        for tag, address, alt in words.media:
            self._bring(tag, address, alt, files, item)
        for lost in words.lost:
            self.draft.report.dropped(self.place, f"{lost} in its text.")
        if not alone or not words.media:
            return words.text
        told = f"The picture of an answer stands above the question: “{shortened(words.media[0][2] or words.text)}”."
        self.draft.report.changed(self.place, told, "Name it in the answer.")
        return words.text or as_text(words.media[0][2] or PurePosixPath(words.media[0][1][:200]).stem)

    def _bring(self, tag: str, address: str, alt: str, files: dict[str, Any], item: QuizItem | None) -> None:
        name = PurePosixPath(unquote(address.replace("@@PLUGINFILE@@", "").partition("?")[0])).name
        file = files.get(name) if "@@PLUGINFILE@@" in address else None
        if item is None and (file is not None or address[:5].lower() == "data:"):
            told = f"The {named_medium(tag)} in its feedback: “{shortened(alt or name, 60)}”."
            self.draft.report.dropped(self.place, told, "Say it in words.")
            return
        if file is None and item is not None and (key := self.draft.bring_inline(address, self.place)):
            item.media.append((key, alt))
            return
        if file is None or item is None:
            told = f"The {named_medium(tag)} {shown_address(address)} is not inside the file."
            self.draft.report.dropped(self.place, told, "Upload it by hand.")
            return
        if key := self._decoded(name, file.text or ""):
            item.media.append((key, alt))

    def _decoded(self, name: str, source: str) -> str:
        try:
            data = base64.b64decode("".join(source.split()), validate=True)
        except (binascii.Error, ValueError):
            self.draft.report.dropped(self.place, f"The file “{shortened(name)}” is damaged.")
            return ""
        return self.draft.bring(f"{self.place} {name}", data, self.place)
