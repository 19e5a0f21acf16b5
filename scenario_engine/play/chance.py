"""Chance that can be repeated: SHA-256 of the attempt's seed and the place, never a random generator."""

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

from scenario_engine.document.scenes import Arm

T = TypeVar("T")


def unit(seed: str, *place: object) -> float:
    """Return a number in [0, 1) that depends on the seed and the place alone."""
    text = "\x1f".join([seed, *(str(each) for each in place)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:7]) / (1 << 56)


def shuffled(items: Sequence[T], name: Callable[[T], str], seed: str, *place: object) -> list[T]:
    """Return `items` in seeded order; the order of two items does not depend on which others are offered."""
    return sorted(items, key=lambda item: unit(seed, *place, name(item)))


def pick_arm(arms: Sequence[Arm], seed: str, *place: object) -> Arm:
    """Return one arm by its chance."""
    mark = unit(seed, *place) * sum(arm.chance for arm in arms)
    for arm in arms:
        mark -= arm.chance
        if mark < 0:
            return arm
    return arms[-1]
