"""A written reply: kept, and awaiting its judgement. What follows from the judgement is in `judging`."""

from scenario_engine.document import Reply
from scenario_engine.errors import ActionRefused
from scenario_engine.folding import clean
from scenario_engine.state import State


def write_reply(state: State, scene: Reply, text: str) -> None:
    """Keep the words and await a judgement. Raises ActionRefused when they are empty, too long or already given."""
    if state.stage != "scene" or state.awaits != "learner":
        raise ActionRefused("play.not-offered", "Your reply has been given already.")
    words = clean(text)
    if not words:
        raise ActionRefused("play.empty-reply", "Write a sentence or two first.")
    if len(words) > scene.max_characters:
        raise ActionRefused("play.reply-too-long", f"At most {scene.max_characters:,} characters, please.")
    state.trail[-1].text = words
    state.awaits = "judgement"
