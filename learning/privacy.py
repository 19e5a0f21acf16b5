"""What is kept about one learner: handing it over, and erasing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from foundation.api import durable, record
from learning.attempts import decode_state, encode_state
from learning.models import (
    Attempt,
    Consent,
    Goal,
    Grade,
    JournalEntry,
    Judgement,
    Learner,
    Participation,
    PendingJudgement,
    Step,
)
from scenario_engine.state import State

ERASED_ACTION = {"type": "erased"}


def export_learner(learner: Learner) -> dict[str, Any]:
    """Return everything that is kept about a learner, as plain values for JSON."""
    consented = ("purpose", "scene", "subject", "given_at", "withdrawn_at")
    participations = Participation.objects.filter(learner=learner).select_related("placement").order_by("pk")
    return {
        "format": 1,
        "learner": {
            "uuid": str(learner.uuid),
            "name": learner.display_name,
            "created_at": learner.created_at.isoformat(),
        },
        "participations": [_export_participation(row) for row in participations],
        "journal": _values(JournalEntry.objects.filter(learner=learner), "scene", "prompt", "text", "written_at"),
        "goals": _values(Goal.objects.filter(learner=learner), "prompt", "text", "made_at", "remind_at", "kept_at"),
        "consents": _values(Consent.objects.filter(learner=learner), *consented),
    }


def erase_learner(learner: Learner, now: datetime, *, by: str, keep_grades: bool = True) -> None:
    """Take away a learner's name, words, choices and journal. Figures stay without a person, unless told otherwise.

    Their tokens stop working, and nothing is ever graded anew for them: a host gradebook keeps what it has.
    """
    with durable():
        attempts = Attempt.objects.filter(participation__learner=learner)
        PendingJudgement.objects.filter(attempt__in=attempts).delete()
        Step.objects.filter(attempt__in=attempts).update(action=ERASED_ACTION)
        Judgement.objects.filter(attempt__in=attempts).erase_words()
        for attempt in attempts.iterator():
            attempt.state, attempt.seed = _empty(attempt.state), ""
            if not keep_grades:
                attempt.ratio = None
            attempt.save(update_fields=["state", "seed", "ratio"])
        Grade.objects.filter(participation__learner=learner).update(comment="")
        if not keep_grades:
            Grade.objects.filter(participation__learner=learner).delete()
        for kind in (JournalEntry, Goal, Consent):
            kind.objects.filter(learner=learner).delete()
        learner.display_name, learner.erased_at = "", now
        learner.save(update_fields=["display_name", "erased_at"])
        record(learner.organisation, by, "learner.erased", f"learner {learner.uuid}", {"keep_grades": keep_grades})


def _empty(state: str) -> str:
    """Return a state that says where an attempt ended and nothing of what was done in it."""
    before = decode_state(state)
    return encode_state(
        State(
            seed="",
            attempt=before.attempt,
            seq=before.seq,
            scene=before.scene,
            awaits="nothing",
            graded_at=before.graded_at,
            stopped=before.stopped,
            over=True,
        )
    )


def _export_participation(row: Participation) -> dict[str, Any]:
    attempts = Attempt.objects.filter(participation=row).order_by("module", "number")
    return {
        "uuid": str(row.uuid),
        "placement": str(row.placement.uuid),
        "target": {"kind": row.placement.target_kind, "uuid": str(row.placement.target_uuid)},
        "is_preview": row.is_preview,
        "time_factor": row.time_factor,
        "grades": _values(Grade.objects.filter(participation=row), "module", "ratio", "revision", "changed_at"),
        "attempts": [_export_attempt(attempt) for attempt in attempts],
    }


def _export_attempt(attempt: Attempt) -> dict[str, Any]:
    judged = ("kind", "seq", "criterion", "value", "old", "source", "evidence", "reason", "at")
    return {
        "uuid": str(attempt.pk),
        "module": attempt.module,
        "number": attempt.number,
        "status": attempt.status,
        "ending": attempt.ending,
        "ratio": _plain(attempt.ratio),
        "started_at": _plain(attempt.started_at),
        "finished_at": _plain(attempt.finished_at),
        "steps": _values(Step.objects.filter(attempt=attempt).order_by("seq"), "seq", "by", "action", "recorded_at"),
        "judgements": _values(Judgement.objects.filter(attempt=attempt), *judged),
    }


def _values(rows: Any, *fields: str) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in rows.values(*fields)]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)
