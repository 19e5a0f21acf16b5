"""Checking a kept launch once more, against the settings of today: has what an admin changed helped?

A kept launch has no token, so its signature, its nonce and the browser cannot be tried again; everything that
settings decide can. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lti import claims, key_sets, platforms, ports, redaction
from lti.launching import asked, links
from lti.models import Deployment, LaunchRecord, Platform, ResourceLink
from lti.problems import LaunchProblem, Problem
from lti.products import product_named
from lti.protocol import audience, messages

CLOCK_BORNE_S = 630  # ten minutes, and half a minute for clocks that differ


@dataclass(frozen=True)
class Step:
    """One check. `problem` is None when it passes now; `said` is what it looked at."""

    name: str
    said: str = ""
    problem: Problem | None = None


@dataclass(frozen=True)
class Replay:
    """Every check that was tried, up to the first that fails."""

    steps: tuple[Step, ...]

    @property
    def problem(self) -> Problem | None:
        return self.steps[-1].problem if self.steps else None


def can_replay(record: LaunchRecord) -> bool:
    """Say whether enough was kept: a launch that came as far as a readable token."""
    return record.code != "ok" and bool(record.claims.get("iss") or record.platform_id) and bool(record.claims)


def replay(record: LaunchRecord) -> Replay:
    """Check a kept launch against the settings of today."""
    return Replay(tuple(_steps(record)))


def _steps(record: LaunchRecord) -> Iterator[Step]:
    body = redaction.restored(record.claims)
    found: dict[str, Any] = {}
    checks: list[tuple[str, Callable[[], str]]] = [
        ("registration", lambda: _registration(record, body, found)),
        ("issuer and client id", lambda: _names(body, found["platform"])),
        ("key", lambda: _key(record, found["platform"])),
        ("clocks", lambda: _clocks(record, body)),
        ("message", lambda: _message(body, found["platform"])),
        ("deployment", lambda: _deployment(body, found)),
        ("content", lambda: _content(body, found["deployment"])),
    ]
    for name, check in checks:
        try:
            yield Step(name, check())
        except LaunchProblem as problem:
            platform = found.get("platform")
            yield Step(name, problem=problem.in_words(product_named(platform.product) if platform else None))
            return


def _registration(record: LaunchRecord, body: claims.Claims, found: dict[str, Any]) -> str:
    platform = record.platform
    if platform is None:
        names = body.get("aud")
        client = names[0] if isinstance(names, list) and names else names
        platform = platforms.find_for_login(str(body.get("iss", "")), str(client or ""), "")
    found["platform"] = platform
    platforms.check_active(platform)
    return str(platform)


def _names(body: claims.Claims, platform: Platform) -> str:
    audience.check_issuer(body, platform)
    audience.check_audience(body, platform)
    return f"{platform.issuer}, {platform.client_id}"


def _key(record: LaunchRecord, platform: Platform) -> str:
    audience.check_algorithm(record.header)
    kid = audience.check_kid(record.header)
    key_sets.public_key(platform, kid)
    return kid


def _clocks(record: LaunchRecord, body: claims.Claims) -> str:
    """Compare the launch's times with the moment at which it came."""
    audience.check_times(body)
    at = record.at.timestamp()
    issued, ends = float(body["iat"]), float(body["exp"])
    if issued - at > audience.LEEWAY_S:
        raise LaunchProblem("launch.from_future", "iat of that moment", f"{issued - at:.0f} s later")
    if at - ends > audience.LEEWAY_S or at - issued > CLOCK_BORNE_S:
        raise LaunchProblem("launch.expired", "a launch of that moment", f"{max(at - ends, at - issued):.0f} s old")
    return f"issued {at - issued:.0f} s before it came"


def _message(body: claims.Claims, platform: Platform) -> str:
    messages.check(body, platform)
    return str(body.get(claims.MESSAGE_TYPE))


def _deployment(body: claims.Claims, found: dict[str, Any]) -> str:
    name = audience.check_deployment(body)
    platform: Platform = found["platform"]
    row = platform.deployments.select_related("organisation").filter(deployment_id=name).first()
    if row is None and platforms.takes_new_deployments(platform):
        row = Deployment(platform=platform, organisation=platform.organisation, deployment_id=name)
    if row is None or not row.is_active:
        raise platforms.unknown_deployment(platform, name)
    found["deployment"] = row
    return name


def _content(body: claims.Claims, deployment: Deployment) -> str:
    if body.get(claims.MESSAGE_TYPE) == messages.DEEP_LINKING:
        return "to be chosen"
    wish = asked.read(body)
    link_id = claims.identifier(claims.mapping(body, claims.RESOURCE_LINK), "id", within=claims.RESOURCE_LINK)
    known = ResourceLink.objects.filter(deployment_id=deployment.pk, link_id=link_id).select_related("placement")
    link = known.first() if deployment.pk else None
    if link is not None and links.fits(link, wish):
        return "known from an earlier launch"
    if wish.target is None:
        raise LaunchProblem("launch.content_missing", asked.TARGET, "nothing")
    content = ports.find_content(deployment.organisation, wish.target)
    if content is None:
        raise LaunchProblem("launch.content_gone", "published content of this organisation", asked.write(wish.target))
    return content.title
