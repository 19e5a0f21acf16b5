"""Questions of Moodle XML: every type that a quiz scenario can ask; the others are named."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.markup import parse_xml
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.html_text import plain_from_html
from scenario_exchange.readers.quiz.build import QuizBuilder, add_gaps, add_or_tell
from scenario_exchange.readers.quiz.cloze import cloze_gaps, delimited_gaps, listed_gaps
from scenario_exchange.readers.quiz.gaps import Gap
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.quiz.moodle_texts import MoodleTexts
from scenario_exchange.readers.quiz.numbers import number_in
from scenario_exchange.readers.wording import as_line, as_text, in_one_line

# A text with gaps is read several times, and shows with each of them.
_MAX_SOURCE = 100_000
_INLINED = re.compile(r"data:[^\s\"'<>{}]*+")
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


class _Moodle(MoodleTexts):
    def __init__(self, draft: Draft, peek: Peek) -> None:
        super().__init__(draft, peek)
        self.builder = QuizBuilder(draft)
        self.category = ""

    def question(self, element: Any, number: int) -> None:
        kind = str(element.get("type", ""))
        if kind == "category":
            # "$course$/top/Empathy": the last part is what people call it.
            self.category = self._plain(element, "category").rpartition("/")[2]
            if told := self._plain(element, "info"):
                self.draft.report.dropped(self.category, f"What is said of the category: “{shortened(told)}”.")
            return
        name = self._plain(element, "name") or f"Question {number}"
        self.place = f"{number}. {name}"
        make = {
            "multichoice": self._choices,
            "truefalse": self._choices,
            "oumultiresponse": self._choices,
            "multichoiceset": self._choices,
            "shortanswer": self._short,
            "numerical": self._numeric,
            "matching": self._matching,
            "match": self._matching,
            "ddmatch": self._matching,
            "cloze": self._cloze,
            "multianswer": self._cloze,
            "gapselect": self._listed,
            "ddwtos": self._listed,
            "gapfill": self._delimited,
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
        if make not in (self._cloze, self._listed, self._delimited):
            item.prompt = self._words(element.find("questiontext"), item)
        self._old_picture(element, item)
        item.feedback = self._words(element.find("generalfeedback"))
        item.points = number_in(element.findtext("defaultgrade") or "1", 1)
        item.note = self._note(element)
        item.penalty = number_in(element.findtext("penalty") or "0", 0)
        item.hints = [hint for each in element.iterfind("hint") if (hint := self._words(each))]
        item.shuffle = _is_true(element.findtext("shuffleanswers"))
        self._told(element, item)
        gaps = make(element, item)
        if gaps is None:
            add_or_tell(self.builder, item)
        else:
            add_gaps(self.builder, item, gaps)

    def _told(self, element: Any, item: QuizItem) -> None:
        """Read what is told of a whole answer; the platform's own phrases go without saying."""
        item.told_right, partly, item.told_wrong = (
            "" if self._plain(element, tag).startswith("Your answer is") else self._words(element.find(tag))
            for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
        )
        if partly:
            self.draft.report.dropped(self.place, f"What is told after a partly right answer: “{shortened(partly)}”.")

    def _note(self, element: Any) -> str:
        """Return what is there for authors only."""
        tags = [words for each in element.iterfind("tags/tag") if (words := self._plain_of(each))]
        number = " ".join((element.findtext("idnumber") or "").split())
        told = [f"Tags: {', '.join(tags)}." if tags else "", f"Number: {number}." if number else ""]
        if _is_true(element.findtext("hidden")):
            self.draft.report.changed(self.place, "It was hidden where it comes from.", "Leave it out if it is old.")
        return as_text(" ".join(each for each in told if each))[:20_000]

    def _old_picture(self, element: Any, item: QuizItem) -> None:
        """Bring the picture that the first releases kept beside the text."""
        name, source = element.findtext("image") or "", element.findtext("image_base64") or ""
        if source.strip() and (key := self._decoded(name or "picture", source)):
            item.media.append((key, ""))
        elif name.strip():
            self.draft.report.dropped(
                self.place, f"The picture “{shortened(name)}” is not inside the file.", "Upload it."
            )

    def _choices(self, element: Any, item: QuizItem) -> None:
        kind = element.get("type")
        one = kind == "truefalse" or (kind == "multichoice" and _is_true(element.findtext("single") or "true"))
        item.kind = "single" if one else "multiple"
        item.partial = kind != "multichoiceset"
        for answer in element.iterfind("answer"):
            words = self._words(answer, item, alone=True)
            if kind == "truefalse":
                words = words.capitalize()
            item.options.append(
                QuizOption(text=words, share=_fraction(answer), feedback=self._words(answer.find("feedback")))
            )
        if kind == "oumultiresponse":  # each right option is worth as much as any other there, and each wrong one
            right, wrong = (max(1, sum((each.share > 0) is which for each in item.options)) for which in (True, False))
            for option in item.options:
                option.share = 1 / right if option.share > 0 else -1 / wrong

    def _short(self, element: Any, item: QuizItem) -> None:
        item.kind = "short_text"
        if _is_true(element.findtext("usecase")):
            self.draft.report.changed(self.place, "Capitals no longer matter in the answer.")
        for answer in element.iterfind("answer"):
            words = " ".join((answer.findtext("text") or "").split())
            feedback = self._words(answer.find("feedback"))
            if words == "*":
                item.no_match, item.no_match_share = feedback, _fraction(answer)
            elif words:
                item.answers.append(QuizAnswer(words=[words], share=_fraction(answer), feedback=feedback))

    def _numeric(self, element: Any, item: QuizItem) -> None:
        item.kind = "numeric"
        for answer in element.iterfind("answer"):
            text = (answer.findtext("text") or "").strip()
            feedback = self._words(answer.find("feedback"))
            if text == "*":
                item.no_match, item.no_match_share = feedback, _fraction(answer)
                continue
            tolerance = number_in(answer.findtext("tolerance") or "0", 0)
            value = number_in(text, None)
            if value is None:
                self.draft.report.dropped(self.place, f"The answer “{shortened(text)}” is no number.")
                continue
            item.answers.append(
                QuizAnswer(value=value, tolerance=tolerance, share=_fraction(answer), feedback=feedback)
            )
        self._units(element, item)

    def _units(self, element: Any, item: QuizItem) -> None:
        """Show the unit that the answers are in; numbers in other units are no longer understood."""
        units = {
            as_line(unit.findtext("unit_name") or ""): number_in(unit.findtext("multiplier") or "1", 0)
            for unit in element.iterfind("units/unit")
        }
        item.unit = next((name for name, multiplier in units.items() if name and multiplier == 1), "")
        if item.unit:
            self.draft.report.changed(self.place, f"The unit, {item.unit}, stands after the field.")
        if others := [name for name in units if name and name != item.unit]:
            self.draft.report.dropped(
                self.place, f"Answers in other units: {shortened(', '.join(others))}.", "Say which unit is asked for."
            )

    def _matching(self, element: Any, item: QuizItem) -> None:
        item.kind = "matching"
        for pair in element.iterfind("subquestion"):
            left = self._words(pair, item, alone=True)
            right = in_one_line(
                as_text(plain_from_html(pair.findtext("answer/text") or "", self.peek.limits, self.place))
            )
            if left and right:
                item.pairs.append((left, right))
            elif right:
                item.extra_right.append(right)

    def _ordering(self, element: Any, item: QuizItem) -> None:
        item.kind = "ordering"
        answers = list(element.iterfind("answer"))
        answers.sort(key=lambda each: number_in(each.get("fraction") or "0", 0))
        item.ordered = [words for each in answers if (words := self._words(each, item, alone=True))]
        if told := [words for each in answers if (words := self._plain(each, "feedback"))]:
            self.draft.report.dropped(self.place, f"What is told of its parts: “{shortened(' '.join(told))}”.")

    def _cloze(self, element: Any, item: QuizItem) -> list[Gap]:
        marked, gaps, told = cloze_gaps(self._with_gaps(element), self._plain_text)
        item.points = number_in(element.findtext("defaultgrade") or "", 0) or sum(gap.weight for gap in gaps)
        return self._gaps(element, item, marked, gaps, told)

    def _listed(self, element: Any, item: QuizItem) -> list[Gap]:
        choices = [
            (" ".join(self._plain_of(each).split()), each.findtext("group") or each.findtext("draggroup") or "1")
            for tag in ("selectoption", "dragbox")
            for each in element.iterfind(tag)
        ]
        marked, gaps = listed_gaps(self._with_gaps(element), choices)
        return self._gaps(element, item, marked, gaps, [])

    def _delimited(self, element: Any, item: QuizItem) -> list[Gap]:
        signs = (element.findtext("delimitchars") or "[]").strip()
        marked, gaps = delimited_gaps(self._with_gaps(element), signs)
        told = ["Capitals no longer matter in its gaps."] if _is_true(element.findtext("casesensitive")) else []
        if offered := [self._plain_of(each) for each in element.iterfind("answer") if _fraction(each) <= 0]:
            told.append(f"Wrong words are no longer offered: {shortened(', '.join(offered))}.")
        return self._gaps(element, item, marked, gaps, told)

    def _with_gaps(self, element: Any) -> str:
        source = element.findtext("questiontext/text") or ""
        if len(source) <= _MAX_SOURCE or len(_INLINED.sub("", source)) <= _MAX_SOURCE:
            return source
        self.draft.report.dropped(self.place, f"Its text has more than {_MAX_SOURCE:,} characters.", "Split it.")
        return ""

    def _gaps(self, element: Any, item: QuizItem, marked: str, gaps: list[Gap], told: list[str]) -> list[Gap]:
        source = element.find("questiontext")
        item.prompt = self._words(source, item, source=marked)
        for each in told:
            self.draft.report.changed(self.place, each)
        return gaps

    def _essay(self, element: Any, item: QuizItem) -> None:
        item.kind = "essay"
        item.note = "\n\n".join(each for each in (self._words(element.find("graderinfo")), item.note) if each)[:20_000]
        if number_in(element.findtext("attachments") or "0", 0):
            self.draft.report.dropped(self.place, "Files that learners attach.")
        if template := self._plain(element, "responsetemplate"):
            self.draft.report.dropped(self.place, f"The template for the answer: “{shortened(template)}”.")

    def _page(self, element: Any, item: QuizItem) -> None:
        item.kind = "page"


def _fraction(answer: Any) -> float:
    return number_in(str(answer.get("fraction") or "0"), 0) / 100


def _is_true(text: str | None) -> bool:
    return (text or "").strip().lower() in ("1", "true", "yes")


MOODLE_XML = Reader(name="moodle-xml", title="Moodle XML questions", extensions=(".xml",), fits=fits, read=read)
