"""The 1EdTech LTI Advantage certification tests for tools, by their own names, over real HTTP.

C1 to C12 are the known bad payloads, C13 to C22 the valid launches, each as instructor and as student, C23 deep
linking. C24 and C25 (roster and grade services, driven without a page) are in tests/lti/test_preflight.py.
"""

import time

import jwt
import pytest

from learning.api import Learner, Participation
from lti import claims as names
from lti.models import Context, LaunchRecord, ToolKey
from tests.lti.conftest import SCENARIO
from tests.lti.signing_platform import GONE, LEARNER, TEACHER, post_launch
from tests.lti.test_deep_linking import begin, field

LIS = "http://purl.imsglobal.org/vocab/lis/v2/"
ROLES = pytest.mark.parametrize("role", [LEARNER, TEACHER], ids=["student", "instructor"])
MISSING = dict.fromkeys(("aud", "iss", "sub", "deployment_id", "roles"), GONE)

BAD_PAYLOADS = {
    "C3 Wrong LTI Version": ({"version": "11.3"}, "launch.version"),
    "C4 No LTI Version": ({"version": GONE}, "launch.version"),
    "C6 Missing LTI Claims": (MISSING, "launch.issuer"),
    "C7 Timestamps Incorrect": ({"iat": 11111, "exp": 22222}, "launch.expired"),
    "C8 messsage_type Claim Missing": ({"message_type": GONE}, "launch.message_type"),
    "C9 role Claim Missing": ({"roles": GONE}, "launch.claim"),
    "C10 deployment_id Claim Missing": ({"deployment_id": GONE}, "launch.deployment_missing"),
    "C11 resource_link_id Claim Missing": ({"resource_link": {"title": "no id"}}, "launch.claim"),
    "C11 resource_link_id Claim Missing, no claim": ({"resource_link": GONE}, "launch.claim"),
    "C11 resource_link_id Claim Missing, null": ({"resource_link": None}, "launch.claim"),
    "C12 user Claim Missing": ({"sub": GONE}, "launch.user_missing"),
}


def assert_refused_readably(response, code):
    page = response.content.decode()
    assert response.status_code == 400
    assert (LaunchRecord.objects.get().code, code in page) == (code, True)
    assert "<h1>" in page and 'class="fix"' in page
    assert Participation.objects.count() == Learner.objects.count() == 0


def test_c1_no_kid_sent_in_jwt_header(lms, visitor):
    asked = lms.begin(visitor)
    token = lms.sign(lms.claims(asked["nonce"]), kid=GONE)
    assert_refused_readably(post_launch(visitor, token, asked["state"]), "launch.key_missing")


def test_c2_incorrect_kid_in_jwt_header(lms, visitor, web):
    assert lms.launch(visitor).status_code == 303
    type(lms.row).objects.update(key_set_tried_at=None)
    LaunchRecord.objects.all().delete()
    asked = lms.begin(visitor)
    token = lms.sign(lms.claims(asked["nonce"]), kid="imstester_66067")
    response = post_launch(visitor, token, asked["state"])
    assert (response.status_code, LaunchRecord.objects.get().code) == (400, "launch.key_unknown")
    assert len(web.made("GET", lms.row.jwks_url)) == 2  # one for the first launch, one more for the unknown name


@pytest.mark.parametrize("case", BAD_PAYLOADS)
def test_known_bad_payload(lms, visitor, case):
    changes, code = BAD_PAYLOADS[case]
    assert_refused_readably(lms.launch(visitor, **changes), code)


def test_c5_invalid_lti_message(lms, visitor):
    token = lms.sign({"name": "badltilaunch"})
    assert_refused_readably(lms.launch(visitor, token=token), "launch.issuer")


@ROLES
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="C13 Valid Launch"),
        pytest.param({"more": [LIS + "institution/person#Student"]}, id="C14 Multiple Role Values"),
        pytest.param({"short": True}, id="C15 Short Role Value"),
        pytest.param({"more": [LIS + "unknown/unknown#Helper"]}, id="C16 Unknown Role"),
        pytest.param({"roles": []}, id="C17 No Role"),
        pytest.param({"roles": [""]}, id="C17 No Role, an empty one"),
        pytest.param({"email": "someone@example.org"}, id="C18 Only Email"),
        pytest.param({"name": "Ada L", "given_name": "Ada", "family_name": "L"}, id="C19 Only Names"),
        pytest.param({"context": {"id": "course-1"}}, id="C20 No PII"),
        pytest.param({"email": "someone@example.org", "context": GONE}, id="C21 With Email No Context"),
    ],
)
def test_valid_launch(lms, visitor, role, changes):
    changes = dict(changes)
    roles = changes.pop("roles", [role.rpartition("#")[2] if changes.pop("short", False) else role])
    response = lms.launch(visitor, roles=[*roles, *changes.pop("more", [])], **changes)
    assert response.status_code == 303
    assert ("/coach/" in response["Location"]) == any("Instructor" in each for each in roles)
    assert LaunchRecord.objects.get().code == "ok"


def test_c16_unknown_role_alone_comes_in_as_a_learner(lms, visitor):
    response = lms.launch(visitor, roles=[LIS + "unknown/unknown#Helper"])
    assert "/play/" in response["Location"]


def test_c22_student_only_resource_link(lms, visitor):
    response = lms.launch(visitor, context=GONE, resource_link={"id": "only-this"})
    assert (response.status_code, Context.objects.get().context_id) == (303, "")


def test_c23_deep_linking_response(lms, visitor):
    """Response received, is LtiDeepLinkingResponse, timestamps, signing, required claims, values, and the launch."""
    now = int(time.time())
    page = begin(lms, visitor, {"data": "csrftoken:c7fbba78"})
    posted = {"request": field(page, "request"), "pick": f"scenario:{SCENARIO}", "graded": "1"}
    answer = visitor.post("/lti/deep-link/answer/", posted)
    token = field(answer, "JWT")
    header, key = jwt.get_unverified_header(token), ToolKey.objects.get()
    body = jwt.decode(token, jwt.PyJWK(key.public_jwk).key, algorithms=["RS256"], audience=lms.row.issuer)
    assert (header["alg"], header["kid"]) == ("RS256", key.kid)
    assert now - 10 <= body["iat"] <= now + 5 < body["exp"] <= now + 3700
    assert (body["iss"], body[names.MESSAGE_TYPE]) == ("client-lms", "LtiDeepLinkingResponse")
    assert (body[names.VERSION], body[names.DEPLOYMENT_ID]) == ("1.3.0", "1")
    assert body[names.DEEP_LINKING_DATA] == "csrftoken:c7fbba78"
    [item] = body[names.DEEP_LINKING_ITEMS]
    launched = lms.launch(visitor, resource_link={"id": "made"}, custom=item["custom"], target=item["url"])
    assert launched.status_code == 303
