"""The golden transcripts in the block, in the real workbench: the endings, profiles and grades of the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from scenario_engine.actions import HostAction, Judged, Write
from scenario_engine.codec import decode, encode_json
from scenario_engine.hosting import serve
from scenario_engine.story import Story, compile_story
from scenario_engine.transcripts import Transcript, read_transcript, replay
from tests.xblocks.conftest import block_xml
from tests.xblocks.workbench import Workbench

TESTS = Path(__file__).parents[1]
TRANSCRIPTS = {path.stem: read_transcript(path.read_bytes()) for path in (TESTS / "transcripts").glob("*.json")}


def plays_in_a_block(transcript: Transcript) -> bool:
    """Say whether a block can be told all of it: it has no judge, no coach's records and no clock of the host's."""
    told = any(isinstance(each, HostAction) and each != Judged() for each in transcript.actions)
    return not told and not transcript.judgements


PLAYED = sorted(name for name, transcript in TRANSCRIPTS.items() if plays_in_a_block(transcript))


def document(transcript: Transcript) -> bytes:
    scenario = decode((TESTS / transcript.scenario).read_bytes()).scenario
    assert scenario is not None
    return encode_json(scenario)


def story_of(transcript: Transcript) -> Story:
    scenario = decode((TESTS / transcript.scenario).read_bytes()).scenario
    assert scenario is not None
    return compile_story(scenario)


@pytest.fixture(scope="module")
def bench(start_workbench: Callable[[str, dict[str, str]], Workbench]) -> Workbench:
    return start_workbench("ours", {name: block_xml(document(TRANSCRIPTS[name])) for name in PLAYED})


def test_the_block_plays_most_kinds_of_transcripts() -> None:
    assert len(PLAYED) >= 5
    assert {TRANSCRIPTS[name].expect.reason for name in PLAYED} >= {"", "pending", "stopped"}


@pytest.mark.parametrize("name", PLAYED)
def test_a_transcript_comes_to_the_same_in_the_block(bench: Workbench, name: str) -> None:
    transcript, usage = TRANSCRIPTS[name], bench.usage(name)
    bench.use_seed(transcript.seed)
    _, served = bench.post(usage, "load", {})
    for action in transcript.actions:
        if isinstance(action, Judged):  # the block records "not assessed" with the words themselves
            continue
        body = {"seq": served["view"]["seq"], "action": msgspec.to_builtins(action)}
        status, served = bench.post(usage, "act", body)
        assert (status, served.get("error_code", "")) == (200, ""), (action, served)
        assert not isinstance(action, Write) or served["view"]["awaits"] == "learner"

    expect = transcript.expect
    state = replay(story_of(transcript), transcript.seed, transcript.actions, transcript.attempt)
    engine = msgspec.to_builtins(serve(story_of(transcript), state, lambda keys: {}))
    assert served["view"] == engine["view"]
    assert served.get("debrief") == engine.get("debrief")
    published = bench.published("grade")
    values = [f"{grade['value'] / grade['max_value']:.4f}" for grade in published if grade["value"] is not None]
    assert values[-1:] == ([expect.grade] if expect.grade is not None else [])
    (bench.folder / "published.jsonl").unlink(missing_ok=True)
