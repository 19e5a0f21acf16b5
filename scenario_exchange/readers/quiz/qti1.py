"""One QTI item of release 1.2: its text and responses as a question. What answers are worth is in `qti1_worth`."""

from __future__ import annotations

from typing import Any

from scenario_exchange.imported import shortened
from scenario_exchange.readers.quiz.build import QuizBuilder, add_gaps, add_or_tell
from scenario_exchange.readers.quiz.gaps import MAX_GAPS, Gap, mark, without_signs
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.quiz.markup import Files, Words, attribute, every, first, name_of
from scenario_exchange.readers.quiz.numbers import number_in, range_answer
from scenario_exchange.readers.quiz.qti1_worth import Worth
from scenario_exchange.readers.wording import as_line, as_text, in_one_line

_RESPONSES = (
    "responselid",
    "response_lid",
    "response_str",
    "response_num",
    "response_xy",
    "response_grp",
    "response_extension",
)
_POINTS = ("points_possible", "weighting")
_NUMERIC = ("decimal", "integer", "scientific")


def read_item(element: Any, number: int, builder: QuizBuilder, files: Files) -> None:
    """Add an item to the quiz, or tell why it cannot be asked."""
    title = attribute(element, "title") or attribute(element, "ident") or "Question"
    name = as_line(title) or "Question"
    _Item(
        element, QuizItem(name=name, kind="page", prompt="", place=f"{number}. {shortened(title)}"), builder, files
    ).read()


