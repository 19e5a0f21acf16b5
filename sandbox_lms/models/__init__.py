"""The rows of the sandbox, by subject; import them from here."""

from sandbox_lms.models.courses import Course, Enrolment, LineItem, Link
from sandbox_lms.models.grades import Grade, GradeChange, ScorePost
from sandbox_lms.models.launches import DeepLink, Launch
from sandbox_lms.models.platforms import Lms, Person
from sandbox_lms.models.tools import AccessToken, Registration, RegistrationToken, UsedAssertion

__all__ = [
    "AccessToken",
    "Course",
    "DeepLink",
    "Enrolment",
    "Grade",
    "GradeChange",
    "Launch",
    "LineItem",
    "Link",
    "Lms",
    "Person",
    "Registration",
    "RegistrationToken",
    "ScorePost",
    "UsedAssertion",
]
