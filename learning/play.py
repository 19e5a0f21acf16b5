"""Taking a step: exactly once, in one short transaction, with the pure engine outside of it.

The conditional update on `seq` decides who comes first; whoever comes second gets what is current.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from foundation.api import durable
from learning import content, grading, journal, judging
from learning.answering import serve
from learning.attempts import check_open, decode_state, encode_state, find_attempt, status_of
from learning.errors import StaleStep, StepRefused
from learning.models import Attempt, AttemptStatus, Participation, Step
from learning.models.attempts import StepBy
from learning.tokens import Grant
from scenario_engine import hosting
from scenario_engine.actions import Action, HostAction, LearnerAction, TimeUp
from scenario_engine.document import Decision
from scenario_engine.errors import ActionRefused
from scenario_engine.hosting import PrivateWords
from scenario_engine.play import advance
from scenario_engine.play.arranging import seconds_for
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.views import Served

# The browser's clock and ours need not agree to the second.
CLOCK_TOLERANCE = timedelta(seconds=2)


class _SomebodyElseWasFirst(Exception):
    """The attempt's seq had moved on when the step was to be written."""


@dataclass(frozen=True)
class StepResult:
    """The attempt after a step, and what the learner sees of it."""

    attempt: Attempt
    served: Served


Recorded = list[tuple[Action, StepBy]]


def step(grant: Grant, attempt: UUID, seq: int, action: LearnerAction | TimeUp, now: datetime) -> StepResult:
    """Apply one action of the learner to their attempt.

    Raises StaleStep when the attempt is not at `seq`, StepRefused when the action does not fit there (both carry what
    is current), NotThere when the attempt is not the grant's.
    """
    return take_step(grant, find_attempt(grant, attempt), seq, action, now)


def take_step(grant: Grant, row: Attempt, seq: int, action: LearnerAction | TimeUp, now: datetime) -> StepResult:
    """`step`, for an attempt that was found already (learning.attempts.find_current)."""
    state = decode_state(row.state)
    if row.seq != seq:
        raise StaleStep(serve(grant, row, state, now))
    if row.status == AttemptStatus.PLAYING:
        check_open(row.participation, now)
    story = content.story_of(row, grant.locale)
    try:
        _check_clock(story, state, row, action, now)
        new, recorded = _apply(story, state, action)
    except ActionRefused as error:
        raise StepRefused(error.code, str(error), serve(grant, row, state, now)) from error
    try:
        _record(row, state, new, recorded, now, hosting.set_apart(state, action)[1])
    except _SomebodyElseWasFirst:
        current = find_attempt(grant, row.pk)
        raise StaleStep(serve(grant, current, decode_state(current.state), now)) from None
    return StepResult(row, serve(grant, row, new, now))


def record_host_action(row: Attempt, action: HostAction, now: datetime) -> bool:
    """Record what came from outside for an attempt that awaits it; False when the attempt has gone on meanwhile."""
    state = decode_state(row.state)
    try:
        new = advance(content.story_of(row), state, action)
    except ActionRefused:
        return False
    try:
        _record(row, state, new, [(action, StepBy.HOST)], now)
    except _SomebodyElseWasFirst:
        return False
    return True


def _apply(story: Story, state: State, action: LearnerAction | TimeUp) -> tuple[State, Recorded]:
    """Return the state after the action, and after what this host adds at once where nobody reads replies."""
    by = StepBy.HOST if isinstance(action, TimeUp) else StepBy.LEARNER
    step, _ = hosting.set_apart(state, action)  # a step never holds a learner's private words
    if judging.has_judge():
        return advance(story, state, step), [(step, by)]
    new, actions = hosting.advance_without_judge(story, state, step)
    return new, [(each, by if each is step else StepBy.HOST) for each in actions]


def _check_clock(story: Story, state: State, row: Attempt, action: Action, now: datetime) -> None:
    """Refuse a browser's "time is up" that comes before its time. A decision's clock runs from the step before."""
    scene = story.scenes[state.scene]
    if not isinstance(action, TimeUp) or not isinstance(scene, Decision):
        return
    seconds = seconds_for(state, scene)  # none without a limit; then the engine refuses it
    if seconds is not None and now + CLOCK_TOLERANCE < row.updated_at + timedelta(seconds=seconds):
        raise ActionRefused("play.time-left", "There is time left.")


def _record(
    row: Attempt, old: State, new: State, recorded: Recorded, now: datetime, private: PrivateWords | None = None
) -> None:
    """Write the new state and its steps, and the grade when this finishes the attempt: all of it or nothing."""
    finishes = bool(new.graded_at) and not old.graded_at
    with _transaction(finishes):
        if finishes:  # the lock of regrade, taken first so that two finishes never wait for each other's rows
            Participation.objects.select_for_update().get(pk=row.participation_id)
        _move(row, new, now, finishes)
        first = new.seq - len(recorded) + 1
        Step.objects.bulk_create(_steps(row, recorded, first, now))
        if private is not None:
            journal.keep(row, content.story_of(row), private, now)
        if new.awaits in ("judgement", "character"):
            judging.await_outside(row, new, now)
        if finishes or (new.stopped and not old.stopped and row.ratio is not None):  # the latter counted unfinished
            grading.regrade(row.participation_id, now)


def _transaction(finishes: bool) -> AbstractContextManager[Any]:
    """Scores are on the disk before anybody is told. A judge's reading may come inside a transaction of its own."""
    if finishes and not connection.in_atomic_block:
        return durable()
    return transaction.atomic()


def _move(row: Attempt, new: State, now: datetime, finishes: bool) -> None:
    changes: dict[str, Any] = {
        "seq": new.seq,
        "state": encode_state(new),
        "status": status_of(new),
        "scene": new.scene,
        "ending": new.graded_at,
        "updated_at": now,
    }
    if finishes:
        changes["finished_at"] = now
    if not Attempt.objects.filter(pk=row.pk, seq=row.seq).update(**changes):
        raise _SomebodyElseWasFirst
    for name, value in changes.items():
        setattr(row, name, value)


def _steps(row: Attempt, recorded: Sequence[tuple[Action, StepBy]], first: int, now: datetime) -> list[Step]:
    return [
        Step(attempt_id=row.pk, seq=seq, action=msgspec.to_builtins(action), by=by, recorded_at=now)
        for seq, (action, by) in enumerate(recorded, start=first)
    ]
