"""How far grades have come, for learning's pages: saved, sent, confirmed, delayed, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learning.api import DeliveryStatus
from lti.grades.words import status_of
from lti.models import GradeTarget, LineItem, ResourceLink

# A learner may have cells in several columns (a course's modules, two activities): the worst news comes first.
_WORST_FIRST = ("delayed", "held", "saved", "sent", "confirmed", "none")


def delivery_status(participation_ids: Sequence[int]) -> Mapping[int, DeliveryStatus]:
    """Return the delivery of each participation that has a cell in some gradebook, or should have one."""
    found: dict[int, DeliveryStatus] = {}
    for row in GradeTarget.objects.filter(participation__in=participation_ids).order_by("pk"):
        status = status_of(row)
        known = found.get(row.participation_id)
        if known is None or _WORST_FIRST.index(status.status) < _WORST_FIRST.index(known.status):
            found[row.participation_id] = status
    return found


def missing_column(placement_id: int) -> tuple[str, str]:
    """Return why nothing of a placement goes to a gradebook, and what to do; two empty texts where it does."""
    if _columns(placement_id).exists() or not ResourceLink.objects.filter(placement=placement_id).exists():
        return "", ""
    return (
        _("This activity has no column in the gradebook."),
        _("Let the activity accept grades in its LMS settings, then open it once: the grades that are here follow."),
    )


def _columns(placement_id: int) -> QuerySet[LineItem]:
    return LineItem.objects.filter(placement=placement_id)
