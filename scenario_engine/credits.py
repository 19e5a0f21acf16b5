"""What an answer to a question is worth, 0..1 and exact (docs/scoring.md, rule 4)."""

from collections.abc import Collection
from fractions import Fraction

from scenario_engine.document import Question


def exact(number: float) -> Fraction:
    """Return the author's number exactly as written: 0.1 is a tenth, not the nearest binary float."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def option_credit(question: Question, picked: Collection[str]) -> Fraction:
    """Return the credit of the picked options of a single or multiple question, before hints."""
    credit = _single(question, picked) if question.type == "single" else _multiple(question, picked)
    return credit if question.partial or credit == 1 else Fraction(0)


def _single(question: Question, picked: Collection[str]) -> Fraction:
    for option in question.options:
        if option.id in picked:
            return exact(option.credit) if option.credit is not None else Fraction(bool(option.right))
    return Fraction(0)


def _multiple(question: Question, picked: Collection[str]) -> Fraction:
    right = {option.id for option in question.options if option.right or (option.credit or 0) > 0}
    wrong = {option.id for option in question.options} - right
    if not right:
        return Fraction(0)
    share = Fraction(len(right & set(picked)), len(right))
    if wrong:
        share -= Fraction(len(wrong & set(picked)), len(wrong))
    return max(Fraction(0), share)
