"""One QTI item of release 1.2."""

from __future__ import annotations

from typing import Any

from scenario_exchange.imported import shortened
from scenario_exchange.readers.quiz.build import QuizBuilder, add_or_tell
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.quiz.markup import Files, Words, attribute, every, first, name_of
from scenario_exchange.readers.quiz.numbers import number_in
from scenario_exchange.readers.wording import as_line

_RESPONSES = (
    "responselid",
    "response_lid",
    "response_str",
    "response_num",
    "response_xy",
    "response_grp",
    "response_extension",
)


def read_item(element: Any, path: str, builder: QuizBuilder, files: Files) -> None:
    """Add an item to the quiz, or tell why it cannot be asked."""
    title = attribute(element, "title") or attribute(element, "ident") or "Question"
    place = f"{path}: {title}" if path else title
    item = QuizItem(name=as_line(title) or "Question", kind="page", prompt="", place=shortened(place))
    _Item(element, item, builder, files).read()


class _Item:
    def __init__(self, element: Any, item: QuizItem, builder: QuizBuilder, files: Files) -> None:
        self.element = element
        self.item = item
        self.builder = builder
        self.words = Words(builder, item, files)
        self.feedback = {attribute(each, "ident"): self._material(each) for each in every(element, "itemfeedback")}
        # What each (response, value) gives, and what is told then.
        self.given: dict[tuple[str, str], float] = {}
        self.told: dict[tuple[str, str], str] = {}

    def read(self) -> None:
        """Read the item by its responses."""
        presentation = first(self.element, "presentation")
        if presentation is None:
            self._drop("it has no presentation")
            return
        self._worth()
        self._conditions()
        responses = [each for each in presentation.iter() if name_of(each) in _RESPONSES]
        self.item.prompt = self._prompt(presentation)
        if not responses:
            add_or_tell(self.builder, self.item)
        elif len(responses) > 1 and all(name_of(each) == "response_lid" for each in responses):
            self._matching(responses)
        elif len(responses) > 1:
            self._drop("it asks several things at once")
        elif name_of(responses[0]) == "response_lid":
            self._choices(responses[0])
        elif name_of(responses[0]) in ("response_str", "response_num"):
            self._typed(responses[0])
        else:
            self._drop(f"its kind, {name_of(responses[0])}, does not exist here")

    def _drop(self, why: str) -> None:
        self.builder.report.dropped(
            self.item.place, f"“{self.item.name}” cannot be asked here: {why}.", "Ask it in another form."
        )

    def _material(self, element: Any) -> str:
        parts: list[str] = []
        for each in every(element, "mattext", "matimage"):
            if name_of(each) == "matimage":
                address = attribute(each, "uri")
                parts.append(
                    self.words.markup(f'<img src="{_quoted(address)}" alt="{_quoted(attribute(each, "label"))}">')
                )
            elif "html" in attribute(each, "texttype"):
                parts.append(self.words.markup(str(each.text or "")) if not len(each) else self.words.inside(each))
            else:
                parts.append(self.words.plain(str(each.text or "")))
        return "\n\n".join(part for part in parts if part)

    def _prompt(self, presentation: Any) -> str:
        inside = {each for response in every(presentation, *_RESPONSES) for each in every(response, "material")}
        outer = [each for each in every(presentation, "material") if each not in inside]
        return "\n\n".join(text for each in outer if (text := self._material(each)))

    def _worth(self) -> None:
        for field in every(self.element, "qtimetadatafield"):
            label = first(field, "fieldlabel")
            entry = first(field, "fieldentry")
            if label is not None and entry is not None and "points_possible" in str(label.text):
                self.item.points = number_in(str(entry.text or ""), 1.0)

    def _conditions(self) -> None:
        """Read which answers give points. A denied answer (`not`) is passed over: it is wrong already."""
        for condition in every(self.element, "respcondition"):
            tested = first(condition, "conditionvar")
            points = sum(_points(each) for each in every(condition, "setvar"))
            told = [self.feedback.get(attribute(each, "linkrefid"), "") for each in every(condition, "displayfeedback")]
            denied = {each for outer in every(condition, "not") for each in outer.iter()}
            for test in every(tested, "varequal", "vargte", "varlte") if tested is not None else ():
                if test in denied:
                    continue
                key = (attribute(test, "respident"), str(test.text or "").strip())
                if points:
                    self.given[key] = max(points, self.given.get(key, points))
                if any(told):
                    self.told[key] = "\n\n".join(each for each in told if each)

    def _options(self, response: Any) -> list[tuple[str, str]]:
        return [(attribute(each, "ident"), self._material(each)) for each in every(response, "response_label")]

    def _choices(self, response: Any) -> None:
        name = attribute(response, "ident")
        item = self.item
        cardinality = attribute(response, "rcardinality").lower()
        if cardinality == "ordered":
            self._drop("ordering of this release is written in too many ways")
            return
        item.kind = "multiple" if cardinality == "multiple" else "single"
        render = first(response, "render_choice")
        item.shuffle = render is not None and attribute(render, "shuffle").lower() == "yes"
        highest = max((value for (who, _), value in self.given.items() if who == name), default=0)
        for key, text in self._options(response):
            given = self.given.get((name, key), 0.0)
            share = given / highest if highest > 0 else 0.0
            item.options.append(QuizOption(text=text, share=share, feedback=self.told.get((name, key), "")))
        if highest <= 0:
            self.builder.report.changed(
                item.place, "The item does not say which answer is right.", "Mark it in the editor."
            )
        add_or_tell(self.builder, item)

    def _matching(self, responses: list[Any]) -> None:
        self.item.kind = "matching"
        used: set[str] = set()
        for response in responses:
            name = attribute(response, "ident")
            material = next((each for each in response if name_of(each) == "material"), None)
            left = self._material(material) if material is not None else ""
            right = next((text for key, text in self._options(response) if self.given.get((name, key), 0) > 0), "")
            if left and right:
                self.item.pairs.append((left, as_line(right)))
                used.add(as_line(right))
        every_right = dict.fromkeys(as_line(text) for each in responses for _, text in self._options(each))
        self.item.extra_right = [text for text in every_right if text and text not in used]
        add_or_tell(self.builder, self.item)

    def _typed(self, response: Any) -> None:
        name = attribute(response, "ident")
        right = {text: value for (who, text), value in self.given.items() if who == name and value > 0}
        highest = max(right.values(), default=0)
        numeric = name_of(response) == "response_num" or attribute(response, "rtype").lower() in ("decimal", "integer")
        self.item.kind = "numeric" if numeric else "short_text" if right else "essay"
        for text, value in right.items():
            number = number_in(text, None) if numeric else None
            if numeric and number is None:
                self.builder.report.dropped(self.item.place, f"The answer “{shortened(text)}” is no number.")
                continue
            words = [] if numeric else [" ".join(text.split())]
            told = self.told.get((name, text), "")
            self.item.answers.append(QuizAnswer(value=number, words=words, share=value / highest, feedback=told))
        add_or_tell(self.builder, self.item)


def _points(setvar: Any) -> float:
    return number_in(str(setvar.text or ""), 0.0) if attribute(setvar, "action").lower() in ("set", "add", "") else 0.0


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
