"""The rows of the protocol, by subject. Nothing outside this app imports them but through `lti.api`."""

from lti.models.grades import Cause, DeliveryOutcome, GradeDelivery, GradeState, GradeTarget, LineItem
from lti.models.keys import KeyState, ToolKey
from lti.models.launches import LaunchRecord, LoginState, Way
from lti.models.people import Context, LtiPerson, ResourceLink, Roster, RosterMember
from lti.models.platforms import Deployment, Platform, PlatformStatus, PlatformToken
from lti.models.upkeep import KeyRotation, PreflightCheck

__all__ = [
    "Cause",
    "Context",
    "DeliveryOutcome",
    "Deployment",
    "GradeDelivery",
    "GradeState",
    "GradeTarget",
    "KeyRotation",
    "KeyState",
    "LaunchRecord",
    "LineItem",
    "LoginState",
    "LtiPerson",
    "Platform",
    "PlatformStatus",
    "PlatformToken",
    "PreflightCheck",
    "ResourceLink",
    "Roster",
    "RosterMember",
    "ToolKey",
    "Way",
]
