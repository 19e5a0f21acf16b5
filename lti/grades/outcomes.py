"""How a try to deliver ended, and writing it down together with giving the row back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from foundation.api import backoff, counter, durable, finish, redact, reschedule
from lti.models import DeliveryOutcome, GradeDelivery, GradeState, GradeTarget

BLOCKED_FOR = timedelta(days=1)
deliveries = counter("branchwise_grade_delivery_total", "Tries to deliver a grade, by outcome.")


@dataclass(frozen=True)
class Outcome:
    """One try. `again_at` overrides the backoff; `is_unsure` says that the platform may hold the value now."""

    kind: DeliveryOutcome
    note: str = ""
    status: int | None = None
    again_at: datetime | None = None
    is_unsure: bool = False
    latency_ms: int | None = None


def settle(
    target: GradeTarget, ratio: Decimal, revision: int, stamp: datetime | None, outcome: Outcome, now: datetime
) -> None:
    """Write the outcome, the log line and the row's way back in one transaction; a lost lease changes nothing."""
    lease_id = target.lease_id
    if lease_id is None:
        raise ValueError("Only a claimed row can be settled.")
    there = outcome.kind in (DeliveryOutcome.DELIVERED, DeliveryOutcome.CONFIRMED)
    fields: dict[str, object] = {"is_unsure": outcome.is_unsure, "last_status": outcome.status}
    if there:
        confirmed = outcome.kind is DeliveryOutcome.CONFIRMED
        fields.update(sent=ratio, sent_revision=revision, delivered_at=now, is_confirmed=confirmed)
    kind = outcome.kind
    with durable():
        held = GradeTarget.objects.filter(pk=target.pk, lease_id=lease_id)
        if not held.update(**fields):
            kind = DeliveryOutcome.LEASE_LOST
        else:
            _move_on(target, revision, outcome, there, now)
        GradeDelivery.objects.create(
            target_id=target.pk,
            at=now,
            outcome=kind,
            ratio=ratio,
            revision=revision,
            stamp=stamp,
            status=outcome.status,
            latency_ms=outcome.latency_ms,
            note=redact(outcome.note)[:500],
        )
    deliveries.add(outcome=kind.value)


def settle_nothing(target: GradeTarget, state: GradeState) -> None:
    """Give a row back for which there is nothing to send: no grade, or this grade is there already."""
    lease_id = target.lease_id
    if lease_id is not None:
        held = GradeTarget.objects.filter(pk=target.pk, lease_id=lease_id, revision=target.revision)
        held.exclude(state=GradeState.PARKED).update(state=state, pending_since=None)
        finish(target, lease_id)


def _move_on(target: GradeTarget, revision: int, outcome: Outcome, there: bool, now: datetime) -> None:
    """Set state and due time, unless a newer grade or a person changed them while we were sending."""
    lease_id = target.lease_id
    assert lease_id is not None  # noqa: S101 (settle checked it)
    rows = GradeTarget.objects.filter(pk=target.pk, lease_id=lease_id, revision=revision)
    rows = rows.exclude(state=GradeState.PARKED)
    if there:
        rows.update(state=GradeState.DELIVERED, pending_since=None)
        finish(target, lease_id)
    elif outcome.kind is DeliveryOutcome.BLOCKED:
        rows.update(state=GradeState.BLOCKED)
        reschedule(target, lease_id, now + BLOCKED_FOR, outcome.note)
    else:
        rows.update(state=GradeState.PENDING)
        reschedule(target, lease_id, outcome.again_at or backoff(target.tries, now), outcome.note)
