"""An answer as given, in words: what was picked, in which order, with what, and what the author says to it."""

from fractions import Fraction

from babel.numbers import format_decimal

from scenario_engine.document import Question
from scenario_engine.document.scenes import Answer
from scenario_engine.messages import find_locale
from scenario_engine.state import Visit
from scenario_engine.view.asked import part_texts
from scenario_engine.view.words import Words, typed
from scenario_engine.views import Rich


def said_in(words: Words, question: Question, visit: Visit) -> list[Rich]:
    """Return the last answer of a visit as the learner gave it; nothing before the first."""
    if not visit.answers:
        return []
    given = visit.answers[-1]
    if question.type == "numeric":
        return [typed(_number(words, question, given[0]))]
    if question.type == "short_text":
        return [typed(given[0])]
    texts = part_texts(question)
    if question.type == "matching":
        lefts = {pair.id: pair.left for pair in question.pairs}
        pairs = [pair.split("=", 1) for pair in given]
        return [_joined(words.rich(lefts[left]), words.rich(texts[right])) for left, right in pairs]
    return [words.rich(texts[name]) for name in given if name in texts]


def notes_on(words: Words, question: Question, visit: Visit) -> list[Rich]:
    """Return the author's feedback to the last answer of a visit."""
    if not visit.answers:
        return []
    given = visit.answers[-1]
    notes = [option.feedback for option in question.options if option.id in given]
    if visit.matched:
        found = _accepted(question, visit.matched[-1])
        notes = [found.feedback if found else question.no_match.feedback if question.no_match else ""]
    return [words.rich(note) for note in notes if note]


def _accepted(question: Question, name: str) -> Answer | None:
    return next((answer for answer in question.answers if answer.id == name), None) if name else None


def _number(words: Words, question: Question, given: str) -> str:
    value = float(Fraction(given))
    shown = format_decimal(value, locale=find_locale(words.story.locale))
    return f"{shown} {words.line(question.unit.text, n=value)}" if question.unit else shown


def _joined(left: Rich, right: Rich) -> Rich:
    """Return two short texts as one line, an arrow between them."""
    parts = [part for block in left for part in block.get("c", [])]
    return [{"t": "p", "c": [*parts, " → ", *(part for block in right for part in block.get("c", []))]}]
