"""The address of a column that was not known at launch, or is not there any more."""

from __future__ import annotations

from lti.models import LineItem, Platform
from lti.platforms import product_of
from lti.products.base import LINE_ITEM, LINE_ITEM_READ
from lti.services import ags


def column_url(column: LineItem, platform: Platform) -> str:
    """Return the column's address, finding or making the column on first use, "" when that cannot be.

    Raises ServiceError or OutboundError.
    """
    return column.url or _keep(column, find_or_make(column, platform))


def find_or_make(column: LineItem, platform: Platform) -> str:
    """Find the column of this link, else make it: a column made twice would show the grade in one of them only."""
    if not column.items_url or not {LINE_ITEM, LINE_ITEM_READ} & set(column.scopes):
        return ""
    found = _found(column, platform)
    if found or LINE_ITEM not in column.scopes:
        return found or ""
    body = product_of(platform).line_item(
        column.label or "Branchwise", column.maximum, column.item, "branchwise", column.link_id
    )
    return ags.make_line_item(platform, column.items_url, body)


def find_again(column: LineItem, platform: Platform) -> str:
    """Return another address for a column that answered 404, "" when the platform knows no other.

    Nothing is made here: whoever deleted the column meant it.
    """
    if not column.items_url or not {LINE_ITEM, LINE_ITEM_READ} & set(column.scopes):
        return ""
    found = _found(column, platform) or ""
    return _keep(column, found) if found and found != column.url else ""


def _found(column: LineItem, platform: Platform) -> str | None:
    return ags.find_line_item(platform, column.items_url, column.link_id, column.item, column.scopes)


def _keep(column: LineItem, url: str) -> str:
    if url:
        other = LineItem.objects.filter(deployment=column.deployment_id, url=url).exclude(pk=column.pk).exists()
        if not other:
            column.url = url
            column.save(update_fields=["url"])
    return url
