"""Running what is due: grading a participation once its placement's time is over."""

from __future__ import annotations

from datetime import datetime

from foundation.api import Again, durable
from learning.grading import regrade
from learning.models import DueDate, Participation
from learning.policies import is_due, read_policies


def run(row: DueDate, now: datetime) -> Again | None:
    """Grade one participation as of now; what is unfinished counts once the due date is past, and no sooner."""
    participation = Participation.objects.select_related("placement").get(pk=row.participation_id)
    policies = read_policies(participation.placement.policies)
    if policies.due_at is not None and not is_due(policies, now):
        return Again(policies.due_at)
    with durable():
        regrade(row.participation_id, now)
    return None
