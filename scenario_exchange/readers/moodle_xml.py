"""Questions of Moodle XML: every type that a quiz scenario can ask; the others are named."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import PurePosixPath
from typing import Any

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.markup import parse_xml
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.html_text import from_html, plain_from_html
from scenario_exchange.readers.quiz.build import QuizBuilder, add_or_tell
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.quiz.numbers import number_in
from scenario_exchange.readers.wording import as_line, as_text

_QUIZ = re.compile(r"<quiz[\s>]")


def fits(peek: Peek) -> bool:
    """Return whether an XML file is a Moodle quiz."""
    return peek.head[:1] == "<" and bool(_QUIZ.search(peek.head[:4_000])) and "<question" in peek.head


def read(peek: Peek) -> Imported:
    """Return the quiz. Raises ImportRefused."""
    root = parse_xml(peek.text, peek.limits, peek.name)
    if root.tag != "quiz":
        raise ImportRefused("import.structure", "The XML holds no Moodle quiz.", "Export it as Moodle XML.", peek.name)
    report = Report()
    draft = Draft(PurePosixPath(peek.name).stem, report, peek)
    reader = _Moodle(draft, peek)
    for number, question in enumerate(root.iterfind("question"), 1):
        peek.check_time()
        reader.question(question, number)
    document = reader.builder.finish()
    if document is None:
        raise ImportRefused("import.empty", "No question of this file can be asked here.", _listed(report), peek.name)
    return Imported(format="moodle-xml", documents=[document], media=draft.media, report=report)


def _listed(report: Report) -> str:
    told = [f"{entry.place}: {entry.what}" for entry in report.of_kind("dropped")[:5]]
    return " ".join(told) or "Export it again with its questions."


class _Moodle:
    def __init__(self, draft: Draft, peek: Peek) -> None:
        self.draft = draft
        self.peek = peek
        self.builder = QuizBuilder(draft)
        self.category = ""

    def question(self, element: Any, number: int) -> None:
        kind = str(element.get("type", ""))
        if kind == "category":
            # "$course$/top/Empathy": the last part is what people call it.
            self.category = self._plain(element, "category").rpartition("/")[2]
            return
        name = self._plain(element, "name") or f"Question {number}"
        self.place = f"{number}. {name}"
        make = {
            "multichoice": self._choices,
            "truefalse": self._choices,
            "shortanswer": self._short,
            "numerical": self._numeric,
            "matching": self._matching,
            "ddmatch": self._matching,
            "ordering": self._ordering,
            "essay": self._essay,
            "description": self._page,
        }.get(kind)
        if make is None:
            words = shortened(self._plain(element, "questiontext"))
            told = f"A question of type “{shortened(kind)}” cannot be asked here: “{words}”."
            self.draft.report.dropped(self.place, told, "Ask it in another form.")
            return
        item = QuizItem(name=as_line(name), kind="single", prompt="", place=self.place, category=self.category)
        item.prompt = self._words(element.find("questiontext"), item)
        item.feedback = self._words(element.find("generalfeedback"), item)
        item.points = number_in(element.findtext("defaultgrade") or "1", 1)
        item.penalty = number_in(element.findtext("penalty") or "0", 0)
        item.hints = [hint for each in element.iterfind("hint") if (hint := self._words(each, item))]
        item.shuffle = _is_true(element.findtext("shuffleanswers"))
        make(element, item)
        self._untold(element)
        add_or_tell(self.builder, item)

    def _untold(self, element: Any) -> None:
        for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
            words = self._plain(element, tag)
            if words and not words.startswith("Your answer is"):
                self.draft.report.dropped(
                    self.place, f"The feedback for all {tag.removesuffix('feedback')} answers: “{shortened(words)}”."
                )

    def _choices(self, element: Any, item: QuizItem) -> None:
        one = element.get("type") == "truefalse" or _is_true(element.findtext("single") or "true")
        item.kind = "single" if one else "multiple"
        for answer in element.iterfind("answer"):
            words = self._words(answer, item)
            if element.get("type") == "truefalse":
                words = words.capitalize()
            item.options.append(
                QuizOption(text=words, share=_fraction(answer), feedback=self._words(answer.find("feedback"), item))
            )

    def _short(self, element: Any, item: QuizItem) -> None:
        item.kind = "short_text"
        if _is_true(element.findtext("usecase")):
            self.draft.report.changed(self.place, "Capitals no longer matter in the answer.")
        for answer in element.iterfind("answer"):
            words = " ".join((answer.findtext("text") or "").split())
            feedback = self._words(answer.find("feedback"), item)
            if words == "*":
                item.no_match = feedback
            elif words:
                item.answers.append(QuizAnswer(words=[words], share=_fraction(answer), feedback=feedback))

    def _numeric(self, element: Any, item: QuizItem) -> None:
        item.kind = "numeric"
        for answer in element.iterfind("answer"):
            text = (answer.findtext("text") or "").strip()
            feedback = self._words(answer.find("feedback"), item)
            if text == "*":
                item.no_match = feedback
                continue
            tolerance = number_in(answer.findtext("tolerance") or "0", 0)
            value = number_in(text, None)
            if value is None:
                self.draft.report.dropped(self.place, f"The answer “{shortened(text)}” is no number.")
                continue
            item.answers.append(
                QuizAnswer(value=value, tolerance=tolerance, share=_fraction(answer), feedback=feedback)
            )
        units = [words for unit in element.iterfind("units/unit") if (words := unit.findtext("unit_name"))]
        if units:
            self.draft.report.dropped(
                self.place, f"Its units: {shortened(', '.join(units))}.", "Write the unit into the question."
            )

    def _matching(self, element: Any, item: QuizItem) -> None:
        item.kind = "matching"
        for pair in element.iterfind("subquestion"):
            left = self._words(pair, item)
            right = as_line(plain_from_html(pair.findtext("answer/text") or "", self.peek.limits, self.place))
            if left and right:
                item.pairs.append((left, right))
            elif right:
                item.extra_right.append(right)

    def _ordering(self, element: Any, item: QuizItem) -> None:
        item.kind = "ordering"
        answers = list(element.iterfind("answer"))
        answers.sort(key=lambda each: number_in(each.get("fraction") or "0", 0))
        item.ordered = [words for each in answers if (words := self._words(each, item))]

    def _essay(self, element: Any, item: QuizItem) -> None:
        item.kind = "essay"
        item.note = as_text(self._plain(element, "graderinfo"))[:20_000]
        if template := self._plain(element, "responsetemplate"):
            self.draft.report.dropped(self.place, f"The template for the answer: “{shortened(template)}”.")

    def _page(self, element: Any, item: QuizItem) -> None:
        item.kind = "page"

    def _plain(self, element: Any, tag: str) -> str:
        found = element.find(tag)
        text = found.findtext("text") if found is not None else ""
        return plain_from_html(text or "", self.peek.limits, self.place if hasattr(self, "place") else "")

    def _words(self, element: Any, item: QuizItem) -> str:
        """Return the text inside an element as authored text, its pictures brought along."""
        if element is None:
            return ""
        source = element.findtext("text") or ""
        if str(element.get("format", "html")) in ("plain_text", "moodle_auto_format"):
            return as_text(source)
        words = from_html(source, self.peek.limits, self.place)
        files = {str(each.get("name")): each for each in element.iterfind("file")}
        for tag, address, alt in words.media:
            self._bring(tag, address, alt, files, item)
        for lost in words.lost:
            self.draft.report.dropped(self.place, f"{lost} in its text.")
        return words.text

    def _bring(self, tag: str, address: str, alt: str, files: dict[str, Any], item: QuizItem) -> None:
        name = PurePosixPath(address.replace("@@PLUGINFILE@@", "").partition("?")[0]).name
        file = files.get(name) if "@@PLUGINFILE@@" in address else None
        if file is None:
            self.draft.report.dropped(
                self.place, f"The {tag} {shortened(address)} is not inside the file.", "Upload it by hand."
            )
            return
        try:
            data = base64.b64decode("".join((file.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            self.draft.report.dropped(self.place, f"The file “{shortened(name)}” is damaged.")
            return
        if key := self.draft.bring(f"{self.place} {name}", data, self.place):
            item.media.append((key, alt))


def _fraction(answer: Any) -> float:
    return number_in(str(answer.get("fraction") or "0"), 0) / 100


def _is_true(text: str | None) -> bool:
    return (text or "").strip().lower() in ("1", "true", "yes")


MOODLE_XML = Reader(name="moodle-xml", title="Moodle XML questions", extensions=(".xml",), fits=fits, read=read)
