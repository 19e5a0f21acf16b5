"""What stands between a grade and its gradebook, in words: what is the matter, and what somebody can do about it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from learning.api import DeliveryStatus
from lti.models import Cause, GradeState, GradeTarget


def status_of(row: GradeTarget) -> DeliveryStatus:
    """Return how far one cell has come, for learning's pages; needs nothing but the row."""
    if row.state == GradeState.DELIVERED:
        return _delivered(row)
    if row.state == GradeState.PARKED:
        return DeliveryStatus(
            "held",
            row.pending_since,
            _("Somebody set this grade aside: it is not sent."),
            _("Ask whoever looks after the LMS connection to send it again."),
        )
    if row.state == GradeState.NOTHING:
        return DeliveryStatus("none")
    if not row.cause:
        return DeliveryStatus("saved", row.pending_since, _("Saved here, on its way to the gradebook."))
    what, to_do = explain(Cause(row.cause))
    return DeliveryStatus("delayed", row.pending_since, what, to_do)


def explain(cause: Cause) -> tuple[str, str]:
    """Return what a cause means and what to do about it."""
    what, to_do = _EXPLAINED[cause]()
    return what, to_do


def _daily() -> str:
    return _("It is tried again every day, and when the learner next opens the activity.")


def _delivered(row: GradeTarget) -> DeliveryStatus:
    if row.differs:
        shown = _("nothing") if row.found is None else f"{number_format(row.found * 100, 1)} %"
        what = _("The gradebook shows %(shown)s, which was changed there.") % {"shown": shown}
        advice = _("A change made in the LMS is left alone. To have this grade there, send it again.")
        return DeliveryStatus("sent", row.delivered_at, what, advice)
    if row.is_confirmed:
        return DeliveryStatus("confirmed", row.delivered_at, _("The grade is in the gradebook."))
    return DeliveryStatus("sent", row.delivered_at, _("The gradebook took the grade."))


_EXPLAINED: dict[Cause, Callable[[], tuple[str, str]]] = {
    Cause.NONE: lambda: ("", ""),
    Cause.NOT_LEARNER: lambda: (
        _("The LMS does not take a grade for this person."),
        _("Check that they are enrolled in the course as a learner, not as a teacher or guest. ") + _daily(),
    ),
    Cause.LOCKED: lambda: (
        _("The LMS refuses every change of this grade: it, or its column, seems to be locked."),
        _("Unlock the grade in the gradebook. ") + _daily(),
    ),
    Cause.NO_COLUMN: lambda: (
        _("This activity has no column in the gradebook."),
        _("Let the activity accept grades in its LMS settings, or choose its content again with a grade."),
    ),
    Cause.COLUMN_GONE: lambda: (
        _("The gradebook column of this activity was deleted."),
        _("Save the activity's settings in the LMS anew, so that it gets a column, then open it once."),
    ),
    Cause.NO_ACCESS: lambda: (
        _("The LMS does not let Branchwise into its gradebook."),
        _("Tell the LMS administrator; they can test the connection. The grade goes out by itself once it works."),
    ),
    Cause.FOREIGN_HOST: lambda: (
        _("The gradebook is on a host that does not belong to this LMS connection."),
        _("Tell the LMS administrator: the host can be added to the connection."),
    ),
    Cause.DOWN: lambda: (
        _("The LMS does not answer. The grade is saved here and is sent as soon as it does."),
        _("Nothing is to be done."),
    ),
    Cause.BUSY: lambda: (
        _("The LMS is busy and asked to wait. The grade is saved here and goes out by itself."),
        _("Nothing is to be done."),
    ),
    Cause.LATER_STAMP: lambda: (
        _("The gradebook holds an entry with a later time. The grade goes out by itself."),
        _("Nothing is to be done."),
    ),
    Cause.REFUSED: lambda: (
        _("The LMS refuses this grade."),
        _("Tell the LMS administrator, who sees its answer under Grade deliveries. ") + _daily(),
    ),
}
