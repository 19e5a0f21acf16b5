"""What every service call shares: the bearer token, the scope, the media type, the way to refuse."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from sandbox_lms import faults, personalities
from sandbox_lms.lookup import find_lms
from sandbox_lms.models import AccessToken, Course, LineItem, Link, Lms, Person, Registration
from sandbox_lms.personalities import Personality, Refusal


class CallRefused(Exception):
    """The service call is refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason or refusal.body)
        self.refusal = refusal


@dataclass
class Call:
    """One authorised service call."""

    request: HttpRequest
    lms: Lms
    personality: Personality
    registration: Registration
    scopes: Sequence[str]

    def refuse(self, status: int, message: str) -> CallRefused:
        return CallRefused(self.personality.service_error(status, message))

    def need(self, *scopes: str) -> None:
        """Refuse the call unless its token has one of `scopes`."""
        if not set(scopes) & set(self.scopes):
            raise self.refuse(self.personality.missing_scope_status, "Insufficient permissions")

    def expect(self, media_type: str) -> None:
        """Refuse the call unless its headers fit a resource of `media_type`."""
        headers = self.request.headers
        refusal = self.personality.refuse_media_type(
            self.request.method or "GET",
            headers.get("Accept", ""),
            headers.get("Content-Type", ""),
            media_type,
        )
        if refusal is not None:
            raise CallRefused(refusal)

    def find_course(self, pk: int) -> Course:
        course = Course.objects.filter(lms=self.lms, pk=pk).first()
        if course is None:
            raise self.refuse(404, "Not Found: Course does not exist.")
        return course

    def find_block(self, pk: int) -> Link:
        """Open edX: return the configuration of the address; a token of another tool counts as no token."""
        link = Link.objects.filter(course__lms=self.lms, pk=pk, registration=self.registration).first()
        if link is None:
            raise self.refuse(self.personality.bad_token_status, "LTI configuration not found.")
        return link

    def find_person(self, user_id: str) -> Person | None:
        """Return whom a userId of this LMS means."""
        query = self.personality.person_filter(user_id)
        return Person.objects.filter(lms=self.lms, **query).first() if query else None

    def find_item(self, pk: int) -> LineItem:
        """Return the line item of the address; another tool's is refused as the LMS does."""
        item = LineItem.objects.select_related("course__lms", "link").filter(pk=pk, course__lms=self.lms).first()
        if item is None:
            raise self.refuse(404, "Not Found: Grade item does not exist.")
        if item.registration_id != self.registration.pk:
            # A token of tool 2 on tool 1's line item: 401 (SOURCES.md M5).
            raise self.refuse(self.personality.bad_token_status, "The token belongs to another tool.")
        return item


Service = Callable[..., HttpResponse]


def service(endpoint: str) -> Callable[[Service], Service]:
    """Make a view of a function of `Call`; faults named `endpoint` strike before it, except on scores."""

    def decorate(handle: Service) -> Service:
        @csrf_exempt
        @wraps(handle)
        def view(request: HttpRequest, lms_key: str, **parts: int | str) -> HttpResponse:
            lms = find_lms(lms_key)
            # Scores look after their own faults: each post is logged with what became of it.
            if endpoint != "scores" and (fault := faults.strike(lms, endpoint)) is not None:
                return faults.answer(fault, request)
            try:
                return handle(_authorise(request, lms), **parts)
            except CallRefused as refused:
                return respond(refused.refusal)

        return view

    return decorate


def respond(refusal: Refusal) -> HttpResponse:
    """Return the HTTP answer of a refusal, its text in the reason phrase where the LMS does so."""
    return HttpResponse(
        refusal.body,
        status=refusal.status,
        content_type=refusal.content_type,
        reason=safe_reason(refusal.reason),
    )


def safe_reason(reason: str | None) -> str | None:
    """Return `reason` as it may stand in a status line."""
    return reason.encode("ascii", "replace").decode()[:400] if reason else None


def _authorise(request: HttpRequest, lms: Lms) -> Call:
    personality = personalities.of(lms)
    if personality.key == "canvas" and not request.headers.get("User-Agent"):
        # Mandatory since 2026 (CeLTIc LTI-PHP#99, #101).
        raise CallRefused(personality.service_error(403, "A User-Agent header is required."))
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    token = AccessToken.objects.select_related("registration").filter(
        token=given.strip(), registration__lms=lms, expires__gt=lms.now()
    ).first()  # fmt: skip
    if scheme.lower() != "bearer" or token is None or not token.registration.is_active:
        raise CallRefused(personality.service_error(personality.bad_token_status, "Invalid access token"))
    return Call(request, lms, personality, token.registration, token.scopes)


@dataclass(frozen=True)
class Page:
    """A slice of a list: first row, length, and the query of the next page, None at the end."""

    start: int
    stop: int
    next_query: str | None


def read_page(request: HttpRequest, total: int, default: int | None) -> Page:
    """Return the slice that `limit` and `page` ask for; without `limit`, `default` rows (None: all)."""
    limit = _positive(request.GET.get("limit")) or default or max(total, 1)
    number = _positive(request.GET.get("page")) or 1
    start = (number - 1) * limit
    more = number < math.ceil(total / limit)
    query = {**request.GET.dict(), "limit": limit, "page": number + 1}
    return Page(start, start + limit, urlencode(query) if more else None)


def _positive(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and int(text) > 0 else None


def own_url(call: Call) -> str:
    """Return the public address of this request's path; behind a proxy the request cannot tell."""
    issuer = urlsplit(call.lms.issuer)
    return f"{issuer.scheme}://{issuer.netloc}{call.request.path}"
