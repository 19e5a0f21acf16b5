"""Running what attempts wait for: ask the judge or the character, record the answer, go on at the deadline without."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.api import Again, durable
from learning import content, play
from learning.attempts import decode_state
from learning.judging import Line, Reading, Turn, Words, the_character, the_judge
from learning.models import Attempt, AttemptStatus, Judgement, JudgementKind, PendingJudgement
from scenario_engine.actions import CharacterSays, Judged
from scenario_engine.conversation import conversation_of, words_to_judge
from scenario_engine.cues import families
from scenario_engine.document import Roleplay
from scenario_engine.state import State

# Between two questions to a judge that failed.
PAUSE = timedelta(seconds=2)


def run(row: PendingJudgement, now: datetime) -> Again | None:
    """Let one turn be read or answered. Past the deadline, or with nobody there any more, the attempt goes on."""
    attempt = Attempt.objects.select_related("participation__placement").get(pk=row.attempt_id)
    if attempt.status != AttemptStatus.PLAYING or attempt.seq != row.seq:
        return None  # the attempt has gone on
    is_turn = decode_state(attempt.state).awaits == "character"
    is_late = now >= row.deadline_at
    try:
        # Whoever is asked may fail in any way; the deadline bounds how long the learner waits for another try.
        if is_turn:
            line = _ask_character(attempt, now) if not is_late else None
        else:
            reading = _ask_judge(attempt, now) if not is_late else None
    except Exception as error:
        return Again(min(now + PAUSE * row.tries, row.deadline_at), f"{type(error).__name__}: {error}")
    if is_turn:
        record_line(attempt, line, now)
    else:
        record_reading(attempt, reading, now)
    return None


def _ask_judge(attempt: Attempt, now: datetime) -> Reading | None:
    judge = the_judge()
    return judge.read(_words(attempt), now) if judge else None


def _ask_character(attempt: Attempt, now: datetime) -> Line | None:
    character = the_character()
    return character.speak(_turn(attempt), now) if character else None


def go_on_when_late(attempt: Attempt, state: State, now: datetime) -> bool:
    """Record that nothing came when the deadline is past and no worker has done so; say whether that was done.

    Called when a learner asks again, so that a site whose workers are down keeps nobody waiting.
    """
    if state.awaits not in ("judgement", "character"):
        return False
    waits = PendingJudgement.objects.filter(attempt=attempt, seq=attempt.seq, deadline_at__gt=now).exists()
    if waits:
        return False
    if state.awaits == "character":
        record_line(attempt, None, now)
    else:
        record_reading(attempt, None, now)
    return True


def record_line(attempt: Attempt, line: Line | None, now: datetime) -> None:
    """Record what the character says, else let the authored line be said: also where its cues are not the scene's."""
    said = CharacterSays(line.text, line.mood, list(line.cues)) if line is not None else CharacterSays()
    if not play.record_host_action(attempt, said, now) and line is not None:
        play.record_host_action(attempt, CharacterSays(), now)


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
    text = words_to_judge(state)
    return Words(organisation_id, attempt.pk, attempt.version_id, state.trail[-1].scene, attempt.seq, text)


def _turn(attempt: Attempt) -> Turn:
    story, state = content.story_of(attempt), decode_state(attempt.state)
    scene = story.scenes[state.trail[-1].scene]
    known = families(story, scene) if isinstance(scene, Roleplay) else ()
    return Turn(
        organisation_id=attempt.participation.placement.organisation_id,
        attempt=attempt.pk,
        version_id=attempt.version_id,
        scene=scene.id,
        seq=attempt.seq,
        mood=state.talks[-1].mood,
        conversation=conversation_of(story, state),
        families=sorted(known),
    )


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
