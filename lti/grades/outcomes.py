"""How a try to deliver ended, and writing it down together with giving the row back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from foundation.api import backoff, counter, durable, finish, redact
from lti.grades import statements
from lti.models import Cause, DeliveryOutcome, GradeState, GradeTarget

BLOCKED_FOR = timedelta(days=1)
deliveries = counter("branchwise_grade_tries_total", "Tries of this process to deliver a grade, by outcome.")
THERE = (DeliveryOutcome.DELIVERED, DeliveryOutcome.CONFIRMED)
STATES = {
    DeliveryOutcome.DELIVERED: GradeState.DELIVERED,
    DeliveryOutcome.CONFIRMED: GradeState.DELIVERED,
    DeliveryOutcome.BLOCKED: GradeState.BLOCKED,
    DeliveryOutcome.RETRY: GradeState.PENDING,
}


@dataclass(frozen=True)
class Outcome:
    """One try. `again_at` overrides the backoff; `is_unsure` says that the platform may hold the value now."""

    kind: DeliveryOutcome
    note: str = ""
    status: int | None = None
    again_at: datetime | None = None
    is_unsure: bool = False
    cause: Cause = Cause.NONE
    latency_ms: int | None = None
    comment_sent: str = ""


@dataclass(frozen=True)
class Sent:
    """What was tried: the value, and the timestamp that the last post carried."""

    ratio: Decimal
    revision: int
    stamp: datetime | None


@dataclass(frozen=True)
class Settled:
    """A row, what was tried, and how it ended."""

    target: GradeTarget
    sent: Sent
    outcome: Outcome


def settle(settled: Sequence[Settled], now: datetime) -> None:
    """Write outcomes, log lines and the rows' ways back in one transaction; a lost lease changes nothing.

    State and due time stay as they are when a newer grade or a person changed them while we were sending.
    """
    if not settled:
        return
    notes = [redact(each.outcome.note) if each.outcome.note else "" for each in settled]
    with durable():
        held = statements.give_back([_way_back(*each, now) for each in zip(settled, notes, strict=True)])
        lines = [_line(*each, now) for each in zip(settled, held, notes, strict=True)]
        statements.log_deliveries(lines)
    for line in lines:
        deliveries.add(outcome=line["outcome"])


def _line(settled: Settled, is_held: bool, note: str, now: datetime) -> dict[str, Any]:
    kind = settled.outcome.kind if is_held else DeliveryOutcome.LEASE_LOST
    return {
        "target_id": settled.target.pk,
        "at": now,
        "outcome": kind.value,
        "ratio": settled.sent.ratio,
        "revision": settled.sent.revision,
        "stamp": settled.sent.stamp,
        "status": settled.outcome.status,
        "latency_ms": settled.outcome.latency_ms,
        "note": note[:500],
    }


def settle_nothing(target: GradeTarget, state: GradeState) -> None:
    """Give a row back for which there is nothing to send: no grade, or this grade is there already."""
    lease_id = target.lease_id
    if lease_id is not None:
        held = GradeTarget.objects.filter(pk=target.pk, lease_id=lease_id, revision=target.revision)
        held.exclude(state=GradeState.PARKED).update(state=state, pending_since=None)
        finish(target, lease_id)


def _way_back(settled: Settled, note: str, now: datetime) -> statements.WayBack:
    """Return the plain fields of a row, and what depends on whether it is still as we read it."""
    target, sent, outcome = settled.target, settled.sent, settled.outcome
    fields: dict[str, object] = {
        "is_unsure": outcome.is_unsure,
        "last_status": outcome.status,
        "cause": outcome.cause.value,
        "comment_sent": outcome.comment_sent,
    }
    due_at: datetime | None = None
    if outcome.kind in THERE:
        fields |= {
            "sent": sent.ratio,
            "sent_revision": sent.revision,
            "delivered_at": now,
            "is_confirmed": outcome.kind is DeliveryOutcome.CONFIRMED,
            "found": None,
            "differs": False,
            "tries": 0,
            "last_error": "",
        }
    elif outcome.kind is DeliveryOutcome.BLOCKED:
        fields["last_error"], due_at = note[:2000], now + BLOCKED_FOR
    else:
        fields["last_error"], due_at = note[:2000], outcome.again_at or backoff(target.tries, now)
    sets, values = statements.way_back(STATES[outcome.kind].value, sent.revision, due_at, outcome.kind in THERE)
    return statements.WayBack(target, fields, sets, values)
