"""What the roles of a launch let somebody be here. Pure; asked anew at each launch, kept nowhere.

Roles in the course decide where there are any; those of the institution or the system count only where the
platform sends no other (Open edX before 11 names a learner `institution/person#Student` alone).
Source: https://www.imsglobal.org/spec/lti/v1p3 (appendix A.2)
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

LIS = "http://purl.imsglobal.org/vocab/lis/v2/"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
TEACHING = {"Instructor", "TeachingAssistant", "ContentDeveloper", "Administrator", "Manager", "Officer"}
TEACHING_ELSEWHERE = {"Instructor", "Faculty", "Administrator", "SysAdmin", "Creator", "AccountAdmin"}
WATCHING = {"Mentor"}


class Acting(StrEnum):
    """As whom somebody comes in. A preview is played, never graded."""

    LEARNER = "learner"
    TEACHER = "teacher"
    PREVIEW = "preview"


def acting_as(roles: Iterable[str]) -> Acting:
    """Return what these role URIs, or short names of course roles, amount to. Unknown ones count for nothing."""
    listed = list(roles)
    if TEST_USER in listed:  # Canvas' student view: it refuses this person's grades
        return Acting.PREVIEW
    in_course = {name for role in listed if (name := course_role(role))}
    if in_course & TEACHING:
        return Acting.TEACHER
    if "Learner" in in_course or "Member" in in_course:
        return Acting.LEARNER
    if in_course & WATCHING:
        return Acting.PREVIEW
    if in_course:
        return Acting.LEARNER
    elsewhere = {name for role in listed if (name := person_role(role))}
    return Acting.TEACHER if elsewhere & TEACHING_ELSEWHERE else Acting.LEARNER


def course_role(role: str) -> str:
    """Return the principal role in the course, "" when this is a role elsewhere or an unknown one.

    `membership#Instructor`, `membership/Instructor#PrimaryInstructor` and the short `Instructor` are the same.
    """
    if role.startswith(LIS + "membership/"):
        principal, _, sub_role = role.removeprefix(LIS + "membership/").partition("#")
        # TeachingAssistant stands among the sub-roles of Instructor, with the rights of an assistant.
        return "TeachingAssistant" if sub_role.startswith("TeachingAssistant") else principal
    if role.startswith(LIS + "membership#"):
        return role.removeprefix(LIS + "membership#")
    return role if role in TEACHING | WATCHING | {"Learner", "Member"} else ""


def person_role(role: str) -> str:
    """Return a role in the institution or the system, "" when this is another one."""
    for prefix in ("institution/person#", "system/person#"):
        if role.startswith(LIS + prefix):
            return role.removeprefix(LIS + prefix)
    return ""
