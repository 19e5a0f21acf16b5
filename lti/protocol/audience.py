"""Checks of a token that need no signature: who sent it, for whom, with what key, at what time. Pure.

Each raises LaunchProblem. They are apart from the launch so that a kept one can be checked again.
"""

from __future__ import annotations

from lti import claims
from lti.claims import Claims
from lti.models import Platform
from lti.problems import LaunchProblem

ALGORITHM = "RS256"
LEEWAY_S = 30


def check_issuer(body: Claims, platform: Platform) -> None:
    if body.get("iss") != platform.issuer:
        raise LaunchProblem("launch.issuer", platform.issuer, body.get("iss", "nothing"))


def check_audience(body: Claims, platform: Platform) -> None:
    """Check audience and authorised party.

    Source: https://openid.net/specs/openid-connect-core-1_0.html (section 3.1.3.7, steps 3 to 5)
    """
    ours, named, party = platform.client_id, body.get("aud"), body.get("azp")
    listed = named if isinstance(named, list) else [named]
    if ours not in listed or not all(isinstance(entry, str) for entry in listed):
        raise LaunchProblem("launch.audience", ours, named)
    if len(listed) > 1 and party is None:
        raise LaunchProblem("launch.audience", f"{ours} alone, or azp", named)
    if party is not None and party != ours:
        raise LaunchProblem("launch.authorised_party", ours, party)


def check_algorithm(header: Claims) -> None:
    if header.get("alg") != ALGORITHM:
        raise LaunchProblem("launch.algorithm", ALGORITHM, header.get("alg", "nothing"))


def check_kid(header: Claims) -> str:
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise LaunchProblem("launch.key_missing", "kid", "nothing")
    return kid


def check_times(body: Claims) -> None:
    for name in ("iat", "exp"):
        if isinstance(body.get(name), bool) or not isinstance(body.get(name), int | float):
            raise LaunchProblem("launch.time_missing", f"{name} as a number", body.get(name, "nothing"))


def check_deployment(body: Claims) -> str:
    deployment_id = body.get(claims.DEPLOYMENT_ID)
    if deployment_id is None or deployment_id == "":
        raise LaunchProblem("launch.deployment_missing", "deployment_id", "nothing")
    return claims.identifier(body, claims.DEPLOYMENT_ID)
