"""Tries at one moment: the first counts, and a share of what a later one adds (docs/scoring.md, rule 3)."""

from fractions import Fraction

from scenario_engine.worth.vectors import Vector, Weights, add_vectors, scale_vector, value_of


def improve(first: Vector, counted: Vector, later: Vector, rate: Fraction, weights: Weights) -> Vector:
    """Return what counts of a moment after one more try.

    `counted` is what counted so far, `rate` the share of an improvement that counts. The whole vector comes from one
    try: it is never pieced together from the best parts of several. A later try never lowers what counts.
    """
    gain = value_of(later, weights) - value_of(first, weights)
    if gain <= 0 or rate * gain <= value_of(counted, weights) - value_of(first, weights):
        return counted
    return add_vectors(scale_vector(1 - rate, first), scale_vector(rate, later))
