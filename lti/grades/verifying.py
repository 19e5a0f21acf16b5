"""Comparing what gradebooks hold with what they should hold. Reports; never overwrites a teacher's hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from foundation.api import OutboundError
from lti.models import GradeState, GradeTarget
from lti.platforms import product_of
from lti.products.base import RESULT
from lti.services import ags
from lti.services.errors import ServiceError

_LARGEST = Decimal("99999")


@dataclass(frozen=True)
class Difference:
    """One cell that differs, or that could not be read."""

    target: GradeTarget
    expected: Decimal
    found: Decimal | None
    error: str = ""

    def in_words(self) -> str:
        cell = f"{self.target.line_item} of person {self.target.person_id}"
        if self.error:
            return f"{cell}: not read, {self.error}"
        return f"{cell}: expected {self.expected}, found {'nothing' if self.found is None else round(self.found, 4)}"


def delivered() -> QuerySet[GradeTarget]:
    """Return the cells that can be checked."""
    return GradeTarget.objects.filter(state=GradeState.DELIVERED, sent__isnull=False, line_item__url__isnull=False)


def verify(targets: QuerySet[GradeTarget] | None = None, *, now: datetime) -> Iterator[Difference]:
    """Yield every delivered cell whose gradebook says otherwise. One call per cell.

    What was found is noted on the row, so that pages can say "differs"; nothing is sent.
    """
    rows = delivered() if targets is None else targets
    for target in rows.select_related("line_item", "platform", "person").order_by("pk").iterator():
        difference = compare(target)
        _note(target, difference, now)
        if difference is not None:
            yield difference


def compare(target: GradeTarget) -> Difference | None:
    """Read one cell; None when it holds what was sent, or when this tool may not read results."""
    if target.sent is None or not target.line_item.url or RESULT not in target.line_item.scopes:
        return None
    try:
        result = ags.read_result(target.platform, target.line_item.url, target.person.sub)
    except (ServiceError, OutboundError) as error:
        return Difference(target, target.sent, None, str(error))
    found = result.ratio if result is not None else None
    product = product_of(target.platform)
    if found is None and target.sent == 0 and result is not None and product.zero_may_be_absent():
        return None
    if found is not None and product.same_ratio(found, target.sent):
        return None
    return Difference(target, target.sent, found)


def _note(target: GradeTarget, difference: Difference | None, now: datetime) -> None:
    """Keep what was read, unless the cell was sent anew meanwhile."""
    if difference is not None and difference.error:
        return
    found = None if difference is None or difference.found is None else min(difference.found, _LARGEST)
    rows = GradeTarget.objects.filter(pk=target.pk, sent=target.sent, state=GradeState.DELIVERED)
    rows.update(found=found, differs=difference is not None, checked_at=now, is_confirmed=difference is None)
