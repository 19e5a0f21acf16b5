"""Comparing what gradebooks hold with what they should hold. Reports; never overwrites a teacher's hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from foundation.api import OutboundError
from lti.models import GradeState, GradeTarget
from lti.platforms import product_of
from lti.services import ags
from lti.services.errors import ServiceError


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


def verify(targets: Iterable[GradeTarget] | None = None) -> Iterator[Difference]:
    """Yield every delivered cell whose gradebook says otherwise. One call per cell."""
    if targets is None:
        targets = GradeTarget.objects.filter(state=GradeState.DELIVERED, sent__isnull=False)
        targets = targets.select_related("line_item__deployment__platform", "person").order_by("pk").iterator()
    for target in targets:
        difference = _compare(target)
        if difference is not None:
            yield difference


def _compare(target: GradeTarget) -> Difference | None:
    platform = target.line_item.deployment.platform
    if target.sent is None or not target.line_item.url:
        return None
    try:
        result = ags.read_result(platform, target.line_item.url, target.person.sub)
    except (ServiceError, OutboundError) as error:
        return Difference(target, target.sent, None, str(error))
    found = result.ratio if result is not None else None
    product = product_of(platform)
    if found is None and target.sent == 0 and result is not None and product.zero_may_be_absent():
        return None
    if found is not None and product.same_ratio(found, target.sent):
        return None
    return Difference(target, target.sent, found)
