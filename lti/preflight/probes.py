"""What is tried: keys, clock, a token for each scope, roster, how launches came back, and the gradebook if wished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.conf import settings

from foundation.api import OutboundError, client_for_this_site
from lti import key_sets
from lti.models import Context, LaunchRecord, LineItem, Platform, Way
from lti.preflight import gradebook
from lti.products.base import LINE_ITEM, LINE_ITEM_READ, MEMBERS, RESULT, SCORE
from lti.protocol.request import is_loopback
from lti.services import nrps, tokens
from lti.services.errors import ServiceError

SKEW_BORNE_S = 30
LAUNCHES_LOOKED_AT = 100
SCOPES = (
    ("token for scores", SCORE),
    ("token for results", RESULT),
    ("token for columns", LINE_ITEM),
    ("token for the roster", MEMBERS),
)


@dataclass(frozen=True)
class Probe:
    """One thing tried. `ok` is None where there was nothing to try it with."""

    name: str
    ok: bool | None
    said: str
    fix: str = ""


def probe(platform: Platform, *, writes: bool = False) -> Iterator[Probe]:
    """Try everything that needs no launch, in the order in which a launch would need it.

    With `writes`, a column of our own is made, renamed, scored, read and deleted in one course.
    """
    yield _keys(platform)
    yield _clock(platform)
    granted = _granted(platform)
    for name, scope in SCOPES:
        yield _token(platform, name, scope, granted)
    yield _roster(platform)
    if writes:
        yield from _gradebook(platform)
    yield _browser()
    yield _ways(platform)


def _keys(platform: Platform) -> Probe:
    fix = "Open the key set URL from this server: it must answer JSON, without redirect or sign-in."
    try:
        found = key_sets.fetch(platform.jwks_url)
    except (OutboundError, ValueError) as error:
        return Probe("key set", False, str(error), fix)
    return Probe("key set", True, f"{len(found['keys'])} usable keys")


def _clock(platform: Platform) -> Probe:
    try:
        answer = client_for_this_site().get(platform.jwks_url)
        there = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (OutboundError, ValueError, TypeError):
        return Probe("clock", None, "the LMS does not say its time")
    skew = abs((datetime.now(UTC) - there).total_seconds())
    return Probe("clock", skew <= SKEW_BORNE_S, f"differs by {skew:.0f} s", "Let both servers set their clocks by NTP.")


def _granted(platform: Platform) -> set[str]:
    """Return the scopes that launches have named; empty where no launch came with a gradebook yet."""
    rows = LineItem.objects.filter(deployment__platform=platform).order_by("-pk").values_list("scopes", flat=True)
    return {scope for scopes in rows[:20] if isinstance(scopes, list) for scope in scopes}


def _token(platform: Platform, name: str, scope: str, granted: set[str]) -> Probe:
    wanted = LINE_ITEM_READ if scope == LINE_ITEM and LINE_ITEM_READ in granted and LINE_ITEM not in granted else scope
    if granted and wanted != MEMBERS and wanted not in granted:
        return Probe(name, None, "not granted to this tool; grades travel without it")
    try:
        tokens.access_token(platform, (wanted,))
    except (ServiceError, OutboundError) as error:
        return Probe(name, False, str(error), "Grant the tool this service in the LMS, and let the LMS reach our keys.")
    return Probe(name, True, "given")


def _roster(platform: Platform) -> Probe:
    context = Context.objects.filter(deployment__platform=platform).exclude(memberships_url="").last()
    if context is None:
        return Probe("roster", None, "no launch has named a roster yet")
    try:
        count = sum(1 for _ in nrps.read_members(platform, context.memberships_url))
    except (ServiceError, OutboundError) as error:
        return Probe(
            "roster", False, str(error), "Grant Names and Role Provisioning in the LMS. Launches work without."
        )
    return Probe("roster", True, f"{count} people in {context}")


def _gradebook(platform: Platform) -> Iterator[Probe]:
    place = gradebook.find_place(platform)
    if place is None:
        yield Probe("gradebook", None, "no learner has launched yet from a course that lets us make columns")
        return
    for step in gradebook.walk(platform, place):
        yield Probe(step.name, step.ok, step.said)


def _browser() -> Probe:
    if settings.PUBLIC_URL.startswith("https://") or is_loopback():
        return Probe("cookies in frames", True, "set as partitioned, secure cookies")
    fix = "Serve this site by https: browsers keep no cookie of an http site inside a frame."
    return Probe("cookies in frames", False, f"{settings.PUBLIC_URL} is not https", fix)


def _ways(platform: Platform) -> Probe:
    """Say by which of the three ways the latest launches came back, and whether some never did."""
    rows = LaunchRecord.objects.filter(platform=platform).order_by("-pk").values_list("code", "way")
    latest = list(rows[:LAUNCHES_LOOKED_AT])
    ways = Counter(way for code, way in latest if code == "ok" and way)
    lost = sum(1 for code, _ in latest if code == "launch.other_browser")
    if not ways and not lost:
        return Probe("ways back from the login", None, "no launch yet")
    said = ", ".join(f"{ways[way]} by {way.label.lower()}" for way in Way if ways[way]) or "none came back"
    fix = "Open activities in a window of their own, as the page for this LMS says."
    return Probe("ways back from the login", lost * 4 <= len(latest), said + (f", {lost} lost" if lost else ""), fix)
