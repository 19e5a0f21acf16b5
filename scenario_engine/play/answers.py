"""Reading a posted answer: what a browser sends becomes what a state keeps, or is refused with the reason.

Kept are: option ids; item ids in the learner's order; "left=right" pairs; a number ("8.5"); a text as typed.
Right sides of a matching question are named by their pair, those that belong to nothing "+1", "+2", ….
"""

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from scenario_engine.credits import exact
from scenario_engine.document import Question
from scenario_engine.document.scenes import OrderedItem
from scenario_engine.errors import ActionRefused
from scenario_engine.folding import clean
from scenario_engine.numbers import read_number, show_exactly
from scenario_engine.play.chance import shuffled
from scenario_engine.state import State
from scenario_engine.story import Story

MAX_TEXT = 500
_LARGEST = Fraction(10**15)


def offered_parts(state: State, question: Question) -> list[str]:
    """Return what is offered, in the order of this attempt: options, items, or right sides. Never solved already."""
    if question.type == "ordering":
        return _unsolved([item.id for item in question.items if isinstance(item, OrderedItem)], state, question)
    if question.type == "matching":
        return _unsolved(right_sides(question), state, question)
    names = [option.id for option in question.options]
    return shuffled(names, str, state.seed, question.id) if question.shuffle else names


def right_sides(question: Question) -> list[str]:
    """Return the names of all right sides of a matching question, as authored."""
    return [pair.id for pair in question.pairs] + [f"+{n}" for n in range(1, len(question.extra_right) + 1)]


def _unsolved(names: list[str], state: State, question: Question) -> list[str]:
    mixed = shuffled(names, str, state.seed, question.id)
    solved = names[: len(question.pairs)] if question.pairs else names
    return mixed[1:] + mixed[:1] if mixed[: len(solved)] == solved else mixed


def masked(state: State, question: Question, name: str) -> str:
    """Return the name by which a browser knows an item or right side: authored ids would give the answer away."""
    text = "\x1f".join((state.seed, question.id, name))
    return "k" + hashlib.sha256(text.encode()).hexdigest()[:12]


def read_answer(story: Story, state: State, question: Question, value: Any) -> list[str]:
    """Return an answer as kept. Raises ActionRefused when it is none to this question; that costs no try."""
    if question.type == "numeric":
        return [_number(story, value)]
    if question.type == "short_text":
        return [_text(value)]
    if question.type == "ordering":
        return _order(state, question, value)
    if question.type == "matching":
        return _pairs(state, question, value)
    return _options(state, question, value)


def _number(story: Story, value: Any) -> str:
    number = read_number(value, story.locale) if isinstance(value, str) else None
    if isinstance(value, int | float) and not isinstance(value, bool) and value - value == 0:
        number = exact(value)
    if number is None or abs(number) > _LARGEST:
        raise ActionRefused("play.not-a-number", "That is not a number. Write digits, for example 8 or 2.5.")
    return show_exactly(number)


def _text(value: Any) -> str:
    text = " ".join(clean(value).split()) if isinstance(value, str) else ""
    if not text:
        raise ActionRefused("play.bad-answer", "Write an answer first.")
    if len(text) > MAX_TEXT:
        raise ActionRefused("play.bad-answer", f"At most {MAX_TEXT} characters, please.")
    return text


def _options(state: State, question: Question, value: Any) -> list[str]:
    picked = [value] if isinstance(value, str) else value
    _check_names(picked, state.trail[-1].offered)
    if len(set(picked)) != len(picked) or (question.type == "single" and len(picked) != 1):
        raise ActionRefused("play.bad-answer", "Pick one option." if question.type == "single" else "Pick each once.")
    return [option.id for option in question.options if option.id in picked]


def _order(state: State, question: Question, value: Any) -> list[str]:
    known = {masked(state, question, name): name for name in state.trail[-1].offered}
    _check_names(value, known)
    if sorted(value) != sorted(known):
        raise ActionRefused("play.bad-answer", "Put every item in its place, each once.")
    return [known[name] for name in value]


def _pairs(state: State, question: Question, value: Any) -> list[str]:
    known = {masked(state, question, name): name for name in state.trail[-1].offered}
    lefts = [pair.id for pair in question.pairs]
    if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise ActionRefused("play.bad-answer", "An answer is a list of pairs.")
    _check_names([left for left, _ in value], lefts)
    _check_names([right for _, right in value], known)
    chosen = {left: known[right] for left, right in value}
    if len(chosen) != len(value) or len(set(chosen.values())) != len(value):
        raise ActionRefused("play.bad-answer", "Use each side once.")
    return [f"{left}={chosen[left]}" for left in lefts if left in chosen]


def _check_names(names: Any, known: Sequence[str] | dict[str, str]) -> None:
    if not isinstance(names, list) or not all(isinstance(each, str) and each in known for each in names):
        raise ActionRefused("play.bad-answer", "An answer names options of this question.")
