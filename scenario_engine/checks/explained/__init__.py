"""Why each rule matters, an example and how to mend it, by code: the words of docs/checks.md. Rules are elsewhere."""

from scenario_engine.checks.explained.explanation import Explained
from scenario_engine.checks.explained.playing import PLAYING
from scenario_engine.checks.explained.scoring import SCORING
from scenario_engine.checks.explained.structure import STRUCTURE
from scenario_engine.checks.explained.teaching import TEACHING

EXPLAINED: dict[str, Explained] = {**STRUCTURE, **PLAYING, **SCORING, **TEACHING}

__all__ = ["EXPLAINED", "Explained"]
