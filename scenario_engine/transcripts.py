"""Golden transcripts: a play as recorded actions, and what it must come to in every host. One JSON shape for all."""

from collections.abc import Sequence
from typing import Any

import msgspec

from scenario_engine.actions import Action
from scenario_engine.play import advance, start
from scenario_engine.scoring import Judgement, Score, round_ratio, score
from scenario_engine.state import State
from scenario_engine.story import Story


class ProfileLine(msgspec.Struct, frozen=True):
    """One competency of the practice profile; exact fractions as text ("3/2")."""

    shown: str
    offered: str
    moments: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What an attempt came to. `grade` is rounded as it is stored ("0.8125"), `total` exact ("27/2")."""

    ending: str
    outcome: str
    grade: str | None
    reason: str
    total: str
    profile: dict[str, ProfileLine]


class Transcript(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A play of `scenario` (a path beside the transcript's folder) and what is expected of it."""

    scenario: str
    actions: list[Action]
    expect: Outcome
    about: str = ""
    locale: str = ""
    seed: str = "transcript"
    attempt: int = 1
    judgements: list[Judgement] = []


def read_transcript(data: bytes) -> Transcript:
    """Return the transcript in `data`. Raises msgspec.ValidationError or msgspec.DecodeError for anything else."""
    return msgspec.json.decode(data, type=Transcript)


def replay(story: Story, seed: str, actions: Sequence[Action], attempt: int = 1) -> State:
    """Return the state after `actions`. Raises ActionRefused at the first one that does not fit."""
    state = start(story, seed, attempt)
    for action in actions:
        state = advance(story, state, action)
    return state


def outcome_of(scored: Score) -> Outcome:
    """Return a score in the words of a transcript."""
    return Outcome(
        ending=scored.ending,
        outcome=scored.outcome,
        grade=None if scored.grade is None else str(round_ratio(scored.grade)),
        reason=scored.reason,
        total=str(scored.total),
        profile={
            entry.competency: ProfileLine(str(entry.shown), str(entry.offered), entry.moments)
            for entry in scored.profile
        },
    )


def run_transcript(story: Story, transcript: Transcript) -> Outcome:
    """Return what the engine makes of a transcript, to be compared with what it expects."""
    state = replay(story, transcript.seed, transcript.actions, transcript.attempt)
    return outcome_of(score(story, state, transcript.judgements))


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as plain values."""
    plain: dict[str, Any] = msgspec.to_builtins(outcome)
    return plain
