"""Due dates of placements, and the wait for them: a leased row per participation whose unfinished attempt may count.

What is done when the time has come is learning.due_work.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from foundation.api import wake
from learning import content
from learning.models import Attempt, AttemptStatus, DueDate, Participation, Placement
from learning.policies import read_policies, write_policies

KIND = "learning.due"


def await_due_date(attempt: Attempt) -> None:
    """Note that an attempt just begun counts unfinished at the due date, where author and placement say so."""
    participation = attempt.participation
    due_at = read_policies(participation.placement.policies).due_at
    if due_at is None or due_at <= attempt.started_at or participation.is_preview:
        return  # begun late: it counts when it is finished
    if content.story_of(attempt).scenario.scoring.when_unfinished == "score_so_far":
        DueDate.objects.update_or_create(participation=participation, defaults={"due_at": due_at})


def set_due_at(placement: Placement, due_at: datetime | None, now: datetime) -> None:
    """Set, move or lift the due date of a placement; grades of unfinished attempts follow.

    A grade that was sent already is never erased by a later due date: the LMS keeps it until there is a new one.
    """
    with transaction.atomic():
        row = Placement.objects.select_for_update().get(pk=placement.pk)
        policies = read_policies(row.policies)
        if policies.due_at == due_at:
            return
        policies.due_at = due_at
        row.policies = placement.policies = write_policies(policies)
        row.save(update_fields=["policies"])
        under_way = Participation.objects.filter(
            placement=row, is_preview=False, attempts__status=AttemptStatus.PLAYING
        ).distinct()
        # At once: a teacher's launch waits for it.
        DueDate.objects.bulk_create(
            [DueDate(participation=participation, due_at=due_at or now) for participation in under_way],
            update_conflicts=True,
            unique_fields=["participation"],
            update_fields=["due_at"],
        )
        wake(KIND)
