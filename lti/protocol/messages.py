"""What each kind of message must carry. Signature, times and audience are checked before."""

from __future__ import annotations

from lti import addresses, claims
from lti.claims import Claims
from lti.models import Platform
from lti.problems import LaunchProblem

RESOURCE_LINK = "LtiResourceLinkRequest"
DEEP_LINKING = "LtiDeepLinkingRequest"


def check(body: Claims, platform: Platform) -> None:
    """Check the claims of a message. Raises LaunchProblem; unknown types of message get a page of their own."""
    if body.get(claims.VERSION) != "1.3.0":
        raise LaunchProblem("launch.version", "1.3.0", body.get(claims.VERSION, "nothing"))
    kind = body.get(claims.MESSAGE_TYPE)
    if not isinstance(kind, str) or not kind:
        raise LaunchProblem("launch.message_type", RESOURCE_LINK, "nothing")
    if kind not in (RESOURCE_LINK, DEEP_LINKING):
        raise LaunchProblem("launch.message_unsupported", f"{RESOURCE_LINK} or {DEEP_LINKING}", kind)
    _check_person(body, platform)
    claims.texts(body, claims.ROLES)
    if body.get(claims.ROLES) is None:
        raise LaunchProblem("launch.claim", "roles", "nothing")
    claims.mapping(body, claims.CUSTOM)
    claims.mapping(body, claims.PRESENTATION)
    claims.identifier(claims.mapping(body, claims.CONTEXT), "id", within=claims.CONTEXT, required=False)
    if kind == RESOURCE_LINK:
        _check_resource_link(body)
    else:
        _check_deep_linking(body)


def _check_person(body: Claims, platform: Platform) -> None:
    if body.get("sub") in (None, "") and platform.settings.get("without_person") != "allow":
        raise LaunchProblem("launch.user_missing", "sub", "nothing")
    claims.identifier(body, "sub", required=False)


def _check_resource_link(body: Claims) -> None:
    target = body.get(claims.TARGET)
    if not isinstance(target, str) or not addresses.is_ours(target):
        found = addresses.origin(target) if isinstance(target, str) else "nothing"
        raise LaunchProblem("launch.target", addresses.tool_url("/"), found or "no address")
    link = claims.mapping(body, claims.RESOURCE_LINK)
    claims.identifier(link, "id", within=claims.RESOURCE_LINK)


def _check_deep_linking(body: Claims) -> None:
    settings = claims.mapping(body, claims.DEEP_LINKING)
    if not claims.address(settings, "deep_link_return_url", 4000):
        raise LaunchProblem("launch.claim", "deep_link_return_url: a web address", settings.get("deep_link_return_url"))
    if "ltiResourceLink" not in claims.texts(settings, "accept_types"):
        raise LaunchProblem("launch.claim", "accept_types with ltiResourceLink", settings.get("accept_types"))
