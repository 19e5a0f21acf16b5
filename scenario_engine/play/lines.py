"""What the character says without a model: authored lines of the present mood, in order, then at random by seed."""

from scenario_engine.document import Roleplay
from scenario_engine.document.replies import SpokenLine
from scenario_engine.play.chance import shuffled
from scenario_engine.state import State, Talk, Turn


def authored_turn(state: State, scene: Roleplay) -> Turn | None:
    """Return the next authored line, marked as used; None where the author has none for this mood."""
    talk = state.talks[-1]
    names = list(lines_of(scene, talk.mood))
    if not names:
        return None
    name = next((each for each in names if each not in talk.said), "") or _again(names, state, talk)
    talk.said = [*(each for each in talk.said if each != name), name]
    return Turn(by="character", line=name, mood=talk.mood)


def lines_of(scene: Roleplay, mood: str) -> dict[str, SpokenLine]:
    """Return the lines of a mood by name ("angry.l2"); without moods, those of the first key."""
    key = mood if scene.moods else next(iter(scene.lines), "")
    return {f"{key}.{line.id}": line for line in scene.lines.get(key, []) if isinstance(line, SpokenLine)}


def _again(names: list[str], state: State, talk: Talk) -> str:
    """Return a line for another time, never the one just said where there are others."""
    others = [name for name in names if name != talk.said[-1]] or names
    return shuffled(others, str, state.seed, talk.scene, talk.first, talk.turns)[0]
