"""Numbers as quiz files write them."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TypeVar

from scenario_exchange.readers.quiz.items import QuizAnswer

_NUMBER = re.compile(r"^[-+]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?$")
Default = TypeVar("Default", float, None)


def number_in(text: str, otherwise: Default) -> float | Default:
    """Return the number that a text says, with a decimal point or comma, else `otherwise`."""
    plain = text.strip().replace(",", ".").replace("−", "-")
    if not _NUMBER.match(plain):
        return otherwise
    value = float(plain)
    return value if math.isfinite(value) else otherwise


def range_answer(low: float | None, high: float | None) -> QuizAnswer | None:
    """Return the answer that accepts what lies between two numbers and both of them; None where one is missing."""
    if low is None or high is None:
        return None
    # In tenths, not in halves: 3.141 to 3.142 must accept 3.142.
    first, last = Decimal(repr(low)), Decimal(repr(high))
    return QuizAnswer(value=float((first + last) / 2), tolerance=float(abs(last - first) / 2))
