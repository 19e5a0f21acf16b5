"""Trying a platform without a launch: are its keys there, does it give tokens, does its clock agree with ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from foundation.api import OutboundError, client_for_this_site
from lti import key_sets
from lti.models import Context, Platform
from lti.products.base import MEMBERS, SCORE
from lti.services import nrps, tokens
from lti.services.errors import ServiceError

SKEW_BORNE_S = 30


@dataclass(frozen=True)
class Probe:
    """One thing tried."""

    name: str
    ok: bool
    said: str


def probe(platform: Platform) -> Iterator[Probe]:
    """Try everything that needs no launch, in the order in which a launch would need it."""
    yield _keys(platform)
    yield _clock(platform)
    for name, scope in (("token for scores", SCORE), ("token for the roster", MEMBERS)):
        yield _token(platform, name, scope)
    context = Context.objects.filter(deployment__platform=platform).exclude(memberships_url="").first()
    if context is not None:
        yield _roster(platform, context)


def _keys(platform: Platform) -> Probe:
    try:
        found = key_sets.fetch(platform.jwks_url)
    except (OutboundError, ValueError) as error:
        return Probe("key set", False, str(error))
    return Probe("key set", True, f"{len(found['keys'])} usable keys")


def _clock(platform: Platform) -> Probe:
    try:
        answer = client_for_this_site().get(platform.jwks_url)
        there = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (OutboundError, ValueError, TypeError):
        return Probe("clock", True, "the LMS does not say its time")
    skew = abs((datetime.now(UTC) - there).total_seconds())
    return Probe("clock", skew <= SKEW_BORNE_S, f"differs by {skew:.0f} s")


def _token(platform: Platform, name: str, scope: str) -> Probe:
    try:
        tokens.access_token(platform, (scope,))
    except (ServiceError, OutboundError) as error:
        return Probe(name, False, str(error))
    return Probe(name, True, "given")


def _roster(platform: Platform, context: Context) -> Probe:
    try:
        count = sum(1 for _ in nrps.read_members(platform, context.memberships_url))
    except (ServiceError, OutboundError) as error:
        return Probe("roster", False, str(error))
    return Probe("roster", True, f"{count} people in {context}")
