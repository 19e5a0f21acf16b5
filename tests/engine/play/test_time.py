"""Time limits: the clock, who may do without it, and a time-out as the author's own choice."""

import pytest

from scenario_engine.actions import Action, Arranged, Choose, Clock, Continue, TimeUp
from scenario_engine.errors import ActionRefused
from scenario_engine.play import advance, start
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.transcripts import replay
from scenario_engine.view import view
from scenario_engine.views import TimerView
from tests.engine.stories import story

BODY = """
purpose: practice
safety: {content_note: Loud.}
facts: {key: {text: Key.}}
scenes:
  - id: one
    kind: decision
    timed: {seconds: 30, on_timeout: silent}
    choices: [{id: speak, text: Speak., goto: two}, {id: silent, text: Say nothing., when: {fact: key}, goto: two}]
  - id: two
    kind: decision
    timed: {seconds: 20, on_timeout: late, learner_may_switch_off: false}
    choices: [{id: quick, text: Quick., goto: end}, {id: late, text: Late., goto: end}]
  - {id: end, kind: ending, outcome: good}
"""


@pytest.fixture(scope="module")
def timed() -> Story:
    return story(BODY)


def play(of: Story, *actions: Action) -> State:
    return replay(of, "seed", actions)


def timer(of: Story, *actions: Action) -> TimerView | None:
    return view(of, play(of, *actions)).timer


def test_time_up_takes_the_named_choice_even_where_a_condition_hides_it(timed: Story) -> None:
    state = play(timed, TimeUp())

    assert (state.trail[0].offered, state.trail[0].took, state.scene) == (["speak"], "silent", "two")


def test_the_learners_own_switch_holds_for_the_whole_attempt_where_the_author_lets_them(timed: Story) -> None:
    assert timer(timed) == TimerView(seconds=30, may_switch_off=True)
    assert timer(timed, Clock(on=False)) == TimerView(seconds=30, may_switch_off=True, is_off=True)
    assert timer(timed, Clock(on=False), Clock(on=True)) == timer(timed)
    assert timer(timed, Clock(on=False), Choose("speak")) == TimerView(seconds=20, may_switch_off=False)


@pytest.mark.parametrize(
    "before",
    [[Clock(on=False)], [Arranged(time_factor=0)], [Choose("speak"), Choose("late")]],
)
def test_where_no_time_runs_it_cannot_be_up(timed: Story, before: list[Action]) -> None:
    with pytest.raises(ActionRefused):
        advance(timed, play(timed, *before), TimeUp())


def test_a_clock_that_belongs_to_the_exercise_cannot_be_switched_off(timed: Story) -> None:
    with pytest.raises(ActionRefused):
        advance(timed, play(timed, Choose("speak")), Clock(on=False))


def test_the_host_gives_more_time_or_none_at_all(timed: Story) -> None:
    assert timer(timed, Arranged(time_factor=1.5)) == TimerView(seconds=45, may_switch_off=True)
    assert timer(timed, Arranged(time_factor=0)) is None
    assert timer(timed, Arranged(time_factor=0), Choose("speak")) is None


def test_an_arrangement_is_nothing_done_and_leaves_the_briefing_open(timed: Story) -> None:
    state = play(timed, Arranged(time_factor=2, voice=True))

    assert view(timed, state).about == view(timed, start(timed, "seed")).about != None  # noqa: E711
    assert play(timed, Arranged(voice=True), Arranged(time_factor=2)).voice
    assert view(timed, play(timed, Choose("speak"))).about is None


def test_untimed_play_has_the_same_choices(timed: Story) -> None:
    with_time, without = play(timed), play(timed, Arranged(time_factor=0))

    assert view(timed, with_time).choices == view(timed, without).choices
    with pytest.raises(ActionRefused):
        advance(timed, without, Continue())
