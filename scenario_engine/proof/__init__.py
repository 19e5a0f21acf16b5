"""Proof: exact search over everything that can happen in a story. Stands on the rules of play and of worth."""

from scenario_engine.proof.prove import EndingRange, Proof, as_data, maximum_of, prove, prove_space
from scenario_engine.proof.space import DEFAULT_BOUND, Space, explore
from scenario_engine.proof.ways import Extremes, PathStep

__all__ = [
    "DEFAULT_BOUND",
    "EndingRange",
    "Extremes",
    "PathStep",
    "Proof",
    "Space",
    "as_data",
    "explore",
    "maximum_of",
    "prove",
    "prove_space",
]
