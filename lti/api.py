"""The only door of lti: what config and its commands may import."""

from lti.grades.outbox import resend
from lti.grades.verifying import Difference, verify
from lti.models import Deployment, GradeDelivery, GradeState, GradeTarget, LaunchRecord, Platform, PlatformStatus
from lti.platforms import PlatformRefused, add_platform, approve_platform, suspend_platform
from lti.preflight import Probe, probe
from lti.registration import register

__all__ = [
    "Deployment",
    "Difference",
    "GradeDelivery",
    "GradeState",
    "GradeTarget",
    "LaunchRecord",
    "Platform",
    "PlatformRefused",
    "PlatformStatus",
    "Probe",
    "add_platform",
    "approve_platform",
    "probe",
    "register",
    "resend",
    "suspend_platform",
    "verify",
]
