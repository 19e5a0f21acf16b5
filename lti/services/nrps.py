"""Names and Role Provisioning Services: who is in a course. Read only when somebody asks for names.

Source: https://www.imsglobal.org/spec/lti-nrps/v2p0
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foundation.api import Answer, NotJson
from lti.models import Platform
from lti.products.base import MEMBERS
from lti.services.calls import call
from lti.services.errors import ServiceError, Unusable

CONTAINER_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
MAX_PAGES = 200
_NEXT = re.compile(r'<([^>]*)>\s*;[^,<]*\brel\s*=\s*"?next"?', re.IGNORECASE)


@dataclass(frozen=True)
class Member:
    """Somebody of a course, as far as the platform says. Roles may be URIs or short names."""

    sub: str
    name: str
    roles: tuple[str, ...]


def read_members(platform: Platform, url: str) -> Iterator[Member]:
    """Yield everybody, page by page. Raises ServiceError or OutboundError."""
    seen: set[str] = set()
    while url and url not in seen and len(seen) < MAX_PAGES:
        seen.add(url)
        answer = call(platform, "GET", url, (MEMBERS,), accept=CONTAINER_TYPE)
        yield from _members(answer)
        url = next_page(answer)


def next_page(answer: Answer) -> str:
    """Return the next page's address as written: Canvas' cursors are case-sensitive."""
    found = _NEXT.search((answer.headers.get("Link") or "").replace("\n", " "))
    return found.group(1) if found else ""


def _members(answer: Answer) -> Iterator[Member]:
    if not answer.ok:
        raise ServiceError(answer.status, f"The roster answered {answer.status}: {answer.text(200)}")
    try:
        document = answer.json()
    except NotJson as error:
        raise Unusable(answer.status, "The roster is not JSON.") from error
    rows = document.get("members") if isinstance(document, dict) else None
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("user_id"):
            roles = row.get("roles")
            listed = tuple(str(role) for role in roles) if isinstance(roles, list) else ()
            yield Member(str(row["user_id"])[:255], name_of(row), listed)


def name_of(person: dict[str, object]) -> str:
    """Return the name in a member or in claims, "" where the platform keeps it to itself."""
    whole = person.get("name")
    if not isinstance(whole, str) or not whole.strip():
        parts = [person.get("given_name"), person.get("family_name")]
        whole = " ".join(part for part in parts if isinstance(part, str))
    return "".join(letter for letter in whole if letter.isprintable())[:200].strip()
