"""Private writing: which prompts have words and what is shared. The words themselves are the host's to keep apart."""

from collections.abc import Sequence

from scenario_engine.actions import Reflect, Reflected
from scenario_engine.document import Reflection
from scenario_engine.errors import ActionRefused
from scenario_engine.state import State, Visit

TRANSCRIPT = "transcript"


def reflect(state: State, scene: Reflection, action: Reflect | Reflected) -> None:
    """Note that a prompt has words now, or none, and what the learner lets a coach see of it."""
    prompt = next((each for each in scene.prompts if each.id == action.prompt), None)
    if prompt is None:
        raise ActionRefused("play.not-offered", f"There is no prompt “{action.prompt}” here.")
    unknown = set(action.shares) - set(prompt.shares if prompt.type == "ask_coach" else [])
    if unknown:
        raise ActionRefused("play.not-offered", f"“{min(unknown)}” cannot be shared here.")
    visit = state.trail[-1]
    wrote = action.wrote if isinstance(action, Reflected) else bool(action.text.strip())
    written = {*visit.wrote, prompt.id} if wrote else {*visit.wrote} - {prompt.id}
    visit.wrote = [each.id for each in scene.prompts if each.id in written]
    visit.shared = _shared(visit.shared, prompt.id, [each for each in prompt.shares if each in action.shares])


def recall(state: State, visit: Visit) -> None:
    """Let a later visit go on with what stands: the words are kept by scene and prompt, and so is what is shared."""
    for earlier in reversed(state.trail[:-1]):
        if earlier.scene == visit.scene:
            visit.wrote, visit.shared = [*earlier.wrote], {name: [*items] for name, items in earlier.shared.items()}
            return


def _shared(before: dict[str, list[str]], prompt: str, now: Sequence[str]) -> dict[str, list[str]]:
    others = {name: shares for name, shares in before.items() if name != prompt}
    return {**others, prompt: list(now)} if now else others
