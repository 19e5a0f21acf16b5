"""What a QTI item of release 2 or 3 tells after an answer: which text belongs to which answer, by its rules."""

from __future__ import annotations

from typing import Any

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.quiz.markup import Words, attribute, every, first, name_of

_CHOICES = ("simplechoice", "inlinechoice", "hottext")
_RIGHT = ("correct", "right")
_WRONG = ("incorrect", "wrong")


class Told:
    """Names of feedback sorted by what was answered."""

    def __init__(self, item: Any) -> None:
        self.right: set[str] = set()
        self.wrong: set[str] = set()
        self.by_answer: dict[str, str] = {}
        for condition in every(item, "responsecondition"):
            self._read(condition)

    def kind_of(self, name: str, choices: set[str]) -> str:
        """Return "right", "wrong", "answer" (of the choice with that name), or "" when nothing says when it shows."""
        if name in self.right or name in self.wrong:
            return "" if name in self.right and name in self.wrong else "right" if name in self.right else "wrong"
        if name in self.by_answer or name in choices:
            return "answer"
        plain = name.lower()
        return "right" if plain in _RIGHT else "wrong" if plain in _WRONG else ""

    def answer_of(self, name: str) -> str:
        """Return the choice after which the feedback with this name shows."""
        return self.by_answer.get(name, name)

    def _read(self, condition: Any) -> None:
        first_rule = next(iter(condition), None)
        if first_rule is None:
            return
        compares = _compares_with_correct(first_rule)
        for rule in condition:
            names = set(_set_names(rule))
            if name_of(rule) == "responseif" and compares:
                self.right |= names
            elif name_of(rule) == "responseelse" and compares:
                self.wrong |= names
            elif answer := _one_answer(rule):
                self.by_answer |= dict.fromkeys(names, answer)


def _compares_with_correct(rule: Any) -> bool:
    test = next(iter(rule), None)
    return (
        test is not None and name_of(test) in ("match", "equal", "stringmatch") and first(test, "correct") is not None
    )


def _one_answer(rule: Any) -> str:
    """Return the answer that a rule asks for, when it asks for just one."""
    test = next(iter(rule), None)
    if test is None or name_of(test) not in ("match", "member", "stringmatch") or first(test, "variable") is None:
        return ""
    values = [str(each.text or "").strip() for each in every(test, "basevalue")]
    return values[0] if len(values) == 1 else ""


def _set_names(rule: Any) -> list[str]:
    return [
        str(value.text or "").strip()
        for each in every(rule, "setoutcomevalue")
        if "SCORE" not in attribute(each, "identifier").upper()
        for value in every(each, "basevalue")
    ]


def sort_feedback(element: Any, body: Any, words: Words, report: Report) -> dict[str, str]:
    """Give what is told to the item (`told_right`, `told_wrong`, `feedback`); return what is told by choice.

    What nothing says when to show is named in the report: shown to everybody it could contradict itself.
    """
    item, told = words.item, Told(element)
    choices = {attribute(each, "identifier") for each in every(body, *_CHOICES)}
    by_answer: dict[str, str] = {}
    modal = list(every(element, "modalfeedback"))
    blocks = [each for each in every(body, "feedbackblock", "feedbackinline") if not _inside_choice(each)]
    for each in [*modal, *blocks]:
        name = attribute(each, "identifier")
        text = _joined(words.plain(attribute(each, "title")), words.inside(each))
        kind = told.kind_of(name, choices)
        if not text:
            continue
        if kind == "answer":
            answer = told.answer_of(name)
            by_answer[answer] = _joined(by_answer.get(answer, ""), text)
        elif kind == "right":
            item.told_right = _joined(item.told_right, text)
        elif kind == "wrong":
            item.told_wrong = _joined(item.told_wrong, text)
        elif len(modal) == 1 and not blocks:
            item.feedback = text
        else:
            report.dropped(
                item.place, f"What is told after some answers: “{shortened(text)}”.", "Say it in a feedback."
            )
    return by_answer


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _inside_choice(element: Any) -> bool:
    return any(name_of(each) in _CHOICES for each in element.iterancestors())
