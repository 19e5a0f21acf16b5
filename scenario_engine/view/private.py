"""The prompts of a reflection. The words written there are shown only where the learner's own host hands them in."""

from collections.abc import Mapping

from scenario_engine.document import Reflection
from scenario_engine.document.replies import ReflectionPrompt
from scenario_engine.play.reflecting import TRANSCRIPT
from scenario_engine.state import State
from scenario_engine.view.words import Words
from scenario_engine.views import PromptView, ShareView

# A learner's own words by prompt id: kept apart by the host, never part of a state.
Private = Mapping[str, str]
NOTHING_PRIVATE: Private = {}


def prompts_of(words: Words, state: State, scene: Reflection, private: Private) -> list[PromptView]:
    """Return the prompts with what the learner has written at each."""
    visit = state.trail[-1]
    return [
        PromptView(
            id=prompt.id,
            type=prompt.type,
            prompt=words.rich(prompt.text),
            wrote=prompt.id in visit.wrote,
            text=private.get(prompt.id, "") if prompt.id in visit.wrote else "",
            remind_after_days=list(prompt.remind_after_days),
            shares=_shares(words, scene, prompt, visit.shared.get(prompt.id, [])),
        )
        for prompt in scene.prompts
    ]


def _shares(words: Words, scene: Reflection, prompt: ReflectionPrompt, shared: list[str]) -> list[ShareView]:
    if prompt.type != "ask_coach":
        return []
    texts = {each.id: each.text for each in scene.prompts}
    known = [name for name in prompt.shares if name in texts or name == TRANSCRIPT]
    return [ShareView(id=name, text=words.rich(texts.get(name, "")), shared=name in shared) for name in known]
