"""How a try to deliver ended, and writing it down together with giving the row back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Case, F, Q, Value, When

from foundation.api import backoff, counter, durable, finish, given_back, redact
from lti.models import Cause, DeliveryOutcome, GradeDelivery, GradeState, GradeTarget

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
    with durable():
        held = GradeTarget.objects.filter(pk=target.pk, lease_id=target.lease_id)
        is_held = held.update(**_changes(target, sent, outcome, note, now))
        kind = outcome.kind if is_held else DeliveryOutcome.LEASE_LOST
        GradeDelivery.objects.create(
            target_id=target.pk,
            at=now,
            outcome=kind,
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


def _changes(target: GradeTarget, sent: Sent, outcome: Outcome, note: str, now: datetime) -> dict[str, object]:
    fields: dict[str, object] = {
        "is_unsure": outcome.is_unsure,
        "last_status": outcome.status,
        "cause": outcome.cause,
        "comment_sent": outcome.comment_sent,
    }
    unchanged = Q(revision=sent.revision) & ~Q(state=GradeState.PARKED)
    state = Value(STATES[outcome.kind].value)
    fields["state"] = Case(When(unchanged, then=state), default=F("state"))
    if outcome.kind in THERE:
        fields |= {
            "sent": sent.ratio,
            "sent_revision": sent.revision,
            "delivered_at": now,
            "is_confirmed": outcome.kind is DeliveryOutcome.CONFIRMED,
            "found": None,
            "differs": False,
            "pending_since": Case(When(unchanged, then=Value(None)), default=F("pending_since")),
            "tries": 0,
            "last_error": "",
        }
        return fields | given_back(None)
    fields["last_error"] = note[:2000]
    if outcome.kind is DeliveryOutcome.BLOCKED:
        return fields | given_back(now + BLOCKED_FOR)
    return fields | given_back(outcome.again_at or backoff(target.tries, now))
