"""Which gradebook column shows a link's grade, as its launches say."""

from __future__ import annotations

from decimal import Decimal

from django.db import IntegrityError, transaction

from lti.claims import GradeService
from lti.grades import outbox
from lti.models import LineItem, ResourceLink
from lti.platforms import product_of
from lti.products.base import LINE_ITEM, SCORE


def attach_column(link: ResourceLink, service: GradeService | None) -> None:
    """Note the column of a launch, and what may be done with it. Costs nothing when it is known already.

    A new or other column gets every grade that exists by now.
    """
    if service is None or SCORE not in service.scopes:
        return
    url = _trusted_url(link, service)
    known = link.line_item
    if known is not None and known.placement_id == link.placement_id and (known.url == url or not url):
        _note_rights(known, service)
        return
    if not url and not _makes_columns(link, service):
        return
    column = _moved(link, known, url, service) if known is not None else _column(link, url, service)
    if column is None:
        return
    if link.line_item_id != column.pk:
        link.line_item = column
        link.save(update_fields=["line_item"])
    outbox.send_existing(column)


def _note_rights(column: LineItem, service: GradeService) -> None:
    """An LMS admin may grant more, or less, than when the column was first named."""
    if set(column.scopes) != set(service.scopes):
        column.scopes = list(service.scopes)
        column.save(update_fields=["scopes"])


def _trusted_url(link: ResourceLink, service: GradeService) -> str:
    product = product_of(link.deployment.platform)
    return service.line_item if product.trusts_claimed_line_item(service.scopes) else ""


def _makes_columns(link: ResourceLink, service: GradeService) -> bool:
    """Say whether to make a column where the LMS gave none: not where a teacher left the grade out on purpose."""
    platform = link.deployment.platform
    wanted = platform.settings.get("make_columns", product_of(platform).makes_columns)
    return bool(wanted and service.items_url and LINE_ITEM in service.scopes)


def _moved(link: ResourceLink, column: LineItem, url: str, service: GradeService) -> LineItem | None:
    """The same link with another column or other content: the row keeps its cells."""
    column.placement = link.placement
    if url:
        column.url = url
    column.items_url, column.scopes = service.items_url, list(service.scopes)
    try:
        with transaction.atomic():
            column.save(update_fields=["placement", "url", "items_url", "scopes"])
    except IntegrityError:  # two links name one column: the first keeps it
        return LineItem.objects.filter(deployment=link.deployment, url=url).first()
    return column


def _column(link: ResourceLink, url: str, service: GradeService) -> LineItem:
    fields = {
        "context": link.context,
        "placement": link.placement,
        "items_url": service.items_url,
        "link_id": link.link_id,
        "item": link.item,
        "label": link.title,
        "maximum": Decimal(100),
        "scopes": list(service.scopes),
    }
    if not url:
        return LineItem.objects.create(deployment=link.deployment, url=None, **fields)
    column, made = LineItem.objects.get_or_create(deployment=link.deployment, url=url, defaults=fields)
    if not made and column.placement_id != link.placement_id:
        column.placement = link.placement
        column.save(update_fields=["placement"])
    return column
