"""Quizzes of H5P that are questions here too: choices, true or false, sets of single choices, gaps, essays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.h5p.gaps import blanks, drag_text, essay, mark_the_words
from scenario_exchange.readers.h5p.values import Raw, items, obj, words

MAX_QUESTIONS = 50
MAX_OPTIONS = 50

Text = Callable[[str, str], str]  # HTML of the source, the place to name: authored text


def questions(kind: str, params: Raw, place: str, text: Text, report: Report) -> list[Raw]:
    """Return the question scenes (without ids and ways on) of a quiz; none when it has no counterpart here."""
    make = _KINDS.get(kind)
    made = make(params, place, text, report) if make else []
    for told in items(params, "overallFeedback") if made else []:
        if said := text(words(told, "feedback"), place):
            report.dropped(place, f"What is told of the whole result: “{shortened(said, 60)}”.", "Say it at the end.")
    if len(made) > MAX_QUESTIONS:
        report.dropped(place, f"{len(made) - MAX_QUESTIONS} questions after the first {MAX_QUESTIONS}.", "Split it.")
    return made[:MAX_QUESTIONS]


def _multiple(params: Raw, place: str, text: Text, report: Report) -> list[Raw]:
    answers = _first([each for each in items(params, "answers") if isinstance(each, dict)], place, report)
    right = [each for each in answers if each.get("correct") is True]
    behaviour = obj(params, "behaviour")
    asked = words(behaviour, "type")
    single = asked == "single" or (asked != "multi" and len(right) == 1)
    options = []
    for number, answer in enumerate(answers, 1):
        where = f"{place}, answer {number}"
        option = _option(text(words(answer, "text"), where), answer.get("correct") is True, single=single)
        if told := text(words(answer, "tipsAndFeedback", "chosenFeedback"), where):
            option["feedback"] = told
        for lost in ("tip", "notChosenFeedback"):
            if said := text(words(answer, "tipsAndFeedback", lost), where):
                report.dropped(where, f"“{shortened(said, 60)}”: only what is chosen is answered.", "Add a hint.")
        options.append(option)
    whole = behaviour.get("singlePoint") is True
    points = 1 if single or whole else len(right)
    shuffle = behaviour.get("randomAnswers") is True
    made = _asked(text(words(params, "question"), place), options, points, single=single, shuffle=shuffle)
    wrong = len(options) - len(right)
    if made and not single and whole:
        made[0]["partial"] = False
    elif made and not single and wrong not in (0, len(right)):
        what = f"A wrong answer takes away {len(right) / wrong:.2g} of its {len(right)} points, not 1."
        report.changed(place, what, "Look at the points.")
    return made


def _true_or_false(params: Raw, place: str, text: Text, report: Report) -> list[Raw]:
    is_true = words(params, "correct") == "true"
    behaviour, said = obj(params, "behaviour"), obj(params, "l10n")
    told = {True: "feedbackOnCorrect", False: "feedbackOnWrong"}
    options = []
    for value, name, otherwise in ((True, "trueText", "True"), (False, "falseText", "False")):
        option = _option(text(words(said, name), place) or otherwise, value is is_true, single=True)
        if feedback := text(words(behaviour, told[value is is_true]), place):
            option["feedback"] = feedback
        options.append(option)
    return _asked(text(words(params, "question"), place), options, 1, single=True)


def _single_choices(params: Raw, place: str, text: Text, report: Report) -> list[Raw]:
    """A set of questions; the first answer of each is the right one, and they are shown in any order."""
    made: list[Raw] = []
    for number, choice in enumerate(items(params, "choices"), 1):
        where = f"{place}, question {number}"
        answers = _first([each for each in items(choice, "answers") if isinstance(each, str)], where, report)
        options = [_option(text(each, where), index == 0, single=True) for index, each in enumerate(answers)]
        prompt = text(words(choice, "question"), where)
        found = _asked(prompt, options, 1, single=True, shuffle=True)
        if not found:
            report.dropped(where, f"“{shortened(prompt, 60)}” has no answers to choose from.")
        made += found
    return made


def _first(answers: list[Any], place: str, report: Report) -> list[Any]:
    if len(answers) > MAX_OPTIONS:
        report.dropped(place, f"{len(answers) - MAX_OPTIONS} answers after the first {MAX_OPTIONS}.")
    return answers[:MAX_OPTIONS]


def _option(text: str, right: bool, *, single: bool) -> Raw:
    worth: Raw = {"credit": 1 if right else 0} if single else {"right": right}
    return {"text": text, **worth}


def _asked(prompt: str, options: list[Raw], points: int, *, single: bool, shuffle: bool = False) -> list[Raw]:
    """Return the question, unless there is nothing to ask or nothing to choose."""
    options = [option for option in options if option["text"]]
    is_right = any(option.get("credit") or option.get("right") for option in options)
    if not prompt or len(options) < 2 or not is_right:
        return []
    scene: Raw = {"kind": "question", "type": "single" if single else "multiple", "prompt": prompt, "points": points}
    return [{**scene, "options": options, **({"shuffle": True} if shuffle else {})}]


_KINDS: dict[str, Callable[[Raw, str, Text, Report], list[Raw]]] = {
    "MultiChoice": _multiple,
    "TrueFalse": _true_or_false,
    "SingleChoiceSet": _single_choices,
    "Blanks": blanks,
    "DragText": drag_text,
    "MarkTheWords": mark_the_words,
    "Essay": essay,
}
QUIZZES = tuple(_KINDS)
