"""Vectors: exact points per competency, and their value under the author's weights. Zero entries are left out."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from scenario_engine.credits import exact

Vector = Mapping[str, Fraction]

ONE = Fraction(1)
ZERO = Fraction(0)


class Weights:
    """The weight of each competency; one that the author does not weigh counts once."""

    __slots__ = ("_weights",)

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = {competency: exact(weight) for competency, weight in weights.items()}

    def of(self, competency: str) -> Fraction:
        """Return the weight of `competency`."""
        return self._weights.get(competency, ONE)


def make_vector(points: Mapping[str, float]) -> Vector:
    """Return the author's points exactly as written."""
    return _vector(tuple(points.items())) if points else {}


@lru_cache(maxsize=4096)
def _vector(points: tuple[tuple[str, float], ...]) -> Vector:
    return {competency: exact(each) for competency, each in points if each}


def value_of(vector: Vector, weights: Weights) -> Fraction:
    """Return the value of a vector: the weighted sum of its points."""
    return sum((weights.of(competency) * points for competency, points in vector.items()), ZERO)


def add_vectors(*vectors: Vector) -> Vector:
    """Return the sum of vectors."""
    total: dict[str, Fraction] = {}
    for vector in vectors:
        for competency, points in vector.items():
            total[competency] = total.get(competency, ZERO) + points
    return {competency: points for competency, points in total.items() if points}


def scale_vector(factor: Fraction, vector: Vector) -> Vector:
    """Return `vector` with every entry multiplied by `factor`."""
    return {competency: factor * points for competency, points in vector.items()} if factor else {}


def positive_part(vector: Vector) -> Vector:
    """Return the entries above zero."""
    return {competency: points for competency, points in vector.items() if points > 0}
