"""Simulated plays: seeded random and stereotyped players, and what they come to, as data and as a picture."""

from scenario_engine.simulate.picture import draw
from scenario_engine.simulate.players import PLAYERS, Player
from scenario_engine.simulate.run import mean_grades, simulate
from scenario_engine.simulate.simulation import PlayerResult, Simulation

__all__ = ["PLAYERS", "Player", "PlayerResult", "Simulation", "draw", "mean_grades", "simulate"]
