"""Names and Role Provisioning Services: who is in a course, and its groups. Read only when somebody asks for names.

Sources: https://www.imsglobal.org/spec/lti-nrps/v2p0 and https://www.imsglobal.org/spec/lti-gs/v1p0
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foundation.api import Answer, NotJson
from lti.claims import MAX_ID
from lti.models import Platform
from lti.products.base import GROUPS, MEMBERS
from lti.services.calls import linked, pages, with_parameters
from lti.services.errors import ServiceError, Unusable

CONTAINER_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
GROUPS_TYPE = "application/vnd.ims.lti-gs.v1.contextgroupcontainer+json"
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"


@dataclass(frozen=True)
class Member:
    """Somebody of a course, as far as the platform says. Roles may be URIs or short names.

    `is_active` is False for those suspended or, in a list of differences, gone. `groups` are ids of course groups.
    """

    sub: str
    name: str
    roles: tuple[str, ...]
    is_active: bool = True
    groups: tuple[str, ...] = ()


@dataclass
class Reading:
    """What reading a roster leaves behind: where to ask next time for what has changed since, if the platform says."""

    differences_url: str = ""


def read_members(
    platform: Platform,
    url: str,
    reading: Reading | None = None,
    *,
    role: str = "",
    limit: int = 0,
    link_id: str = "",
    groups: bool = False,
) -> Iterator[Member]:
    """Yield everybody, page by page. Raises ServiceError or OutboundError.

    `link_id` asks for those who can open that activity, `groups` for their course groups as well. All of these are
    wishes: a platform may ignore them.
    """
    wishes = {"role": role, "limit": str(limit or ""), "rlid": link_id, "groups": "true" if groups else ""}
    url = with_parameters(url, **{name: value for name, value in wishes.items() if value})
    for answer in pages(platform, url, (MEMBERS,), accept=CONTAINER_TYPE):
        yield from _members(answer)
        if reading is not None:
            reading.differences_url = linked(answer, "differences") or reading.differences_url


def read_groups(platform: Platform, url: str) -> list[dict[str, str]]:
    """Return the groups of a course, each with id and name. Raises ServiceError or OutboundError."""
    found: list[dict[str, str]] = []
    for answer in pages(platform, url, (GROUPS,), accept=GROUPS_TYPE):
        rows = _rows(answer, "groups")
        found += [{"id": key, "name": name_of(row)} for row in rows if (key := _id(row.get("id")))]
    return found


def _rows(answer: Answer, name: str) -> list[dict[str, object]]:
    if not answer.ok:
        raise ServiceError(answer.status, f"The roster answered {answer.status}: {answer.text(200)}")
    try:
        document = answer.json()
    except NotJson as error:
        raise Unusable(answer.status, "The roster is not JSON.") from error
    rows = document.get(name) if isinstance(document, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _members(answer: Answer) -> Iterator[Member]:
    for row in _rows(answer, "members"):
        if sub := _id(row.get("user_id")):
            is_active = str(row.get("status") or "Active").lower() == "active"
            yield Member(sub, name_of(row), _texts(row.get("roles")), is_active, _groups(row))


def _groups(row: dict[str, object]) -> tuple[str, ...]:
    enrolled = row.get("group_enrollments")
    listed = enrolled if isinstance(enrolled, list) else []
    return tuple(key for each in listed if isinstance(each, dict) and (key := _id(each.get("group_id"))))


def _id(value: object) -> str:
    """Return an id as text, "" for one that no launch could name either."""
    text = str(value or "")
    return text if text.isprintable() and len(text) <= MAX_ID else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def name_of(person: dict[str, object]) -> str:
    """Return the name in a member or in claims, "" where the platform keeps it to itself."""
    whole = person.get("name")
    if not isinstance(whole, str) or not whole.strip():
        parts = [person.get("given_name"), person.get("family_name")]
        whole = " ".join(part for part in parts if isinstance(part, str))
    return "".join(letter for letter in whole if letter.isprintable())[:200].strip()
