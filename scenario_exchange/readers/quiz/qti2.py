"""One QTI item of release 2.0 to 3.0."""

from __future__ import annotations

from typing import Any

from scenario_exchange.imported import shortened
from scenario_exchange.readers.quiz.build import QuizBuilder, add_or_tell
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.quiz.markup import Files, Words, attribute, every, first, name_of
from scenario_exchange.readers.quiz.numbers import number_in
from scenario_exchange.readers.wording import as_line

_LEFT_OUT = ("prompt", "simplechoice", "simplematchset", "simpleassociablechoice", "gaptext", "gapimg")
_FEEDBACK = ("modalfeedback", "feedbackblock", "feedbackinline", "rubricblock")


def read_item(element: Any, path: str, builder: QuizBuilder, files: Files) -> None:
    """Add an item to the quiz, or tell why it cannot be asked."""
    title = attribute(element, "title") or attribute(element, "identifier") or path or "Question"
    number = len(builder.scenes) + 1
    item = QuizItem(name=as_line(title) or f"Question {number}", kind="page", prompt="", place=path or shortened(title))
    _Item(element, item, builder, files).read()


class _Item:
    def __init__(self, element: Any, item: QuizItem, builder: QuizBuilder, files: Files) -> None:
        self.element = element
        self.item = item
        self.builder = builder
        self.words = Words(builder, item, files)
        self.body = first(element, "itembody")

    def read(self) -> None:
        """Read the item by the one interaction that it has."""
        if self.body is None:
            self._drop("it has no body")
            return
        asked = [each for each in self.body.iter() if name_of(each).endswith("interaction")]
        kinds = [name_of(each) for each in asked if name_of(each) != "endattemptinteraction"]
        if len(kinds) > 1:
            self._drop(f"it asks several things at once ({', '.join(dict.fromkeys(kinds))})")
            return
        make = {
            "choiceinteraction": self._choice,
            "orderinteraction": self._order,
            "matchinteraction": self._match,
            "textentryinteraction": self._entry,
            "extendedtextinteraction": self._essay,
            "inlinechoiceinteraction": self._inline,
        }.get(kinds[0] if kinds else "")
        if kinds and make is None:
            self._drop(f"its kind, {kinds[0]}, does not exist here")
            return
        around = self.words.inside(
            self.body, (*_LEFT_OUT, *_FEEDBACK), ("textentryinteraction", "inlinechoiceinteraction")
        )
        prompt = self.words.inside(first(self.body, "prompt"))
        self.item.prompt = "\n\n".join(part for part in (around.strip(), prompt) if part)
        if make is not None:
            interaction = next(each for each in asked if name_of(each) == kinds[0])
            self._worth()
            self._feedback()
            make(interaction)
        add_or_tell(self.builder, self.item)

    def _drop(self, why: str) -> None:
        self.builder.report.dropped(
            self.item.place, f"“{self.item.name}” cannot be asked here: {why}.", "Ask it in another form."
        )

    def _declared(self, interaction: Any) -> Any:
        wanted = attribute(interaction, "responseidentifier")
        found = [each for each in every(self.element, "responsedeclaration") if attribute(each, "identifier") == wanted]
        return found[0] if found else None

    def _correct(self, interaction: Any) -> list[str]:
        declared = self._declared(interaction)
        correct = first(declared, "correctresponse") if declared is not None else None
        return [str(each.text or "").strip() for each in every(correct, "value")] if correct is not None else []

    def _mapped(self, interaction: Any) -> dict[str, float]:
        declared = self._declared(interaction)
        mapping = first(declared, "mapping") if declared is not None else None
        if mapping is None:
            return {}
        return {
            attribute(each, "mapkey"): number_in(attribute(each, "mappedvalue"), 0.0)
            for each in every(mapping, "mapentry")
        }

    def _worth(self) -> None:
        for outcome in every(self.element, "outcomedeclaration"):
            if attribute(outcome, "identifier").upper() == "MAXSCORE":
                value = first(outcome, "value")
                self.item.points = number_in(str(value.text or ""), 1.0) if value is not None else 1.0
            elif attribute(outcome, "identifier").upper() == "SCORE" and attribute(outcome, "normalmaximum"):
                self.item.points = number_in(attribute(outcome, "normalmaximum"), 1.0)

    def _feedback(self) -> None:
        told = [self.words.inside(each) for each in every(self.element, "modalfeedback")]
        if told := [each for each in told if each]:
            self.item.feedback = "\n\n".join(told)
            if len(told) > 1:
                self.builder.report.changed(self.item.place, "Its feedbacks are shown together, whatever was answered.")

    def _options(self, interaction: Any, name: str) -> dict[str, str]:
        return {attribute(each, "identifier"): self.words.inside(each, _FEEDBACK) for each in every(interaction, name)}

    def _choice(self, interaction: Any) -> None:
        item = self.item
        correct, mapped = self._correct(interaction), self._mapped(interaction)
        most = attribute(interaction, "maxchoices") or "1"
        item.kind = "single" if most == "1" else "multiple"
        item.shuffle = attribute(interaction, "shuffle") == "true"
        highest = max(mapped.values(), default=0)
        for each in every(interaction, "simplechoice"):
            key = attribute(each, "identifier")
            share = mapped[key] / highest if key in mapped and highest > 0 else float(key in correct)
            told = "\n\n".join(self.words.inside(inner) for inner in every(each, "feedbackinline"))
            item.options.append(QuizOption(text=self.words.inside(each, _FEEDBACK), share=share, feedback=told))
        if not correct and highest <= 0:
            self.builder.report.changed(
                item.place, "The item does not say which answer is right.", "Mark it in the editor."
            )

    def _inline(self, interaction: Any) -> None:
        self.item.kind = "single"
        correct = self._correct(interaction)
        for key, text in self._options(interaction, "inlinechoice").items():
            self.item.options.append(QuizOption(text=text, share=float(key in correct)))

    def _order(self, interaction: Any) -> None:
        self.item.kind = "ordering"
        options = self._options(interaction, "simplechoice")
        self.item.ordered = [options[key] for key in self._correct(interaction) if options.get(key)]
        lost = [text for key, text in options.items() if key not in self._correct(interaction)]
        if lost and self.item.ordered:
            self.builder.report.dropped(
                self.item.place, f"What has no place in the order: {shortened(', '.join(lost))}."
            )

    def _match(self, interaction: Any) -> None:
        sets = list(every(interaction, "simplematchset"))
        if len(sets) != 2:
            return
        self.item.kind = "matching"
        left, right = (self._options(each, "simpleassociablechoice") for each in sets)
        used: set[str] = set()
        for pair in self._correct(interaction):
            keys = pair.split()
            if len(keys) == 2 and keys[0] in left and keys[1] in right:
                self.item.pairs.append((left[keys[0]], as_line(right[keys[1]])))
                used.add(keys[1])
        self.item.extra_right = [as_line(text) for key, text in right.items() if key not in used]

    def _entry(self, interaction: Any) -> None:
        declared = self._declared(interaction)
        base = attribute(declared, "basetype") if declared is not None else ""
        correct, mapped = self._correct(interaction), self._mapped(interaction)
        highest = max(mapped.values(), default=0)
        shares = {text: value / highest for text, value in mapped.items() if highest > 0 and value > 0}
        shares |= {text: 1.0 for text in correct if text and text not in shares}
        self.item.kind = "numeric" if base in ("integer", "float") else "short_text"
        for text, share in shares.items():
            value = number_in(text, None) if self.item.kind == "numeric" else None
            if self.item.kind == "numeric" and value is None:
                self.builder.report.dropped(self.item.place, f"The answer “{shortened(text)}” is no number.")
                continue
            words = [] if self.item.kind == "numeric" else [" ".join(text.split())]
            self.item.answers.append(QuizAnswer(value=value, words=words, share=share))

    def _essay(self, interaction: Any) -> None:
        self.item.kind = "essay"
        self.item.max_characters = int(number_in(attribute(interaction, "expectedlength"), 0.0)) or None
