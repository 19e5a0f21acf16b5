"""What every host of an attempt does alike: record what needs no outside, and answer with one shape."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from scenario_engine.actions import Action, Judged, Reflect, Reflected
from scenario_engine.debrief import debrief
from scenario_engine.play import advance
from scenario_engine.scoring import Judgement, Score, score
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.view import media_keys, view
from scenario_engine.view.private import NOTHING_PRIVATE, Private
from scenario_engine.view.words import NO_SLOTS, Slots
from scenario_engine.views import Served

Locate = Callable[[Iterable[str]], Mapping[str, str]]


class PrivateWords(msgspec.Struct, frozen=True):
    """What a learner wrote at a prompt, for the host's journal: shown to that learner alone, unless shared."""

    scene: str
    prompt: str
    text: str
    shares: list[str] = []


def set_apart(state: State, action: Action) -> tuple[Action, PrivateWords | None]:
    """Return the action to record and the private words in it, if any: a step never holds a learner's journal.

    Both forms of the action lead to the same state, so replaying what was recorded gives it again.
    """
    if not isinstance(action, Reflect):
        return action, None
    recorded = Reflected(action.prompt, wrote=bool(action.text.strip()), shares=action.shares)
    return recorded, PrivateWords(state.scene, action.prompt, action.text.strip(), action.shares)


def advance_without_judge(story: Story, state: State, action: Action) -> tuple[State, list[Action]]:
    """Return the state after `action` and every action to record: where nothing assesses, "not assessed" follows.

    Private words are set apart: what is recorded here never has them.
    """
    recorded: list[Action] = [set_apart(state, action)[0]]
    state = advance(story, state, action)
    if state.awaits == "judgement":
        recorded.append(Judged())
        state = advance(story, state, recorded[-1])
    return state, recorded


def serve(
    story: Story,
    state: State,
    locate: Locate,
    judgements: Sequence[Judgement] = (),
    slots: Slots = NO_SLOTS,
    scored: Score | None = None,
    private: Private = NOTHING_PRIVATE,
) -> Served:
    """Return the answer of a play request: the view, the debrief once there is one, and where its media are.

    `locate` maps media keys to URLs. Attempts, delivery and errors are the host's to fill in. `private` are the
    learner's own words at the prompts of the present scene, for that learner's eyes.
    """
    shown = view(story, state, slots, private)
    told = None
    if state.graded_at or (state.stopped and state.over):
        told = debrief(story, state, scored or score(story, state, judgements), judgements, slots)
    return Served(view=shown, media=dict(locate(sorted(media_keys(shown, told)))), debrief=told)
