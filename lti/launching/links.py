"""From an activity of the LMS to a placement.

Our own id of the link decides first: when a teacher chooses other content for the same activity, the LMS keeps its
resource link id and sends another item. A link never seen, with an item known from another link, is a copied course
(or a copied activity): it gets a placement of its own with the same target, in its own course's cohort.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from foundation.api import PreparedQuery
from lti import claims, ports
from lti.claims import Claims
from lti.launching import asked
from lti.launching.asked import Asked
from lti.models import Context, Deployment, ResourceLink
from lti.ports import Placement, Target
from lti.problems import LaunchProblem

Row = TypeVar("Row")


def find_known(platform_id: int, body: Claims) -> ResourceLink | None:
    """Return the link that a token names, with deployment, platform, placement and column, by one statement.

    The token need not be checked yet: nothing but the ids is looked at, inside the platform of the login.
    """
    claim = body.get(claims.RESOURCE_LINK)
    ids = body.get(claims.DEPLOYMENT_ID), claim.get("id") if isinstance(claim, dict) else None
    if not all(isinstance(each, str) and 0 < len(each) <= claims.MAX_ID and each.isprintable() for each in ids):
        return None
    return _KNOWN.first(platform_id, *ids)


def _known(platform_id: int, deployment_id: str, link_id: str) -> QuerySet[ResourceLink]:
    rows = ResourceLink.objects.filter(
        deployment__platform_id=platform_id, deployment__deployment_id=deployment_id, link_id=link_id
    ).order_by()
    return rows.select_related("deployment__platform", "deployment__organisation", "placement", "line_item")


_KNOWN = PreparedQuery(_known, -7, "<deployment>", "<link>")


def find_link(deployment: Deployment, body: Claims, known: ResourceLink | None = None) -> ResourceLink:
    """Return the link of a launch, made or bound anew where needed. Raises LaunchProblem without content.

    `known` is what `find_known` found for the same launch.
    """
    wish = asked.read(body)
    claim = claims.mapping(body, claims.RESOURCE_LINK)
    link_id = claims.identifier(claim, "id", within=claims.RESOURCE_LINK)
    link = known or _find(deployment, link_id)
    if link is not None and fits(link, wish):
        return _same_content(deployment, link, wish)
    if wish.target is None:
        raise LaunchProblem("launch.content_missing", asked.TARGET, "nothing")
    _check_published(deployment, wish.target)
    context = find_context(deployment, body)
    if link is None:
        title = claims.words(claim, "title")
        link = _made(
            lambda: _find(deployment, link_id),
            lambda: _make_link(deployment, context, link_id, title, wish),
        )
    if not fits(link, wish):
        link.placement, link.item = _new_placement(context, wish.target), wish.item
        link.save(update_fields=["placement", "item"])
    link.deployment = deployment
    return link


def fits(link: ResourceLink, wish: Asked) -> bool:
    """Say whether a link still shows what its activity asks for.

    The same content chosen once more for the same activity is the same: nobody loses what they did there.
    """
    return wish.target is None or target_of(link.placement) == wish.target


def _same_content(deployment: Deployment, link: ResourceLink, wish: Asked) -> ResourceLink:
    if wish.item and wish.item != link.item:
        link.item = wish.item
        link.save(update_fields=["item"])
    link.deployment = deployment
    return link


def target_of(placement: Placement) -> Target:
    return Target(placement.target_kind, placement.target_uuid, placement.target_module)  # type: ignore[arg-type]


def find_context(deployment: Deployment, body: Claims) -> Context:
    """Return the course of a launch, made with a cohort at the first one. Launches without a course share one."""
    claim = claims.mapping(body, claims.CONTEXT)
    context_id = claims.identifier(claim, "id", within=claims.CONTEXT, required=False)
    title = claims.words(claim, "title") or claims.words(claim, "label")
    service = body.get(claims.NRPS)
    memberships = claims.address(service, "context_memberships_url") if isinstance(service, dict) else ""
    service = body.get(claims.GROUPS)
    groups = claims.address(service, "context_groups_url") if isinstance(service, dict) else ""
    rows = Context.objects.filter(deployment=deployment, context_id=context_id)

    def make() -> Context:
        cohort = ports.new_cohort(deployment.organisation, title)
        return Context.objects.create(
            deployment=deployment,
            context_id=context_id,
            title=title,
            cohort=cohort,
            memberships_url=memberships,
            groups_url=groups,
        )

    return _made(rows.select_related("cohort").first, make)


def _find(deployment: Deployment, link_id: str) -> ResourceLink | None:
    rows = ResourceLink.objects.filter(deployment=deployment, link_id=link_id)
    return rows.select_related("placement", "line_item").first()


def _make_link(deployment: Deployment, context: Context, link_id: str, title: str, wish: Asked) -> ResourceLink:
    assert wish.target is not None  # noqa: S101 (checked by the caller)
    return ResourceLink.objects.create(
        deployment=deployment,
        context=context,
        link_id=link_id,
        item=wish.item,
        title=title,
        placement=_new_placement(context, wish.target),
    )


def _new_placement(context: Context, target: Target) -> Placement:
    return ports.new_placement(context.deployment.organisation, context.cohort, target)


def _check_published(deployment: Deployment, target: Target) -> None:
    if ports.find_content(deployment.organisation, target) is None:
        raise LaunchProblem("launch.content_gone", "published content of this organisation", asked.write(target))


def _made(find: Callable[[], Row | None], make: Callable[[], Row]) -> Row:
    """Find or make; two launches at once end with one row, and with nothing left over by the slower."""
    found = find()
    if found is None:
        try:
            with transaction.atomic():
                return make()
        except IntegrityError:
            found = find()
            if found is None:
                raise
    return found
