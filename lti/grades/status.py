"""How far grades have come, for learning's pages: saved, sent, confirmed, delayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from learning.api import DeliveryStatus
from lti.models import GradeState, GradeTarget


def delivery_status(participation_ids: Sequence[int]) -> Mapping[int, DeliveryStatus]:
    """Return the delivery of each participation that has a cell in some gradebook."""
    rows = GradeTarget.objects.filter(participation__in=participation_ids).order_by("pk")
    return {row.participation_id: _status(row) for row in rows}


def _status(row: GradeTarget) -> DeliveryStatus:
    if row.state == GradeState.DELIVERED and row.is_confirmed:
        return DeliveryStatus("confirmed", row.delivered_at, _("The grade is in the gradebook."))
    if row.state == GradeState.DELIVERED:
        return DeliveryStatus("sent", row.delivered_at, _("The gradebook took the grade."))
    if row.state == GradeState.BLOCKED:
        return DeliveryStatus("delayed", row.pending_since, _("The LMS refuses the grade: ") + row.last_error[:200])
    if row.state == GradeState.PARKED:
        return DeliveryStatus("held", row.pending_since, _("Somebody set this grade aside."))
    if row.state == GradeState.NOTHING:
        return DeliveryStatus("none")
    if row.last_error:
        return DeliveryStatus("delayed", row.pending_since, _("Saved here; the LMS did not take it yet."))
    return DeliveryStatus("saved", row.pending_since, _("Saved here, on its way to the gradebook."))
