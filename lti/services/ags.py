"""Assignment and Grade Services: post a score, read a result; find, make, change and delete a column.

Source: https://www.imsglobal.org/spec/lti-ags/v2p0
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from foundation.api import Answer, NotJson
from lti.models import Platform
from lti.products.base import LINE_ITEM, LINE_ITEM_READ, RESULT, SCORE
from lti.services.calls import call, pages, under, with_parameters
from lti.services.errors import PlatformDown, ServiceError, Unusable

SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
RESULTS_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"
ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"
ITEMS_TYPE = "application/vnd.ims.lis.v2.lineitemcontainer+json"


@dataclass(frozen=True)
class Result:
    """What a cell of the gradebook holds. `ratio` is None when it holds no score."""

    ratio: Decimal | None
    comment: str = ""
    timestamp: datetime | None = None


def post_score(platform: Platform, item_url: str, body: Mapping[str, Any]) -> Answer:
    """Post one score. Raises ServiceError or OutboundError; any status but 401 and throttling is returned."""
    return call(
        platform,
        "POST",
        under(item_url, "/scores"),
        (SCORE,),
        accept=SCORE_TYPE,
        body=body,
        content_type=SCORE_TYPE,
    )


def read_result(platform: Platform, item_url: str, sub: str, *, filtered: bool = True) -> Result | None:
    """Return one person's result, None when there is none. Raises ServiceError or OutboundError.

    The filter is a wish: some platforms answer with everybody's results all the same. Blackboard leaves the comment
    out of a filtered answer.
    """
    url = under(item_url, "/results")
    if filtered:
        url = with_parameters(url, user_id=sub)
    rows = _listed(platform, url, RESULT, RESULTS_TYPE)
    return next((_result(row) for row in rows if str(row.get("userId")) == sub), None)


def find_line_item(
    platform: Platform, items_url: str, link_id: str, item: str, granted: Collection[str] = (LINE_ITEM,)
) -> str | None:
    """Return the address of the column bound to a link, or carrying our item id; None when there is none.

    `granted` are the scopes that the launch named: reading asks for the right to read where that is one of them.
    Both are compared here as well: a platform may ignore the filter (Sakai knows it by another name).
    """
    url = with_parameters(items_url, resource_link_id=link_id) if link_id else items_url
    scope = LINE_ITEM_READ if LINE_ITEM_READ in granted else LINE_ITEM
    rows = [row for row in _listed(platform, url, scope, ITEMS_TYPE) if isinstance(row.get("id"), str)]
    bound = [row for row in rows if link_id and str(row.get("resourceLinkId", "")) == link_id]
    ours = [row for row in bound if item and row.get("resourceId") == item]
    if not bound and item:
        ours = [row for row in rows if row.get("resourceId") == item and not row.get("resourceLinkId")]
    chosen = (ours or bound)[:1]
    return str(chosen[0]["id"]) if chosen else None


def make_line_item(platform: Platform, items_url: str, body: Mapping[str, Any]) -> str:
    """Make a column and return its address. Raises ServiceError or OutboundError."""
    made = _json(call(platform, "POST", items_url, (LINE_ITEM,), accept=ITEM_TYPE, body=body, content_type=ITEM_TYPE))
    if not isinstance(made, dict) or not isinstance(made.get("id"), str):
        raise Unusable(None, "The new line item has no id.")
    return str(made["id"])


def change_line_item(platform: Platform, item_url: str, body: Mapping[str, Any]) -> None:
    """Give a column another title or maximum. Raises ServiceError or OutboundError."""
    _check(call(platform, "PUT", item_url, (LINE_ITEM,), accept=ITEM_TYPE, body=body, content_type=ITEM_TYPE))


def delete_line_item(platform: Platform, item_url: str) -> Answer:
    """Delete a column of our own making; never one that an activity has. Raises ServiceError or OutboundError."""
    return call(platform, "DELETE", item_url, (LINE_ITEM,), accept=ITEM_TYPE)


def _listed(platform: Platform, url: str, scope: str, accept: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a list, page by page."""
    for answer in pages(platform, url, (scope,), accept=accept):
        found = _json(answer)
        if not isinstance(found, list):
            raise Unusable(answer.status, "The LMS sent something else than a list.")
        yield from (row for row in found if isinstance(row, dict))


def _check(answer: Answer) -> None:
    if answer.status >= 500:
        raise PlatformDown(answer.status, f"The LMS answered {answer.status}.")
    if not answer.ok:
        raise ServiceError(answer.status, f"The LMS answered {answer.status}: {answer.text(200)}")


def _json(answer: Answer) -> Any:
    _check(answer)
    try:
        return answer.json()
    except NotJson as error:
        raise Unusable(answer.status, "The LMS did not answer JSON.") from error


def _result(row: Mapping[str, Any]) -> Result:
    comment = row.get("comment")
    return Result(_ratio(row), comment if isinstance(comment, str) else "", _moment(row.get("timestamp")))


def _ratio(row: Mapping[str, Any]) -> Decimal | None:
    score, maximum = row.get("resultScore"), row.get("resultMaximum")
    if score is None or isinstance(score, bool) or isinstance(maximum, bool):
        return None
    try:
        top = Decimal(str(maximum)) if maximum is not None else Decimal(1)  # absent means 1 (AGS 2.0, 3.3.4)
        ratio = Decimal(str(score)) / top if top > 0 else Decimal(str(score))
    except (InvalidOperation, ArithmeticError):
        return None
    return ratio if ratio.is_finite() else None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
