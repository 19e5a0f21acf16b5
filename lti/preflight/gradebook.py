"""Making, renaming, scoring, reading and deleting a column of our own: is the whole way to a gradebook open?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from foundation.api import OutboundError
from lti.models import LaunchRecord, LineItem, Platform
from lti.platforms import product_of
from lti.products.base import LINE_ITEM, Sending
from lti.roles import Acting
from lti.services import ags
from lti.services.errors import ServiceError

FIRST_LABEL = "Branchwise connection test"
LABEL = f"{FIRST_LABEL} (may be deleted)"
TAG = "branchwise-test"
RATIO = Decimal("0.5")


@dataclass(frozen=True)
class Place:
    """A course that lets us make columns, and a learner of it."""

    items_url: str
    sub: str


@dataclass(frozen=True)
class Step:
    """One call, and how it went."""

    name: str
    ok: bool
    said: str


def find_place(platform: Platform) -> Place | None:
    """Return the course and learner of the latest launch that came with the right to make columns."""
    records = LaunchRecord.objects.filter(
        platform=platform, code="ok", acted_as=Acting.LEARNER, person__isnull=False, link__line_item__isnull=False
    ).select_related("person", "link__line_item")
    for record in records.order_by("-pk")[:50]:
        column: LineItem | None = record.link.line_item if record.link else None
        if column is not None and record.person and column.items_url and LINE_ITEM in column.scopes:
            return Place(column.items_url, record.person.sub)
    return None


def walk(platform: Platform, place: Place) -> Iterator[Step]:
    """Go the whole way; the column is deleted whatever happens in between."""
    product = product_of(platform)
    body = product.line_item(FIRST_LABEL, Decimal(100), TAG, TAG, "")
    try:
        url = ags.make_line_item(platform, place.items_url, body)
    except (ServiceError, OutboundError) as error:
        yield Step("make a column", False, str(error))
        return
    yield Step("make a column", True, "made")
    try:
        yield _rename(platform, url, {**body, "label": LABEL})
        yield _score(platform, url, place.sub)
        yield _read(platform, url, place.sub)
    finally:
        yield _delete(platform, url)


def _rename(platform: Platform, url: str, body: dict[str, Any]) -> Step:
    try:
        ags.change_line_item(platform, url, body)
    except (ServiceError, OutboundError) as error:
        return Step("rename it", False, str(error))
    return Step("rename it", True, "renamed")


def _score(platform: Platform, url: str, sub: str) -> Step:
    sending = Sending(sub=sub, ratio=RATIO, maximum=Decimal(100), stamp=timezone.now())
    try:
        answer = ags.post_score(platform, url, product_of(platform).score(sending))
    except (ServiceError, OutboundError) as error:
        return Step("score it", False, str(error))
    return Step("score it", answer.ok, f"the LMS answered {answer.status}")


def _read(platform: Platform, url: str, sub: str) -> Step:
    try:
        found = ags.read_result(platform, url, sub)
    except (ServiceError, OutboundError) as error:
        return Step("read it back", False, str(error))
    if found is None or found.ratio is None:
        return Step("read it back", False, "the LMS stored the score and shows none")
    return Step("read it back", product_of(platform).same_ratio(found.ratio, RATIO), f"shows {found.ratio:.0%}")


def _delete(platform: Platform, url: str) -> Step:
    try:
        answer = ags.delete_line_item(platform, url)
    except (ServiceError, OutboundError) as error:
        return Step("delete it", False, f"{error} Delete “{LABEL}” in the gradebook.")
    said = "deleted" if answer.ok else f"the LMS answered {answer.status}; delete “{LABEL}” in the gradebook"
    return Step("delete it", answer.ok, said)
