"""Running the judgements that attempts wait for: ask the judge, record what it read, go on at the deadline without."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.api import Again, durable
from learning import play
from learning.attempts import decode_state
from learning.judging import Reading, Words, the_judge
from learning.models import Attempt, AttemptStatus, Judgement, JudgementKind, PendingJudgement
from scenario_engine.actions import Judged
from scenario_engine.conversation import words_to_judge
from scenario_engine.state import State

# Between two questions to a judge that failed.
PAUSE = timedelta(seconds=2)


def run(row: PendingJudgement, now: datetime) -> Again | None:
    """Read one reply. Past the deadline, or with no judge any more, the attempt goes on without levels."""
    attempt = Attempt.objects.select_related("participation__placement").get(pk=row.attempt_id)
    if attempt.status != AttemptStatus.PLAYING or attempt.seq != row.seq:
        return None  # the attempt has gone on
    judge = the_judge()
    if judge is None or now >= row.deadline_at:
        record_reading(attempt, None, now)
        return None
    try:
        reading = judge.read(_words(attempt), now)
    except Exception as error:
        # A judge may fail in any way; the deadline bounds how long the learner waits for another try.
        return Again(min(now + PAUSE * row.tries, row.deadline_at), f"{type(error).__name__}: {error}")
    record_reading(attempt, reading, now)
    return None


def go_on_when_late(attempt: Attempt, state: State, now: datetime) -> bool:
    """Record "not assessed" when the deadline is past and no worker has done so; say whether that was done.

    Called when a learner asks again, so that a site whose workers are down keeps nobody waiting.
    """
    if state.awaits != "judgement":
        return False
    waits = PendingJudgement.objects.filter(attempt=attempt, seq=attempt.seq, deadline_at__gt=now).exists()
    if waits:
        return False
    record_reading(attempt, None, now)
    return True


def record_reading(attempt: Attempt, reading: Reading | None, now: datetime) -> None:
    """Record what was read as a step, and its evidence beside it. A reading that comes too late changes nothing.

    One that does not fit the reply (a criterion it does not have) is as if there were none.
    """
    visit_seq = decode_state(attempt.state).trail[-1].seq
    with durable():  # the reading may lead to an ending, and so to a grade
        if reading is not None:
            levels = Judged(levels=dict(reading.levels), source=reading.source)
            if play.record_host_action(attempt, levels, now):
                Judgement.objects.bulk_create(_records(attempt, visit_seq, reading, now))
                return
        play.record_host_action(attempt, Judged(), now)


def _words(attempt: Attempt) -> Words:
    state = decode_state(attempt.state)
    organisation_id = attempt.participation.placement.organisation_id
    words = words_to_judge(state)
    return Words(organisation_id, attempt.pk, attempt.version_id, state.scene, attempt.seq, words)


def _records(attempt: Attempt, visit_seq: int, reading: Reading, now: datetime) -> list[Judgement]:
    return [
        Judgement(
            attempt=attempt,
            seq=visit_seq,
            kind=JudgementKind.LEVEL,
            criterion=criterion,
            source=reading.source,
            value=None if level is None else str(level),
            evidence=list(reading.evidence.get(criterion, ())),
            by=reading.name,
            at=now,
        )
        for criterion, level in reading.levels.items()
    ]
