"""The rows of the protocol, by subject. Nothing outside this app imports them but through `lti.api`."""

from lti.models.grades import DeliveryOutcome, GradeDelivery, GradeState, GradeTarget, LineItem
from lti.models.keys import KeyState, ToolKey
from lti.models.launches import LaunchRecord, LoginState, Way
from lti.models.people import Context, LtiPerson, ResourceLink
from lti.models.platforms import Deployment, Platform, PlatformStatus
from lti.models.upkeep import KeyRotation, PreflightCheck

__all__ = [
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
    "PreflightCheck",
    "ResourceLink",
    "ToolKey",
    "Way",
]
