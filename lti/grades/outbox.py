"""What cells of gradebooks should say. One row per (column, person); the newest wish overwrites the older.

Rows are written in the transaction that changes the grade: a grade and the wish to deliver it are one fact. Sending
is lti.grades.delivery.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from foundation.api import wake
from lti.grades import lanes
from lti.models import GradeState, GradeTarget, LineItem, LtiPerson
from lti.ports import Grade

KIND = "lti.grades"


class Cell(NamedTuple):
    """One person's cell in one column, by keys."""

    line_item_id: int
    person_id: int
    platform_id: int


def note_grade_change(
    *, participation_id: int, module: str, ratio: Decimal | None, revision: int, at: datetime, **_: Any
) -> None:
    """Receive learning's signal, inside its transaction. No calls out, no failure on account of a platform."""
    pairs = list(_cells(participation_id, module))
    for cell in pairs:
        _wish(cell, participation_id, ratio, revision, at)
    if pairs:
        wake(KIND)


def send_existing(line_item: LineItem) -> None:
    """Wish for every grade that is there already: the column is new, or shows another placement now."""
    now = timezone.now()
    grades = Grade.objects.filter(
        participation__placement=line_item.placement_id,
        participation__is_preview=False,
        module=line_item.module,
        ratio__isnull=False,
    )
    people = LtiPerson.objects.filter(platform__deployments=line_item.deployment_id)
    by_learner = dict(people.values_list("learner_id", "pk"))
    found = False
    for grade in grades.select_related("participation"):
        person_id = by_learner.get(grade.participation.learner_id)
        if person_id is not None:
            cell = Cell(line_item.pk, person_id, line_item.deployment.platform_id)
            _wish(cell, grade.participation_id, grade.ratio, grade.revision, now)
            found = True
    if found:
        wake(KIND)


def try_again(person: LtiPerson, now: datetime) -> int:
    """Try what was refused for one person now: they just came in, so they may be enrolled by now."""
    return _make_due(GradeTarget.objects.filter(person=person, state=GradeState.BLOCKED), now)


def resend(rows: QuerySet[GradeTarget], now: datetime) -> int:
    """Send again on a person's wish, even what was delivered, blocked or parked. Each cell is read before it is sent.

    Cells without a grade stay as they are: there is nothing to send.
    """
    wished = rows.filter(wanted__isnull=False)
    with transaction.atomic():
        keys = list(wished.values_list("pk", flat=True))
        for start in range(0, len(keys), 500):
            part = GradeTarget.objects.filter(pk__in=keys[start : start + 500])
            part.update(sent=None, sent_revision=None, is_unsure=True, is_confirmed=False)
            _make_due(part, now)
    return len(keys)


def park(rows: QuerySet[GradeTarget]) -> int:
    """Set cells aside until a person resends them; new grades are noted and wait as well."""
    return rows.exclude(state=GradeState.NOTHING).update(state=GradeState.PARKED, due_at=None)


def discard(rows: QuerySet[GradeTarget]) -> int:
    """Give up what cells should say now; the next change of a grade is sent as ever. What the LMS shows stays."""
    waiting = rows.filter(state__in=(GradeState.PENDING, GradeState.BLOCKED, GradeState.PARKED))
    return waiting.update(state=GradeState.NOTHING, due_at=None, pending_since=None, cause="", last_error="")


def due_rows() -> QuerySet[GradeTarget]:
    """Return the rows that may be tried now: not those of a platform that is paused or not active."""
    return GradeTarget.objects.filter(platform__in=lanes.open_platforms(timezone.now()))


def _cells(participation_id: int, module: str) -> Iterable[Cell]:
    """Yield the cells of a participation: its placement's columns on platforms that know the learner."""
    found = (
        LineItem.objects.filter(
            placement__participations=participation_id,
            placement__participations__is_preview=False,
            module=module,
            deployment__platform__people__learner__participations=participation_id,
            deployment__platform__people__organisation=F("deployment__organisation"),
        )
        .values_list("pk", "deployment__platform__people", "deployment__platform")
        .distinct()
    )
    return [Cell(*keys) for keys in found]


def _wish(cell: Cell, participation_id: int, ratio: Decimal | None, revision: int, at: datetime) -> None:
    rows = GradeTarget.objects.filter(line_item_id=cell.line_item_id, person_id=cell.person_id)
    state = GradeState.PENDING if ratio is not None else GradeState.NOTHING
    due_at = at if ratio is not None else None
    parked = Q(state=GradeState.PARKED)
    changed = rows.update(
        participation_id=participation_id,
        wanted=ratio,
        revision=revision,
        tries=0,
        due_at=Case(When(parked, then=F("due_at")), default=Value(due_at)),
        pending_since=Case(When(state=GradeState.PENDING, then=F("pending_since")), default=Value(at)),
        state=Case(When(parked, then=Value(GradeState.PARKED)), default=Value(state)),
    )
    if changed:
        return
    try:
        with transaction.atomic():
            GradeTarget.objects.create(
                line_item_id=cell.line_item_id,
                person_id=cell.person_id,
                platform_id=cell.platform_id,
                participation_id=participation_id,
                wanted=ratio,
                revision=revision,
                state=state,
                due_at=due_at,
                pending_since=at,
            )
    except IntegrityError:  # two changes at once made the row: the second one overwrites it
        _wish(cell, participation_id, ratio, revision, at)


def _make_due(rows: QuerySet[GradeTarget], now: datetime) -> int:
    count = rows.update(
        due_at=now,
        tries=0,
        pending_since=Case(When(state=GradeState.PENDING, then=F("pending_since")), default=Value(now)),
        state=GradeState.PENDING,
    )
    if count:
        wake(KIND)
    return count
