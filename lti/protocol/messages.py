"""What each kind of message must carry. Signature, times and audience are checked before."""

from __future__ import annotations

from lti import addresses, claims
from lti.claims import Claims
from lti.models import Platform
from lti.problems import LaunchProblem

RESOURCE_LINK = "LtiResourceLinkRequest"
DEEP_LINKING = "LtiDeepLinkingRequest"
SUBMISSION_REVIEW = "LtiSubmissionReviewRequest"
TAKEN = (RESOURCE_LINK, DEEP_LINKING, SUBMISSION_REVIEW)
# What others are about, for the page that says why nothing opens.
ELSEWHERE = {
    "LtiEulaRequest": "accepting terms of use",
    "LtiAssetProcessorSettingsRequest": "checking what learners hand in",
    "LtiReportReviewRequest": "a report on what a learner handed in",
    "LtiStartProctoring": "beginning a proctored test",
    "LtiStartAssessment": "a proctored test",
    "LtiEndAssessment": "ending a proctored test",
    "LtiDataPrivacyLaunchRequest": "looking after a person's data",
    "LtiContextLaunchRequest": "opening the tool from a course's menu, without an activity",
    "LtiContentItemUpdateRequest": "changing chosen content",
}


def check(body: Claims, platform: Platform) -> None:
    """Check the claims of a message. Raises LaunchProblem; unknown types of message get a page of their own."""
    if body.get(claims.VERSION) != "1.3.0":
        raise LaunchProblem("launch.version", "1.3.0", body.get(claims.VERSION, "nothing"))
    kind = body.get(claims.MESSAGE_TYPE)
    if not isinstance(kind, str) or not kind:
        raise LaunchProblem("launch.message_type", RESOURCE_LINK, "nothing")
    if kind not in TAKEN:
        about = ELSEWHERE.get(kind)
        raise LaunchProblem("launch.message_unsupported", ", ".join(TAKEN), f"{kind} ({about})" if about else kind)
    _check_person(body, platform)
    claims.texts(body, claims.ROLES)
    if body.get(claims.ROLES) is None:
        raise LaunchProblem("launch.claim", "roles", "nothing")
    claims.mapping(body, claims.CUSTOM)
    claims.mapping(body, claims.PRESENTATION)
    claims.identifier(claims.mapping(body, claims.CONTEXT), "id", within=claims.CONTEXT, required=False)
    if kind == DEEP_LINKING:
        _check_deep_linking(body)
        return
    _check_resource_link(body)
    if kind == SUBMISSION_REVIEW:
        claims.identifier(claims.mapping(body, claims.FOR_USER), "user_id", within=claims.FOR_USER)


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
