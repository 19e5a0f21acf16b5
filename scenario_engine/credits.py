"""What an answer to a question is worth, 0..1 and exact, before hints (docs/scoring.md, rule 4)."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from scenario_engine.document import Question
from scenario_engine.document.scenes import Answer
from scenario_engine.folding import fold

_NONE = Fraction(0)
_FULL = Fraction(1)


@lru_cache(maxsize=4096)
def exact(number: float | Fraction) -> Fraction:
    """Return the author's number exactly as written: 0.1 is a tenth, not the nearest binary float."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def answer_credit(question: Question, given: Sequence[str]) -> Fraction:
    """Return the credit of one answer as a state keeps it, before hints (see play.answers for what it keeps)."""
    if question.type == "ordering":
        return order_credit(question, given)
    if question.type == "matching":
        return matching_credit(question, dict(pair.split("=", 1) for pair in given))
    if question.type in ("numeric", "short_text"):
        return whole(question, _credit_of(question, matching_answer(question, given[0]) if given else None))
    return option_credit(question, given)


def option_credit(question: Question, picked: Collection[str]) -> Fraction:
    """Return the credit of the picked options of a single or multiple question, before hints."""
    return whole(question, _single(question, picked) if question.type == "single" else _multiple(question, picked))


def order_credit(question: Question, order: Sequence[str]) -> Fraction:
    """Return the credit of an ordering question: 1 less twice the share of pairs in the wrong order.

    `order` has the item ids as the learner put them; an answer that leaves items out earns nothing.
    """
    place = {getattr(item, "id", ""): index for index, item in enumerate(question.items)}
    if sorted(order) != sorted(place):
        return _NONE
    given = [place[item] for item in order]
    pairs = len(given) * (len(given) - 1) // 2
    wrong = sum(later < earlier for i, earlier in enumerate(given) for later in given[i + 1 :])
    return whole(question, max(_NONE, 1 - Fraction(2 * wrong, pairs)) if pairs else _FULL)


def matching_credit(question: Question, matched: Mapping[str, str]) -> Fraction:
    """Return the credit of a matching question: right pairs of all pairs. `matched` is left id to right id."""
    if not question.pairs:
        return _NONE
    right = sum(matched.get(pair.id) == pair.id for pair in question.pairs)
    return whole(question, Fraction(right, len(question.pairs)))


def matching_answer(question: Question, given: str) -> Answer | None:
    """Return the first accepted answer that lists a text, whatever its case and spacing, or is near enough to "8.5"."""
    if question.type == "short_text":
        words = fold(given)
        return next((answer for answer in question.answers if words in map(fold, answer.any)), None)
    number = Fraction(given)
    for answer in question.answers:
        if answer.value is not None and abs(number - exact(answer.value)) <= exact(answer.tolerance):
            return answer
    return None


def best_credit(question: Question) -> Fraction:
    """Return the most that any answer to the question earns."""
    if question.type == "single":
        return max((option_credit(question, [option.id]) for option in question.options), default=_NONE)
    if question.type in ("numeric", "short_text"):
        return max(_credits_of_typed(question))
    parts = {"multiple": _right_options(question), "ordering": question.items, "matching": question.pairs}
    return _FULL if parts[question.type] else _NONE


def worst_credit(question: Question) -> Fraction:
    """Return the least that an answer to the question earns, before hints."""
    if question.type == "single":
        return min((option_credit(question, [option.id]) for option in question.options), default=_NONE)
    if question.type in ("numeric", "short_text"):
        return min(_credits_of_typed(question))
    return _NONE


def _credits_of_typed(question: Question) -> list[Fraction]:
    """Return what typing may earn: the credits of all answers that can be met, and of one that nobody foresaw."""
    foreseen = (answer for answer in question.answers if can_be_given(question, answer))
    return [whole(question, _credit_of(question, answer)) for answer in (*foreseen, None)]


def can_be_given(question: Question, answer: Answer) -> bool:
    """Return whether anything that is typed is taken for this answer: one before it may take it all."""
    if question.type == "short_text":
        return any(matching_answer(question, text) is answer for text in answer.any)
    if answer.value is None:
        return False
    spans = [
        (exact(a.value) - exact(a.tolerance), exact(a.value) + exact(a.tolerance))
        for a in question.answers
        if a.value is not None
    ]
    edges = sorted({edge for span in spans for edge in span})
    between = [(low + high) / 2 for low, high in pairwise(edges)]
    return any(matching_answer(question, str(number)) is answer for number in (*edges, *between))


def whole(question: Question, credit: Fraction) -> Fraction:
    """Return `credit`, or nothing where the question gives no part of it."""
    return credit if question.partial or credit == 1 else _NONE


def after_hints(question: Question, credit: Fraction, hints: int) -> Fraction:
    """Return the credit left when `hints` hints were taken before answering."""
    cost = sum((exact(hint.cost) for hint in question.hints[:hints]), _NONE)
    return credit * (1 - min(_FULL, cost))


def _credit_of(question: Question, answer: Answer | None) -> Fraction:
    if answer is not None:
        return exact(answer.credit)
    return exact(question.no_match.credit) if question.no_match else _NONE


def _single(question: Question, picked: Collection[str]) -> Fraction:
    for option in question.options:
        if option.id in picked:
            return exact(option.credit) if option.credit is not None else Fraction(bool(option.right))
    return _NONE


def _right_options(question: Question) -> set[str]:
    return {option.id for option in question.options if option.right or (option.credit or 0) > 0}


def _multiple(question: Question, picked: Collection[str]) -> Fraction:
    right = _right_options(question)
    wrong = {option.id for option in question.options} - right
    if not right:
        return _NONE
    share = Fraction(len(right & set(picked)), len(right))
    if wrong:
        share -= Fraction(len(wrong & set(picked)), len(wrong))
    return max(_NONE, share)
