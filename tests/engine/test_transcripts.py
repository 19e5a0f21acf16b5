"""The golden transcripts in the engine; the site and the XBlock run the same files."""

from pathlib import Path

import msgspec
import pytest

from scenario_engine.checks import check
from scenario_engine.codec import decode
from scenario_engine.document import Ending
from scenario_engine.findings import has_errors
from scenario_engine.play import advance, start
from scenario_engine.state import State
from scenario_engine.story import compile_story
from scenario_engine.transcripts import Transcript, read_transcript, run_transcript

TESTS = Path(__file__).parent.parent
TRANSCRIPTS = sorted((TESTS / "transcripts").glob("*.json"))


def read(path: Path) -> Transcript:
    return read_transcript(path.read_bytes())


def story_of(transcript: Transcript):
    decoded = decode((TESTS / transcript.scenario).read_bytes())
    assert decoded.scenario is not None, decoded.problems
    return compile_story(decoded.scenario)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_comes_to_what_it_expects(path):
    transcript = read(path)

    assert run_transcript(story_of(transcript), transcript) == transcript.expect


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_state_survives_being_stored_after_every_action(path):
    transcript = read(path)
    story = story_of(transcript)
    state = start(story, transcript.seed, transcript.attempt)
    for action in transcript.actions:
        stored = msgspec.json.decode(msgspec.json.encode(state), type=State)
        assert stored == state
        state = advance(story, stored, action)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_an_action_changes_nothing_of_the_state_before_it(path):
    transcript = read(path)
    story = story_of(transcript)
    state = start(story, transcript.seed, transcript.attempt)
    for action in transcript.actions:
        before = msgspec.json.encode(state)
        after = advance(story, state, action)
        assert msgspec.json.encode(state) == before
        state = after


def test_the_scenarios_of_the_transcripts_can_be_published():
    for name in {read(path).scenario for path in TRANSCRIPTS}:
        scenario = decode((TESTS / name).read_bytes()).scenario
        assert scenario is not None
        assert not has_errors(check(scenario))


def test_there_are_enough_of_them():
    assert len(TRANSCRIPTS) >= 6


@pytest.mark.parametrize("name", ["faulty-gift", "letting-someone-go", "meeting-across-cultures"])
def test_the_examples_are_played_to_each_of_their_endings(name: str):
    played = [read(path) for path in TRANSCRIPTS]
    own = [transcript for transcript in played if transcript.scenario == f"scenarios/{name}.yaml"]

    endings = [scene.id for scene in story_of(own[0]).scenario.scenes if isinstance(scene, Ending)]
    assert {transcript.expect.ending for transcript in own} == set(endings)
