"""The golden transcripts in the block, in the real workbench: the endings, profiles and grades of the engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from scenario_engine.actions import Action, Arranged, CharacterSays, Judged, Reflected, TimeUp, Write
from scenario_engine.codec import decode, encode_json
from scenario_engine.hosting import serve
from scenario_engine.scoring import score
from scenario_engine.story import Story, compile_story
from scenario_engine.transcripts import Transcript, outcome_of, read_transcript, replay
from tests.xblocks.conftest import block_xml
from tests.xblocks.workbench import Workbench

pytestmark = pytest.mark.long
TESTS = Path(__file__).parents[1]
TRANSCRIPTS = {path.stem: read_transcript(path.read_bytes()) for path in (TESTS / "transcripts").glob("*.json")}


def plays_in_a_block(transcript: Transcript) -> bool:
    """Say whether a block can be told all of it: there nobody reads words, no model speaks, and an attempt is the first.

    What coaches changed afterwards is left out of the comparison: the block has no page for them.
    """
    alone = not any(
        (isinstance(each, Judged) and each.levels) or isinstance(each, Arranged | CharacterSays)
        for each in transcript.actions
    )
    return alone and transcript.attempt == 1


# What a step holds in place of the words; the block is posted words, and keeps them where nobody else looks.
OWN_WORDS = "What only I know."


def posted(action: Action) -> Any:
    """Return what the player posts for a recorded action."""
    if isinstance(action, Reflected):
        text = OWN_WORDS if action.wrote else ""
        return {"type": "reflect", "prompt": action.prompt, "text": text, "shares": action.shares}
    return msgspec.to_builtins(action)


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
    assert len(PLAYED) >= 20
    assert {TRANSCRIPTS[name].expect.reason for name in PLAYED} >= {"", "pending", "stopped"}
    done = {action.__struct_config__.tag for name in PLAYED for action in TRANSCRIPTS[name].actions}
    assert done >= {"time_up", "reflected", "say", "leave", "hint", "answer", "write", "stop"}


@pytest.mark.parametrize("name", PLAYED)
def test_a_transcript_comes_to_the_same_in_the_block(bench: Workbench, name: str) -> None:
    transcript, usage = TRANSCRIPTS[name], bench.usage(name)
    bench.use_seed(transcript.seed)
    _, served = bench.post(usage, "load", {})
    for action in transcript.actions:
        if isinstance(action, Judged):  # the block records "not assessed" with the words themselves
            continue
        if isinstance(action, TimeUp):  # nobody posts it: the block's own clock says so when the player asks
            bench.let_pass(3600)
            status, served = bench.post(usage, "load", {})
        else:
            body = {"seq": served["view"]["seq"], "action": posted(action)}
            status, served = bench.post(usage, "act", body)
        bench.let_pass(0)
        assert (status, served.get("error_code", "")) == (200, ""), (action, served)
        assert not isinstance(action, Write) or served["view"]["awaits"] == "learner"

    state = replay(story_of(transcript), transcript.seed, transcript.actions, transcript.attempt)
    own = dict.fromkeys(state.trail[-1].wrote, OWN_WORDS)
    expected = serve(story_of(transcript), state, lambda keys: {}, private=own)
    # A block has nobody who could answer a prompt that asks a coach.
    expected.view.prompts = [prompt for prompt in expected.view.prompts if prompt.type != "ask_coach"]
    engine = msgspec.to_builtins(expected)
    assert served["view"] == engine["view"]
    assert served.get("debrief") == engine.get("debrief")
    published = bench.published("grade")
    values = [f"{grade['value'] / grade['max_value']:.4f}" for grade in published if grade["value"] is not None]
    grade = outcome_of(score(story_of(transcript), state)).grade
    assert values[-1:] == ([grade] if grade is not None else [])
    assert transcript.judgements or grade == transcript.expect.grade
    assert OWN_WORDS not in json.dumps([published, served.get("debrief")])
    (bench.folder / "published.jsonl").unlink(missing_ok=True)
