"""The page after an ending: the conversation replayed, what each choice did, the practice profile, the grade."""

from scenario_engine.debrief.build import debrief

__all__ = ["debrief"]
