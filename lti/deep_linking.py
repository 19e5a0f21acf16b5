"""Deep linking: what a teacher chose, as content items; and the signed token that carries the request between pages.

No cookie and no session: inside the LMS's frame neither is sure to come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.core import signing
from pylti1p3.lineitem import LineItem

from lti import claims, ports
from lti.launching import asked
from lti.models import Deployment
from lti.platforms import product_of
from lti.ports import Content, Target
from lti.problems import LaunchProblem
from lti.protocol.deep_link import Answer, Item

SALT = "lti.deep_linking"
LIFETIME_S = 3600
MOST_ITEMS = 50
TAG = "branchwise"


@dataclass(frozen=True)
class Request:
    """A deep linking request, checked at its launch."""

    deployment: Deployment
    return_url: str
    data: str | None
    multiple: bool
    line_items: bool

    def sealed(self) -> str:
        return signing.dumps(
            [self.deployment.pk, self.return_url, self.data, self.multiple, self.line_items], salt=SALT, compress=True
        )


def read_request(deployment: Deployment, body: claims.Claims) -> Request:
    settings = claims.mapping(body, claims.DEEP_LINKING)
    data = settings.get("data")
    accepts = settings.get("accept_lineitem")
    return Request(
        deployment=deployment,
        return_url=claims.address(settings, "deep_link_return_url", 4000),
        data=data if isinstance(data, str) else None,
        multiple=claims.flag(settings, "accept_multiple"),
        line_items=accepts is None or claims.flag(settings, "accept_lineitem"),
    )


def unsealed(token: str) -> Request:
    """Return the request in a token of ours. Raises LaunchProblem when it is too old or not ours."""
    try:
        pk, return_url, data, multiple, line_items = signing.loads(token, salt=SALT, max_age=LIFETIME_S)
        deployment = Deployment.objects.select_related("platform", "organisation").get(pk=pk, is_active=True)
    except (signing.BadSignature, ValueError, TypeError, Deployment.DoesNotExist):
        raise LaunchProblem("deep_link.expired") from None
    if not deployment.platform.is_active:
        raise LaunchProblem("platform.suspended", "", str(deployment.platform))
    return Request(deployment, return_url, data, multiple, line_items)


def chosen(request: Request, picks: Sequence[str]) -> list[tuple[Target, str, Content]]:
    """Return what was picked, with its title: a whole scenario or course, or a module by itself.

    Picks that are not published content of this organisation raise LaunchProblem: the page never offered them.
    """
    organisation = request.deployment.organisation
    offered = {(content.kind, content.uuid): content for content in ports.search_content(organisation, "")}
    found = []
    for pick in list(dict.fromkeys(picks))[: MOST_ITEMS if request.multiple else 1]:
        target = asked.parse(pick)
        content = offered.get((target.kind, target.uuid))
        titles = {part.id: part.title for part in content.modules} if content else {}
        if content is None or (target.module and target.module not in titles):
            raise LaunchProblem("launch.content_gone", "published content of this organisation", pick)
        found.append((target, titles.get(target.module, content.title), content))
    return found


def answer(request: Request, picks: Sequence[str], *, graded: bool) -> str:
    """Return the signed response with what was picked; nothing picked is a cancelled choice."""
    items = [
        content_item(request, target, title, content, graded=graded)
        for target, title, content in chosen(request, picks)
    ]
    return Answer(request.deployment, request.return_url, request.data).get_response_jwt(items)


def content_item(request: Request, target: Target, title: str, content: Content, *, graded: bool) -> Item:
    """Return one content item. Our own id goes into custom and resourceId: both survive course copies."""
    item = uuid4().hex
    made = Item(title=title[:255], text=content.summary[:1000])
    made.set_custom_params({asked.TARGET: asked.write(target), asked.ITEM: item})
    if graded and request.line_items:
        maximum = product_of(request.deployment.platform).deep_link_maximum
        made.set_lineitem(line_item(title, maximum, item))
    return made


def line_item(title: str, maximum: int, item: str) -> LineItem:
    column = LineItem()
    column.set_label(title[:100]).set_score_maximum(maximum).set_resource_id(item).set_tag(TAG)
    return column
