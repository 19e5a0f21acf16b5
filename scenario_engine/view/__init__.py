"""What the learner may see now, and nothing more: no points to come, no conditions, no scene not yet reached."""

from scenario_engine.view.keys import media_keys
from scenario_engine.view.now import view

__all__ = ["media_keys", "view"]
