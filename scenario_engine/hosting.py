"""What every host of an attempt does alike: record what needs no outside, and answer with one shape."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from scenario_engine.actions import Action, Judged
from scenario_engine.debrief import debrief
from scenario_engine.play import advance
from scenario_engine.scoring import Judgement, Score, score
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.view import media_keys, view
from scenario_engine.view.words import NO_SLOTS, Slots
from scenario_engine.views import Served

Locate = Callable[[Iterable[str]], Mapping[str, str]]


def advance_without_judge(story: Story, state: State, action: Action) -> tuple[State, list[Action]]:
    """Return the state after `action` and every action to record: where nothing assesses, "not assessed" follows."""
    recorded: list[Action] = [action]
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
) -> Served:
    """Return the answer of a play request: the view, the debrief once there is one, and where its media are.

    `locate` maps media keys to URLs. Attempts, delivery and errors are the host's to fill in.
    """
    shown = view(story, state, slots)
    told = None
    if state.graded_at or (state.stopped and state.over):
        told = debrief(story, state, scored or score(story, state, judgements), judgements, slots)
    return Served(view=shown, media=dict(locate(sorted(media_keys(shown, told)))), debrief=told)
