"""The effect of a new version on attempts in progress: whom it touches, and who can be moved to it. Pure."""

from scenario_engine.impact.changes import SceneChange, changes_between
from scenario_engine.impact.impact import AttemptImpact, Impact, InProgress, impact
from scenario_engine.impact.replay import Replayed, replay

__all__ = [
    "AttemptImpact",
    "Impact",
    "InProgress",
    "Replayed",
    "SceneChange",
    "changes_between",
    "impact",
    "replay",
]
