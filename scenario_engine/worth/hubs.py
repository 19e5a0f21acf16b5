"""Hubs: each different choice counts once, and what they add is limited to the cap (docs/scoring.md, rule 3)."""

from collections.abc import Iterable

from scenario_engine.credits import exact
from scenario_engine.document import Decision
from scenario_engine.worth.vectors import ZERO, Vector, add_vectors, positive_part, scale_vector


def hub_vector(scene: Decision, vectors: Iterable[Vector]) -> Vector:
    """Return what the different choices taken at a hub count together.

    All positive points together are cut to `cap`, each competency by the same share; negative points count in full.
    """
    taken = list(vectors)
    positive = add_vectors(*(positive_part(vector) for vector in taken))
    negative = add_vectors(*({c: points for c, points in vector.items() if points < 0} for vector in taken))
    total = sum(positive.values(), ZERO)
    if scene.cap is not None and total > (cap := max(ZERO, exact(scene.cap))):
        positive = scale_vector(cap / total, positive)
    return add_vectors(positive, negative)
