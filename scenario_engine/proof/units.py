"""Exact numbers as whole numbers of one small unit: searching adds hundreds of thousands of them."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

import msgspec


class Units(msgspec.Struct, frozen=True):
    """What each numbered gain, and each situation where play is decided, is worth, in units of 1/`scale`."""

    scale: int
    gains: Sequence[int]
    finals: Mapping[int, int]

    def number(self, units: int) -> Fraction:
        """Return units as the number that they stand for."""
        return Fraction(units, self.scale)


def in_units(gains: Sequence[Fraction], finals: Mapping[int, Fraction]) -> Units:
    """Return exact numbers in the largest unit that all of them are whole multiples of."""
    scale = _scale([*gains, *finals.values()])
    return Units(scale, [_whole(gain, scale) for gain in gains], {i: _whole(f, scale) for i, f in finals.items()})


def _scale(numbers: Iterable[Fraction]) -> int:
    return lcm(*{number.denominator for number in numbers})


def _whole(number: Fraction, scale: int) -> int:
    return number.numerator * (scale // number.denominator)