class _Item:
    def __init__(self, element: Any, item: QuizItem, builder: QuizBuilder, files: Files) -> None:
        self.element = element
        self.item = item
        self.builder = builder
        self.words = Words(builder, item, files)
        self.kind = ""

    def read(self) -> None:
        """Read the item by its responses."""
        presentation = first(self.element, "presentation")
        if presentation is None:
            self._drop("it has no presentation")
            return
        self._metadata()
        if first(self.element, "calculated") is not None or self.kind == "calculated_question":
            self._drop("its numbers are drawn by chance, and its answer is worked out")
            return
        feedback = {attribute(each, "ident"): self._material(each) for each in every(self.element, "itemfeedback")}
        self.worth = Worth(self.element, feedback)
        responses = [each for each in presentation.iter() if name_of(each) in _RESPONSES]
        self.item.prompt = self._prompt(presentation)
        self.item.feedback, self.item.told_right, self.item.told_wrong = self.worth.told_of_all()
        for lost in self.worth.lost():
            self.builder.report.dropped(self.item.place, f"What is told of some answers: “{shortened(lost)}”.")
        if not responses:
            if self.kind == "file_upload_question":
                self.builder.report.dropped(self.item.place, "Learners cannot hand in files: only its text is shown.")
            add_or_tell(self.builder, self.item)
        elif len(responses) > 1:
            self._several(presentation, responses)
        elif name_of(responses[0]) == "response_lid":
            self._choices(responses[0])
        elif name_of(responses[0]) in ("response_str", "response_num"):
            self._typed(responses[0])
        else:
            self._drop(f"its kind, {name_of(responses[0])}, does not exist here")

    def _drop(self, why: str) -> None:
        told = f"“{self.item.name}” cannot be asked here: {why}."
        self.builder.report.dropped(self.item.place, told, "Ask it in another form.")

    def _material(self, element: Any, *, alone: bool = False) -> str:
        parts: list[str] = []
        for each in every(element, "mattext", "matimage"):
            if name_of(each) == "matimage":
                address, alt = attribute(each, "uri"), attribute(each, "label")
                parts.append(self.words.markup(f'<img src="{_quoted(address)}" alt="{_quoted(alt)}">', alone=alone))
            elif "html" in attribute(each, "texttype"):
                source = without_signs(str(each.text or ""))
                parts.append(
                    self.words.inside(each, alone=alone) if len(each) else self.words.markup(source, alone=alone)
                )
            else:
                parts.append(self.words.plain(without_signs(str(each.text or ""))))
        return "\n\n".join(part for part in parts if part)

    def _prompt(self, presentation: Any) -> str:
        inside = {each for response in every(presentation, *_RESPONSES) for each in every(response, "material")}
        outer = [each for each in every(presentation, "material") if each not in inside]
        return "\n\n".join(text for each in outer if (text := self._material(each)))

    def _metadata(self) -> None:
        for field in every(self.element, "qtimetadatafield"):
            label, entry = first(field, "fieldlabel"), first(field, "fieldentry")
            if label is None or entry is None:
                continue
            name, value = str(label.text or "").strip().lower(), str(entry.text or "").strip()
            if any(each in name for each in _POINTS):
                self.item.points = number_in(value, 1.0)
            elif name in ("question_type", "cc_profile", "qmd_itemtype"):
                self.kind = self.kind or value.lower()

    def _options(self, response: Any) -> list[tuple[str, str]]:
        labels = every(response, "response_label")
        return [(attribute(each, "ident"), self._material(each, alone=True)) for each in labels]

    def _choices(self, response: Any) -> None:
        name, item = attribute(response, "ident"), self.item
        cardinality = attribute(response, "rcardinality").lower()
        if cardinality == "ordered":
            self._ordered(response)
            return
        item.kind = "multiple" if cardinality == "multiple" else "single"
        render = first(response, "render_choice")
        item.shuffle = render is not None and attribute(render, "shuffle").lower() == "yes"
        options = self._options(response)
        shares = self.worth.shares(name, [key for key, _ in options], several=item.kind == "multiple")
        item.partial = item.kind == "single" or not self.worth.together or self.kind == "multiple_answers_question"
        if self.kind == "multiple_answers_question":  # a wrong one takes away there what a right one gives
            loss = -1 / max(1, sum(share > 0 for share in shares.values()))
            shares = {key: share if share > 0 else loss for key, share in shares.items()}
        told = self.worth.told_by_answer(name)
        item.options = [QuizOption(text=text, share=shares[key], feedback=told.get(key, "")) for key, text in options]
        if not any(share > 0 for share in shares.values()):
            self.builder.report.changed(
                item.place, "The item does not say which answer is right.", "Mark it in the editor."
            )
        add_or_tell(self.builder, item)

    def _ordered(self, response: Any) -> None:
        options = dict(self._options(response))
        order = [key for key in self.worth.order(attribute(response, "ident")) if key in options]
        if len(order) < 2 or len(order) < len(options):
            self._drop("it does not say the right order of all its parts")
            return
        self.item.kind, self.item.partial = "ordering", False
        self.item.ordered = [options[key] for key in order]
        add_or_tell(self.builder, self.item)

    def _several(self, presentation: Any, responses: list[Any]) -> None:
        """Ask several things: as pairs where all offer the same, else one after the other."""
        kinds = {name_of(each) for each in responses}
        if not kinds <= {"response_lid", "response_str", "response_num"}:
            self._drop("it asks several things at once, of kinds that do not exist here")
            return
        if len(responses) > MAX_GAPS:
            self.builder.report.dropped(self.item.place, f"What it asks after the first {MAX_GAPS}.", "Split it.")
            responses = responses[:MAX_GAPS]
        offered = [[text for _, text in self._options(each)] for each in responses]
        if kinds == {"response_lid"} and all(each == offered[0] for each in offered) and len(offered[0]) > 1:
            self._matching(responses)
            return
        gaps = [self._gap(each) for each in responses]
        if kinds == {"response_lid"}:
            self.item.prompt = self._marked(responses)
        else:
            self.item.prompt = self._in_order(presentation, responses)
        add_gaps(self.builder, self.item, gaps)

    def _gap(self, response: Any) -> Gap:
        name = attribute(response, "ident")
        told = self.worth.told_by_answer(name)
        if name_of(response) != "response_lid":
            kind, answers = self._answers(response)
            return Gap(kind=kind, answers=answers)
        options = self._options(response)
        if self.kind == "fill_in_multiple_blanks_question":
            # Every wording that is listed is right there, also those that no condition names.
            answers = [QuizAnswer(words=[_plain(text)], feedback=told.get(key, "")) for key, text in options]
            return Gap(kind="short_text", answers=answers)
        shares = self.worth.shares(name, [key for key, _ in options], several=False)
        made = [QuizOption(text=text, share=shares[key], feedback=told.get(key, "")) for key, text in options]
        return Gap(kind="single", options=made)

    def _own_words(self, response: Any) -> str:
        material = next((each for each in response if name_of(each) == "material"), None)
        return self._material(material) if material is not None else ""

    def _marked(self, responses: list[Any]) -> str:
        """Return the prompt with a gap where it names a response in brackets, else one after the words of it."""
        prompt = self.item.prompt
        for number, response in enumerate(responses):
            name = self._own_words(response)
            place = as_text(f"[{name}]") if "\\" not in name else f"\\[{name}\\]"
            if name and place in prompt:
                prompt = prompt.replace(place, mark(number), 1)
            else:
                prompt += f"\n\n{name} {mark(number)}"
        return prompt

    def _in_order(self, presentation: Any, responses: list[Any]) -> str:
        inside = {each for response in every(presentation, *_RESPONSES) for each in every(response, "material")}
        numbers = {response: number for number, response in enumerate(responses)}
        parts = []
        for each in presentation.iter():
            if name_of(each) == "material" and each not in inside:
                parts.append(self._material(each))
            elif each in numbers:
                parts.append(f"{self._own_words(each)} {mark(numbers[each])}".strip())
        return " ".join(part for part in parts if part)

    def _matching(self, responses: list[Any]) -> None:
        self.item.kind = "matching"
        used: set[str] = set()
        for response in responses:
            name, options = attribute(response, "ident"), self._options(response)
            shares = self.worth.shares(name, [key for key, _ in options], several=False)
            right = next((in_one_line(text) for key, text in options if shares[key] > 0), "")
            if (left := self._own_words(response)) and right:
                self.item.pairs.append((left, right))
                used.add(right)
        every_right = dict.fromkeys(in_one_line(text) for _, text in self._options(responses[0]))
        self.item.extra_right = [text for text in every_right if text and text not in used]
        add_or_tell(self.builder, self.item)

    def _typed(self, response: Any) -> None:
        kind, self.item.answers = self._answers(response)
        if not self.item.answers and not self.worth.knows(attribute(response, "ident")):
            kind = "essay"
        self.item.kind = kind
        add_or_tell(self.builder, self.item)

    def _answers(self, response: Any) -> tuple[Any, list[QuizAnswer]]:
        """Return the kind and the accepted answers of what is typed."""
        name = attribute(response, "ident")
        render = first(response, "render_fib")
        form = attribute(render, "fibtype").lower() if render is not None else ""
        numeric = name_of(response) == "response_num" or self.kind == "numerical_question"
        numeric = numeric or form in _NUMERIC or attribute(response, "rtype").lower() in _NUMERIC
        told = self.worth.told_by_answer(name)
        answers: list[QuizAnswer] = []
        for share, texts, ranges, loose in self.worth.typed(name):
            if numeric:
                answers += self._numbers(share, texts, ranges, told)
                continue
            if loose:
                self.builder.report.changed(
                    self.item.place, "A part of the answer was enough; now it is the answer itself.", "Add wordings."
                )
            answers += [
                QuizAnswer(words=[words], share=share, feedback=told.get(text, ""))
                for text in texts
                if (words := " ".join(text.split()))
            ]
        if self.worth.minds_capitals(name) and not numeric:
            self.builder.report.changed(self.item.place, "Capitals no longer matter in the answer.")
        return ("numeric" if numeric else "short_text"), answers

    def _numbers(
        self, share: float, texts: list[str], ranges: list[tuple[str, str]], told: dict[str, str]
    ) -> list[QuizAnswer]:
        found = [range_answer(number_in(low, None), number_in(high, None)) for low, high in ranges]
        spans = [each for each in found if each is not None]
        made = list(spans)
        for text in texts:
            value = number_in(text, None)
            if value is None:
                self.builder.report.dropped(self.item.place, f"The answer “{shortened(text)}” is no number.")
                continue
            around = next((each for each in spans if abs(value - (each.value or 0)) <= each.tolerance), None)
            if around is None:
                around = QuizAnswer(value=value)
                made.append(around)
            around.feedback = around.feedback or told.get(text, "")
        for each in made:
            each.share = share
        return made


def _plain(text: str) -> str:
    """Return authored words of one line as they are typed."""
    return " ".join(text.replace("\\", "").split())


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
