"""Deep linking: what a teacher chose, as content items; and the signed token that carries the request between pages.

No cookie and no session: inside the LMS's frame neither is sure to come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
USUAL_POINTS = 100
MOST_POINTS = 10_000


@dataclass(frozen=True)
class Request:
    """A deep linking request, checked at its launch.

    `item` and `target` are of the link that is being changed, where the LMS sends what it holds already.
    """

    deployment: Deployment
    return_url: str
    data: str | None
    multiple: bool
    line_items: bool
    frames: bool = True
    windows: bool = False
    item: str = ""
    target: str = ""
    locale: str = ""

    def sealed(self) -> str:
        return signing.dumps(
            [
                self.deployment.pk,
                self.return_url,
                self.data,
                self.multiple,
                self.line_items,
                self.frames,
                self.windows,
                self.item,
                self.target,
                self.locale,
            ],
            salt=SALT,
            compress=True,
        )

    @property
    def most_points(self) -> int:
        return product_of(self.deployment.platform).most_points or MOST_POINTS


@dataclass(frozen=True)
class Pick:
    """One thing chosen, as the activity that it becomes. `points` is None where no column is wanted."""

    target: Target
    title: str
    content: Content
    points: int | None = USUAL_POINTS

    @property
    def value(self) -> str:
        return asked.write(self.target)


def read_request(deployment: Deployment, body: claims.Claims) -> Request:
    settings = claims.mapping(body, claims.DEEP_LINKING)
    data, accepts = settings.get("data"), settings.get("accept_lineitem")
    targets = settings.get("accept_presentation_document_targets")
    held = _held(body)
    return Request(
        deployment=deployment,
        return_url=claims.address(settings, "deep_link_return_url", 4000),
        data=data if isinstance(data, str) else None,
        multiple=claims.flag(settings, "accept_multiple"),
        line_items=accepts is None or claims.flag(settings, "accept_lineitem"),
        frames=not isinstance(targets, list) or "iframe" in targets,
        windows=isinstance(targets, list) and "window" in targets,
        item=held.item if held.target else "",
        target=asked.write(held.target) if held.target else "",
        locale=claims.locale(body),
    )


def _held(body: claims.Claims) -> asked.Asked:
    """Return what the link that is being changed holds; a new one holds nothing."""
    try:
        return asked.read(body)
    except LaunchProblem:
        return asked.Asked(None)


def unsealed(token: str) -> Request:
    """Return the request in a token of ours. Raises LaunchProblem when it is too old or not ours."""
    try:
        pk, *rest = signing.loads(token, salt=SALT, max_age=LIFETIME_S)
        deployment = Deployment.objects.select_related("platform", "organisation").get(pk=pk, is_active=True)
        request = Request(deployment, *rest)
    except (signing.BadSignature, ValueError, TypeError, Deployment.DoesNotExist):
        raise LaunchProblem("deep_link.expired") from None
    if not deployment.platform.is_active:
        raise LaunchProblem("platform.suspended", "", str(deployment.platform))
    return request


def chosen(request: Request, picks: Sequence[str]) -> list[Pick]:
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
        found.append(Pick(target, titles.get(target.module, content.title), content))
    return found


def with_wishes(request: Request, picks: Sequence[Pick], posted: Mapping[str, str], *, graded: bool) -> list[Pick]:
    """Return the picks with the titles and points of the form; what is not in it stays as usual."""
    found = []
    for pick in picks:
        title = "".join(letter for letter in posted.get(f"title:{pick.value}", "") if letter.isprintable()).strip()
        is_graded = graded if f"points:{pick.value}" not in posted else posted.get(f"graded:{pick.value}") == "1"
        points = _points(posted.get(f"points:{pick.value}", ""), request.most_points) if is_graded else None
        found.append(Pick(pick.target, title[:255] or pick.title, pick.content, points))
    return found


def _points(text: str, most: int) -> int:
    """Return whole points within what the LMS takes; anything unreadable is the usual number."""
    written = text.strip()
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else USUAL_POINTS
    return max(1, min(number, most))


def answer(request: Request, picks: Sequence[Pick], *, message: str = "", error: str = "") -> str:
    """Return the signed response with what was picked; nothing picked is a cancelled choice."""
    # The link that is being changed keeps its id: its column and what learners did hang on it.
    items = [
        content_item(request, pick, request.item if number == 0 and request.item else uuid4().hex)
        for number, pick in enumerate(picks)
    ]
    return Answer(request.deployment, request.return_url, request.data, message, error).get_response_jwt(items)


def content_item(request: Request, pick: Pick, item: str) -> Item:
    """Return one content item. Our own id goes into custom and resourceId: both survive course copies."""
    product = product_of(request.deployment.platform)
    made = Item(
        title=pick.title[: product.longest_title],
        text=pick.content.summary[:1000],
        in_frame=request.frames,
        in_window=request.windows,
    )
    made.set_custom_params({asked.TARGET: pick.value, asked.ITEM: item, **product.end_dates})
    if pick.points is not None and request.line_items:
        column = LineItem()
        column.set_label(pick.title[: product.longest_label]).set_score_maximum(pick.points)
        column.set_resource_id(item).set_tag(TAG)
        made.set_lineitem(column)
        made.reviews = product.reviews
    return made
