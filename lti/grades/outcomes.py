"""How a try to deliver ended, and writing it down together with giving the row back."""

from __future__ import annotations

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


def settle(target: GradeTarget, sent: Sent, outcome: Outcome, now: datetime) -> None:
    """Write the outcome, the log line and the row's way back in one transaction; a lost lease changes nothing.

    State and due time stay as they are when a newer grade or a person changed them while we were sending.
    """
    if target.lease_id is None:
        raise ValueError("Only a claimed row can be settled.")
    note = redact(outcome.note)
    changes, sets, values = _changes(target, sent, outcome, note, now)
    with durable():
        is_held = statements.give_back(target, changes, sets, values)
        kind = outcome.kind if is_held else DeliveryOutcome.LEASE_LOST
        statements.log_delivery(
            target_id=target.pk,
            at=now,
            outcome=kind.value,
            ratio=sent.ratio,
            revision=sent.revision,
            stamp=sent.stamp,
            status=outcome.status,
            latency_ms=outcome.latency_ms,
            note=note[:500],
        )
    deliveries.add(outcome=kind.value)


def settle_nothing(target: GradeTarget, state: GradeState) -> None:
    """Give a row back for which there is nothing to send: no grade, or this grade is there already."""
    lease_id = target.lease_id
    if lease_id is not None:
        held = GradeTarget.objects.filter(pk=target.pk, lease_id=lease_id, revision=target.revision)
        held.exclude(state=GradeState.PARKED).update(state=state, pending_since=None)
        finish(target, lease_id)


def _changes(
    target: GradeTarget, sent: Sent, outcome: Outcome, note: str, now: datetime
) -> tuple[dict[str, object], str, list[Any]]:
    """Return the plain fields of a row, and what depends on whether it is still as we read it."""
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
    return fields, sets, values
