"""One QTI item of release 2.0 to 3.0: its body and interactions as questions."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import msgspec

from scenario_exchange.imported import shortened
from scenario_exchange.readers.quiz.build import QuizBuilder, add_gaps, add_or_tell
from scenario_exchange.readers.quiz.gaps import MAX_GAPS, Gap, mark
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.quiz.markup import Files, Words, attribute, every, first, name_of
from scenario_exchange.readers.quiz.numbers import number_in
from scenario_exchange.readers.quiz.qti2_answers import Keys, Processing
from scenario_exchange.readers.quiz.qti2_feedback import sort_feedback
from scenario_exchange.readers.wording import as_line, in_one_line

_LEFT_OUT = ("prompt", "simplechoice", "simplematchset", "simpleassociablechoice", "gaptext", "gapimg", "inlinechoice")
_FEEDBACK = ("modalfeedback", "feedbackblock", "feedbackinline", "rubricblock")
_INLINE = ("textentryinteraction", "inlinechoiceinteraction")
_READERS = ("candidate", "testtaker", "author")
_MAX_INTERACTIONS = 50
MAX_CHOICES = 200


def read_item(element: Any, number: int, builder: QuizBuilder, files: Files) -> None:
    """Add an item to the quiz, or tell why it cannot be asked."""
    title = attribute(element, "title") or attribute(element, "identifier") or "Question"
    item = QuizItem(
        name=as_line(title) or f"Question {number}", kind="page", prompt="", place=f"{number}. {shortened(title)}"
    )
    _Item(element, item, builder, files).read()


class _Item:
    def __init__(self, element: Any, item: QuizItem, builder: QuizBuilder, files: Files) -> None:
        self.element = element
        self.item = item
        self.builder = builder
        self.report = builder.report
        self.words = Words(builder, item, files)
        self.body = first(element, "itembody")
        self.processing = Processing(element)
        self.keys = Keys(element)
        self.make: dict[str, Callable[[Any, QuizItem], None]] = {
            "choiceinteraction": self._choice,
            "hottextinteraction": self._choice,
            "orderinteraction": self._order,
            "matchinteraction": self._match,
            "sliderinteraction": self._entry,
            "textentryinteraction": self._entry,
            "extendedtextinteraction": self._essay,
            "inlinechoiceinteraction": self._inline,
        }

    def read(self) -> None:
        """Read the item by its interactions."""
        if self.body is None:
            self._drop("it has no body")
            return
        if first(self.body, "printedvariable") is not None:
            self._drop("its numbers or words are drawn by chance")
            return
        found = [each for each in self.body.iter() if name_of(each).endswith("interaction")]
        asked = [each for each in found if name_of(each) != "endattemptinteraction"]
        unknown = [name_of(each) for each in asked if name_of(each) not in (*self.make, "gapmatchinteraction")]
        if unknown:
            self._drop(f"its kind, {', '.join(dict.fromkeys(unknown))}, does not exist here")
            return
        if len(asked) > _MAX_INTERACTIONS:
            self._drop(f"it asks more than {_MAX_INTERACTIONS} things at once")
            return
        self._rubrics()
        self._worth(asked)
        self.by_answer = sort_feedback(self.element, self.body, self.words, self.builder.report)
        inline = [each for each in asked if name_of(each) in _INLINE]
        if any(name_of(each) == "gapmatchinteraction" for each in asked) or len(inline) > 1 or len(asked) > 1:
            self._several(asked)
        else:
            self._one(asked[0] if asked else None)

    def _drop(self, why: str) -> None:
        told = f"“{self.item.name}” cannot be asked here: {why}."
        self.report.dropped(self.item.place, told, "Ask it in another form.")

    def _one(self, interaction: Any) -> None:
        holes = {interaction: "_____"} if interaction is not None and name_of(interaction) in _INLINE else {}
        if interaction is not None and name_of(interaction) == "hottextinteraction":
            around = self.words.inside(self.body, ("prompt", *_FEEDBACK))
        else:
            around = self.words.inside(self.body, (*_LEFT_OUT, *_FEEDBACK), holes)
        prompt = self.words.inside(first(self.body, "prompt"))
        self.item.prompt = "\n\n".join(part for part in (around.strip(), prompt) if part)
        if interaction is not None:
            self.make[name_of(interaction)](interaction, self.item)
        add_or_tell(self.builder, self.item)

    def _several(self, asked: list[Any]) -> None:
        """Ask one thing after the other: what stands in the text as gaps of it, the rest by itself."""
        holes: dict[Any, str] = {}
        gaps: list[Gap] = []
        for each in asked:
            if name_of(each) in _INLINE:
                holes[each] = mark(len(gaps))
                gaps.append(self._gap(each))
            elif name_of(each) == "gapmatchinteraction":
                self._drawn_gaps(each, holes, gaps)
        alone = [each for each in asked if name_of(each) in self.make and name_of(each) not in _INLINE]
        around = self.words.inside(
            self.body, (*_LEFT_OUT, *_FEEDBACK, *dict.fromkeys(name_of(each) for each in alone)), holes
        )
        total, points = len(alone) + len(gaps), self.item.points
        told_later, self.item.feedback = self.item.feedback, "" if gaps else self.item.feedback
        for each in alone:
            item = msgspec.structs.replace(
                self.item, points=round(points / total, 6), prompt="", media=[], feedback="", note=""
            )
            item.name = f"{self.item.name} ({alone.index(each) + 1})" if len(alone) > 1 else self.item.name
            item.prompt = self.words.inside(first(each, "prompt"))
            if not gaps and each is alone[0]:
                item.prompt = "\n\n".join(part for part in (around.strip(), item.prompt) if part)
                item.media, item.note = self.item.media, self.item.note
            self.make[name_of(each)](each, item)
            add_or_tell(self.builder, item)
        if gaps:
            self.item.points, self.item.feedback = points * len(gaps) / total, told_later
            prompts = [self.words.inside(first(each, "prompt")) for each in asked if each not in alone]
            self.item.prompt = "\n\n".join(part for part in (*dict.fromkeys(prompts), around.strip()) if part)
            add_gaps(self.builder, self.item, gaps)
        if alone and total > 1:
            self.report.changed(self.item.place, f"The {total} things that it asks are asked one after the other.")

    def _gap(self, interaction: Any) -> Gap:
        item = QuizItem(name="", kind="page", prompt="")
        self.make[name_of(interaction)](interaction, item)
        key = self.keys.of(interaction)
        weight = key.gains(several=False) if self.processing.maps and key.mapped else 1.0
        return Gap(kind=item.kind, options=item.options, answers=item.answers, weight=weight, shuffle=item.shuffle)

    def _drawn_gaps(self, interaction: Any, holes: dict[Any, str], gaps: list[Gap]) -> None:
        key = self.keys.of(interaction)
        offered = {
            attribute(each, "identifier"): self.words.inside(each, alone=True)
            for each in islice(every(interaction, "gaptext", "gapimg"), MAX_CHOICES)
        }
        for hole in every(interaction, "gap"):
            if len(gaps) >= MAX_GAPS:  # those after are counted only
                holes[hole] = mark(len(gaps))
                gaps.append(gaps[0])
                continue
            name = attribute(hole, "identifier")
            pairs = {who: f"{who} {name}" for who in offered}
            worth = key.shares(list(pairs.values()), several=False, maps=self.processing.maps)
            best = max(worth.values(), default=0.0)
            options = [
                QuizOption(text=text, share=worth[pairs[who]] / best if best > 0 else 0.0)
                for who, text in offered.items()
            ]
            shuffle = attribute(interaction, "shuffle") == "true"
            weight = (
                max((key.mapped.get(pair, 0.0) for pair in pairs.values()), default=0.0)
                if self.processing.maps
                else 1.0
            )
            holes[hole] = mark(len(gaps))
            gaps.append(Gap(kind="single", options=options if best > 0 else [], weight=weight, shuffle=shuffle))

    def _rubrics(self) -> None:
        for each in every(self.body, "rubricblock"):
            text = self.words.inside(each)
            if not text:
                continue
            if any(view in _READERS for view in attribute(each, "view").lower().split()):
                self.item.prompt = ""
                self.report.changed(
                    self.item.place, f"What is said to learners beside it: “{shortened(text)}” is a note."
                )
            self.item.note = "\n\n".join(part for part in (self.item.note, text) if part)[:20_000]

    def _worth(self, asked: list[Any]) -> None:
        outcomes = {attribute(each, "identifier").upper(): each for each in every(self.element, "outcomedeclaration")}
        most, score = outcomes.get("MAXSCORE"), outcomes.get("SCORE")
        value = first(most, "value") if most is not None else None
        if value is not None:
            self.item.points = number_in(str(value.text or ""), 1.0)
        elif score is not None and attribute(score, "normalmaximum"):
            self.item.points = number_in(attribute(score, "normalmaximum"), 1.0)
        elif self.processing.maps:
            self.item.points = sum(self._gains(each) for each in asked) or 1.0
        if self.item.points <= 0:
            self.item.points = 1.0

    def _gains(self, interaction: Any) -> float:
        key = self.keys.of(interaction)
        return key.gains(several=key.several)

    def _options(self, interaction: Any, *names: str) -> dict[str, str]:
        return {
            attribute(each, "identifier"): self.words.inside(each, (*_FEEDBACK, *names), alone=True)
            for each in every(interaction, *names)
        }

    def _choice(self, interaction: Any, item: QuizItem) -> None:
        key, single = self.keys.of(interaction), (attribute(interaction, "maxchoices") or "1") == "1"
        item.kind = "single" if single else "multiple"
        item.shuffle = attribute(interaction, "shuffle") == "true"
        item.partial = single or not self.processing.only_whole
        options = self._options(interaction, "simplechoice", "hottext")
        shares = key.shares(list(options), several=not single, maps=self.processing.maps)
        inside: dict[str, str] = {}
        for each in every(interaction, "feedbackinline"):
            choice = next((outer for outer in each.iterancestors() if name_of(outer) == "simplechoice"), None)
            if choice is not None and (text := self.words.inside(each)):
                name = attribute(choice, "identifier")
                inside[name] = "\n\n".join(part for part in (inside.get(name, ""), text) if part)
        for name, text in options.items():
            told = "\n\n".join(part for part in (inside.get(name, ""), self.by_answer.pop(name, "")) if part)
            item.options.append(QuizOption(text=text, share=shares[name], feedback=told))
        if not any(share > 0 for share in shares.values()):
            self.report.changed(item.place, "The item does not say which answer is right.", "Mark it in the editor.")

    def _inline(self, interaction: Any, item: QuizItem) -> None:
        item.kind = "single"
        item.shuffle = attribute(interaction, "shuffle") == "true"
        options = self._options(interaction, "inlinechoice")
        shares = self.keys.of(interaction).shares(list(options), several=False, maps=self.processing.maps)
        item.options = [
            QuizOption(text=text, share=shares[name], feedback=self.by_answer.pop(name, ""))
            for name, text in options.items()
        ]

    def _order(self, interaction: Any, item: QuizItem) -> None:
        item.kind = "ordering"
        item.partial = not self.processing.only_whole
        options, correct = self._options(interaction, "simplechoice"), self.keys.of(interaction).correct
        item.ordered = [options[key] for key in correct if options.get(key)]
        lost = [text for key, text in options.items() if key not in correct]
        if lost and item.ordered:
            self.report.dropped(item.place, f"What has no place in the order: {shortened(', '.join(lost))}.")

    def _match(self, interaction: Any, item: QuizItem) -> None:
        item.kind = "matching"
        item.partial = not self.processing.only_whole
        item.shuffle = attribute(interaction, "shuffle") == "true"
        sets = list(every(interaction, "simplematchset"))
        if len(sets) != 2:
            return
        key = self.keys.of(interaction)
        left, right = (self._options(each, "simpleassociablechoice") for each in sets)
        used: set[str] = set()
        for pair in key.correct or [pair for pair, value in key.mapped.items() if value > 0]:
            names = pair.split()
            if len(names) == 2 and names[0] in left and names[1] in right:
                item.pairs.append((left[names[0]], in_one_line(right[names[1]])))
                used.add(names[1])
        item.extra_right = [in_one_line(text) for name, text in right.items() if name not in used]
        gains = {key.mapped.get(pair, 0.0) for pair in key.correct} if self.processing.maps and key.mapped else set()
        if len(gains) > 1:
            self.report.changed(
                item.place, "Pairs of different worth now share the points evenly.", "Look at the points."
            )

    def _entry(self, interaction: Any, item: QuizItem) -> None:
        key = self.keys.of(interaction)
        numeric = key.base in ("integer", "float") or name_of(interaction) == "sliderinteraction"
        item.kind = "numeric" if numeric else "short_text"
        keys = list(dict.fromkeys([*key.mapped, *key.correct]))
        shares = key.shares(keys, several=False, maps=self.processing.maps)
        mode, size = self.processing.tolerances.get(key.name, ("", 0.0))
        for text in keys:
            if shares[text] <= 0:
                continue
            value = number_in(text, None) if numeric else None
            if numeric and value is None:
                self.report.dropped(self.item.place, f"The answer “{shortened(text)}” is no number.")
                continue
            words = [] if numeric else [" ".join(text.split())]
            tolerance = size * abs(value or 0) / 100 if mode == "relative" else size
            told = self.by_answer.get(text, "")
            item.answers.append(
                QuizAnswer(value=value, words=words, share=shares[text], tolerance=tolerance, feedback=told)
            )
        if not numeric and key.minds_capitals:
            self.report.changed(self.item.place, "Capitals no longer matter in the answer.")
        if numeric and self.processing.rounds:
            self.report.changed(self.item.place, "Its numbers are no longer rounded before they are compared.")

    def _essay(self, interaction: Any, item: QuizItem) -> None:
        item.kind = "essay"
        item.max_characters = int(number_in(attribute(interaction, "expectedlength"), 0.0)) or None
