"""Who may do what: course roles decide, others only where there are none."""

import pytest

from lti.roles import Acting, acting_as

LIS = "http://purl.imsglobal.org/vocab/lis/v2/"
COURSE, INSTITUTION, SYSTEM = LIS + "membership#", LIS + "institution/person#", LIS + "system/person#"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([COURSE + "Learner"], Acting.LEARNER),
        ([COURSE + "Instructor"], Acting.TEACHER),
        ([LIS + "membership/Instructor#PrimaryInstructor"], Acting.TEACHER),
        ([LIS + "membership/Instructor#TeachingAssistant"], Acting.TEACHER),
        ([COURSE + "TeachingAssistant"], Acting.TEACHER),
        ([COURSE + "ContentDeveloper"], Acting.TEACHER),
        ([COURSE + "Mentor"], Acting.PREVIEW),
        (["Instructor"], Acting.TEACHER),
        (["Learner"], Acting.LEARNER),
        ([COURSE + "Instructor", INSTITUTION + "Student"], Acting.TEACHER),
        ([COURSE + "Learner", INSTITUTION + "Instructor"], Acting.LEARNER),
        ([COURSE + "Learner", SYSTEM + "Administrator"], Acting.LEARNER),
        ([INSTITUTION + "Student"], Acting.LEARNER),  # Open edX 9.14 sends a learner nothing else
        ([INSTITUTION + "Instructor"], Acting.TEACHER),
        ([INSTITUTION + "Administrator", SYSTEM + "User"], Acting.TEACHER),
        ([COURSE + "Learner", INSTITUTION + "None", SYSTEM + "None"], Acting.LEARNER),
        ([COURSE + "Learner", TEST_USER], Acting.PREVIEW),
        ([], Acting.LEARNER),
        (["nonsense", LIS + "unknown/unknown#Helper"], Acting.LEARNER),
        (["administrator", LIS + "membership#"], Acting.LEARNER),
    ],
)
def test_roles_amount_to(roles, expected):
    assert acting_as(roles) is expected
