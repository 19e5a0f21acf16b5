"""Proof: exact search over everything that can happen in a story. Stands on the rules of play and of worth."""

from scenario_engine.proof.prove import EndingRange, Proof, maximum_of, prove, prove_space
from scenario_engine.proof.space import DEFAULT_BOUND, Space, explore

__all__ = ["DEFAULT_BOUND", "EndingRange", "Proof", "Space", "explore", "maximum_of", "prove", "prove_space"]
