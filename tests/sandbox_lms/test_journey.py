"""The whole way in every personality: register, activate, deep link, launch, token, score, gradebook."""

import json

import pytest

from sandbox_lms import scopes
from tests.sandbox_lms.mini_tool import insert

PERSONALITIES = ["moodle", "canvas", "openedx", "brightspace", "sakai"]
ITEM = {
    "type": "ltiResourceLink",
    "title": "The late parcel",
    "custom": {"scenario": "parcel", "who": "$User.username"},
    "lineItem": {"scoreMaximum": 50, "resourceId": "parcel", "tag": "practice"},
}


@pytest.mark.parametrize("personality", PERSONALITIES)
def test_a_score_travels_from_registration_to_gradebook(personality, connect, tool, sandbox):
    lms, registration = connect(personality)
    course = lms.course

    tool.items = [ITEM]
    chosen = lms.start_deep_link("teacher", course, registration["id"])
    arrival = sandbox.follow(chosen)
    assert arrival.status == 200, arrival.body
    assert lms.deep_link(chosen["id"])["state"] == "saved"
    (link,) = lms.links(course)
    (column,) = link["line_items"]
    assert (link["title"], column["maximum"]) == ("The late parcel", 50 if personality != "openedx" else 1)

    arrival = sandbox.follow(lms.start_launch("amara", link["id"]))
    assert arrival.status == 200, arrival.body
    claims = tool.launches[-1]
    assert claims["iss"] == lms.issuer
    assert claims[scopes.CLAIM + "deployment_id"] == registration["deployment_id"]
    assert claims[scopes.CLAIM + "custom"]["scenario"] == "parcel"
    assert claims[scopes.CLAIM + "custom"]["who"] == "amara"
    endpoint = claims[scopes.AGS_ENDPOINT]
    assert endpoint["lineitem"] == column["url"]

    token = tool.token(lms.issuer, scopes.SCORE, scopes.RESULT_READ)
    answer = tool.post_score(endpoint["lineitem"], token, userId=claims["sub"], comment="Well heard.")
    assert answer.status == (201 if personality == "openedx" else 200), answer.data
    grade = lms.grade(course, column["id"], "amara")
    assert grade is not None
    assert grade["shown"] == pytest.approx(0.8 * column["maximum"])
    assert grade["comment"] == "Well heard."

    back = tool.call("GET", insert(endpoint["lineitem"], "/results"), token, scopes.RESULTS_TYPE)
    (result,) = json.loads(back.data)
    assert result["userId"] == claims["sub"]
    assert result["resultScore"] / result["resultMaximum"] == pytest.approx(0.8)
    (post,) = lms.score_posts()
    assert (post["status"], post["applied"], post["fault"]) == (answer.status, True, "")


@pytest.mark.parametrize("personality", PERSONALITIES)
def test_roles_follow_who_is_launched(personality, connect, tool, sandbox):
    lms, registration = connect(personality)
    link = lms.add_link(lms.course, registration["id"], ITEM)
    found = {}
    for person in ("amara", "teacher", "admin"):
        assert sandbox.follow(lms.start_launch(person, link["id"])).status == 200
        found[person] = {role.rsplit("#")[-1] for role in tool.launches[-1][scopes.CLAIM + "roles"]}
    assert "Learner" in found["amara"] and "Instructor" not in found["amara"]
    assert "Instructor" in found["teacher"] and "Learner" not in found["teacher"]
    assert {"Instructor", "Administrator"} <= found["admin"]


@pytest.mark.parametrize("personality", PERSONALITIES)
def test_a_copied_course_keeps_the_tools_names_and_nothing_else(personality, connect, tool, sandbox):
    lms, registration = connect(personality)
    link = lms.add_link(lms.course, registration["id"], ITEM)
    copy = lms.copy_course(lms.course)
    (copied,) = lms.links(copy["id"])
    assert copied["custom"] == link["custom"]
    assert copied["resource_link_id"] != link["resource_link_id"]
    assert copied["history"] == [link["resource_link_id"]]
    old, new = link["line_items"][0], copied["line_items"][0]
    assert (new["resource_id"], new["tag"]) == (old["resource_id"], old["tag"])
    assert new["url"] != old["url"]


@pytest.mark.parametrize("personality", PERSONALITIES)
def test_the_roster_is_paged_and_complete(personality, connect, tool):
    lms, registration = connect(personality)
    link = lms.add_link(lms.course, registration["id"], ITEM)
    lms.enrol(lms.course, "rafael", suspended=True)
    token = tool.token(lms.issuer, scopes.MEMBERSHIP_READ)
    paths = {
        "moodle": f"/mod/lti/services.php/CourseSection/{lms.course}/bindings/{registration['id']}/memberships",
        "canvas": f"/api/lti/courses/{lms.course}/names_and_roles",
        "openedx": f"/api/lti_consumer/v1/lti/{link['id']}/memberships",
        "brightspace": f"/d2l/api/lti/nrps/2.0/deployment/{registration['id']}/orgunits/{lms.course}/memberships",
        "sakai": f"/imsblis/lti13/namesandroles/{registration['id']}/{lms.course}",
    }
    url, found = f"{lms.issuer}{paths[personality]}?limit=2", []
    while url:
        answer = tool.call("GET", url, token, scopes.MEMBERS_TYPE)
        assert answer.status == 200, answer.data
        found += json.loads(answer.data)["members"]
        url = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert [member["name"] for member in found] == [
        "Dana Whitfield", "Amara Okoye", "Jonas Lindqvist", "Mei Tanaka",
    ]  # fmt: skip
    expected = "Learner" if personality == "moodle" else "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
    assert expected in found[1]["roles"]


def test_a_review_of_a_submission_names_the_learner(connect, tool, sandbox):
    lms, registration = connect("moodle")
    review = {"url": f"{tool.url}/launch?review=1", "custom": {"view": "review"}}
    item = {**ITEM, "lineItem": {"scoreMaximum": 10, "submissionReview": review}}
    link = lms.add_link(lms.course, registration["id"], item)
    assert sandbox.follow(lms.start_launch("teacher", link["id"], for_user="mei")).status == 200
    claims = tool.launches[-1]
    assert claims[scopes.CLAIM + "message_type"] == scopes.SUBMISSION_REVIEW
    assert claims[scopes.CLAIM + "for_user"] == {"user_id": lms.user_id("mei")}
    assert claims[scopes.CLAIM + "target_link_uri"] == review["url"]
    assert claims[scopes.CLAIM + "custom"]["view"] == "review"
