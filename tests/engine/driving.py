"""Playing a story in tests by naming only what the learner decides; what merely goes on is continued."""

from pathlib import Path

from scenario_engine.actions import Action, Answer, Choose, Continue, Judged, Write
from scenario_engine.codec import decode
from scenario_engine.document import Decision, Ending, Question, Reply, Scenario
from scenario_engine.play import advance, start
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story

SCENARIOS = Path(__file__).parent.parent / "scenarios"


def read_scenario(name: str) -> Scenario:
    """Return a scenario of tests/scenarios."""
    decoded = decode((SCENARIOS / f"{name}.yaml").read_bytes())
    assert decoded.scenario is not None, decoded.problems
    return decoded.scenario


def read_story(name: str) -> Story:
    """Return a story of tests/scenarios."""
    return compile_story(read_scenario(name))


def scenario_of(text: str) -> Scenario:
    """Return the scenario in a piece of YAML; what a test does not care about is filled in."""
    decoded = decode(b"format: 1\nid: test\ntitle: Test\n" + text.encode())
    assert decoded.scenario is not None, decoded.problems
    return decoded.scenario


def play(story: Story, *picks: object, seed: str = "seed") -> State:
    """Return the state after the picks: choice ids, option ids (or a list of them), levels, or actions.

    Levels (a dict) write a reply and judge it; a sample id writes one that nothing assessed and matches it.
    """
    state = go_on(story, start(story, seed))
    for pick in picks:
        for action in _actions(story, state, pick):
            state = advance(story, state, action)
        state = go_on(story, state)
    return state


def go_on(story: Story, state: State) -> State:
    """Return the state at the next thing to decide."""
    while not state.over and not _needs_decision(story, state):
        state = advance(story, state, Continue())
    return state


def _needs_decision(story: Story, state: State) -> bool:
    scene = story.scenes[state.scene]
    if isinstance(scene, Ending):
        return True
    return state.stage != "reaction" and (
        isinstance(scene, Decision | Question | Reply) or not getattr(scene, "goto", "")
    )


def _actions(story: Story, state: State, pick: object) -> list[Action]:
    scene = story.scenes[state.scene]
    if isinstance(pick, dict):
        return [Write("Some words."), Judged(pick)]
    if isinstance(scene, Reply) and isinstance(pick, str):
        return [Write("Some words."), Judged(), Choose(pick)]
    if isinstance(scene, Question) and isinstance(pick, str | list):
        return [Answer([pick] if isinstance(pick, str) else pick)]
    return [Choose(pick)] if isinstance(pick, str) else [pick]  # type: ignore[list-item]
