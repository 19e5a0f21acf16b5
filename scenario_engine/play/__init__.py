"""Play: `start` an attempt and `advance` it by one action. Pure: the same actions always give the same state."""

from scenario_engine.play.advance import advance
from scenario_engine.play.start import start

__all__ = ["advance", "start"]
