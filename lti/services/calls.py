"""One authorised call to a platform's service: admitted host, token, exact media types, one retry after 401."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

import msgspec

from foundation.api import Answer, client_for_this_site
from lti import addresses
from lti.models import Platform
from lti.platforms import product_of
from lti.services import tokens
from lti.services.errors import NotAdmitted, PlatformBusy, retry_after_s

MAX_BYTES = 4 * 1024 * 1024
READ_TIMEOUT_S = 15.0
MAX_PAGES = 200


def call(
    platform: Platform,
    method: str,
    url: str,
    scopes: tuple[str, ...],
    *,
    accept: str,
    body: Any = None,
    content_type: str = "",
) -> Answer:
    """Make one call and return the answer, whatever its status. Raises ServiceError or OutboundError.

    A 401 drops the token and tries once more; a request to slow down raises PlatformBusy.
    Moodle takes one media type in Accept, no list and no `application/json`.
    """
    check_admitted(platform, url)
    answer = _once(platform, method, url, scopes, accept, body, content_type)
    if answer.status == 401:
        answer = _once(platform, method, url, scopes, accept, body, content_type)
    if answer.status == 429 or (answer.status == 403 and "rate limit" in answer.text(500).lower()):
        raise PlatformBusy(answer.status, retry_after_s(answer))
    return answer


def pages(platform: Platform, url: str, scopes: tuple[str, ...], *, accept: str) -> Iterator[Answer]:
    """Yield the answers to a GET, page by page, whatever their status. Raises ServiceError or OutboundError.

    A list that points at itself, or never ends, ends here.
    """
    seen: set[str] = set()
    while url and url not in seen and len(seen) < MAX_PAGES:
        seen.add(url)
        answer = call(platform, "GET", url, scopes, accept=accept)
        yield answer
        following = linked(answer, "next")
        url = urljoin(url, following) if following else ""


def linked(answer: Answer, relation: str) -> str:
    """Return a linked address as written: Canvas' cursors are case-sensitive.

    An address ends at the next bracket of either kind, so that a header of brackets alone is read in one pass.
    """
    pattern = rf'<([^<>]*)>\s*;[^,<]*\brel\s*=\s*"?{re.escape(relation)}\b"?'
    found = re.search(pattern, (answer.headers.get("Link") or "").replace("\n", " "), re.IGNORECASE)
    return found.group(1) if found else ""


def check_admitted(platform: Platform, url: str) -> None:
    """Raise NotAdmitted for an address that this registration does not vouch for: no token goes there."""
    if not admits(platform, url):
        raise NotAdmitted(
            None,
            f"{addresses.origin(url) or 'An address that is none'} is not a host of {platform}. If it is, add it "
            "to the platform's hosts under LMS connections.",
        )


def admits(platform: Platform, url: str) -> bool:
    """Say whether a service address may be called with this platform's tokens.

    Its own hosts may, those an LMS admin added, and those that belong to the product (all of Canvas' schools).
    """
    found = addresses.origin(url)
    if not found:
        return False
    if found in addresses.registered_origins(platform):
        return True
    parts = urlsplit(url)
    suffixes = product_of(platform).host_suffixes
    return parts.scheme == "https" and any((parts.hostname or "").endswith(suffix) for suffix in suffixes)


def under(url: str, ending: str) -> str:
    """Add a path ending before the query: Moodle's line items are `…/lineitem?type_id=2`."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + ending, fragment=""))


def with_parameters(url: str, **parameters: str) -> str:
    """Add query parameters, percent-encoded: Open edX ids hold `+` and `@`."""
    parts = urlsplit(url)
    pairs = [*parse_qsl(parts.query, keep_blank_values=True), *parameters.items()]
    return urlunsplit(parts._replace(query=urlencode(pairs, quote_via=quote), fragment=""))


def _once(
    platform: Platform, method: str, url: str, scopes: tuple[str, ...], accept: str, body: Any, content_type: str
) -> Answer:
    token = tokens.access_token(platform, scopes)
    headers = {"Authorization": f"Bearer {token}", "Accept": accept}
    data = None
    if body is not None:
        data = msgspec.json.encode(body)
        headers["Content-Type"] = content_type
    answer = client_for_this_site().request(
        method, url, headers=headers, body=data, max_bytes=MAX_BYTES, read_timeout_s=READ_TIMEOUT_S
    )
    if answer.status == 401:
        tokens.forget(platform, scopes, token)
    return answer
