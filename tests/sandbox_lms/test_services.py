"""Line items, results and score addresses over HTTP: the manners of each platform."""

import json

import pytest

from sandbox_lms import scopes
from tests.sandbox_lms.mini_tool import POOL, insert, stamp

ITEM = {"title": "The late parcel", "lineItem": {"scoreMaximum": 10, "resourceId": "parcel", "tag": "practice"}}


@pytest.fixture
def place(connect, tool, request):
    """An LMS, its link, the link's column, a token for everything, and the line items address."""

    def make(personality, **values):
        lms, registration = connect(personality, **values)
        link = lms.add_link(lms.course, registration["id"], ITEM)
        column = link["line_items"][0] if link["line_items"] else None
        paths = {
            "moodle": f"/mod/lti/services.php/{lms.course}/lineitems?type_id={registration['id']}",
            "canvas": f"/api/lti/courses/{lms.course}/line_items",
            "openedx": f"/api/lti_consumer/v1/lti/{link['id']}/lti-ags",
        }
        return lms, link, column, tool.token(lms.issuer), lms.issuer + paths.get(personality, "")

    return make


def test_moodle_wants_the_one_media_type(place, tool):
    lms, _, column, token, items = place("moodle")
    assert tool.call("GET", items, token, scopes.LINE_ITEMS_TYPE).status == 200
    assert tool.call("GET", items, token, "*/*").status == 200
    for accept in ("application/json", f"{scopes.LINE_ITEMS_TYPE}, application/json"):
        answer = tool.call("GET", items, token, accept)
        assert (answer.status, answer.reason) == (400, "No handler found")
    body = {"userId": lms.user_id("amara"), "scoreGiven": 1, "scoreMaximum": 1, "timestamp": stamp(),
            "activityProgress": "Completed", "gradingProgress": "FullyGraded"}  # fmt: skip
    scores = insert(column["url"], "/scores")
    assert tool.call("POST", scores, token, "application/json", body).status == 400
    assert tool.call("POST", scores, token, f"{scopes.SCORE_TYPE}; charset=utf-8", body).status == 200


def test_moodle_has_no_handler_for_a_path_put_after_the_query(place, tool):
    _, _, column, token, _ = place("moodle")
    answer = tool.call("POST", column["url"] + "/scores", token, scopes.SCORE_TYPE, {})
    assert answer.status in (400, 405)


def test_moodle_puts_its_text_into_the_reason_phrase(place, tool):
    lms, _, column, token, _ = place("moodle")
    answer = tool.post_score(column["url"], token, userId=lms.user_id("teacher"), comment="naïve")
    assert (answer.status, answer.data) == (400, b"[]")
    assert answer.reason.startswith("Incorrect score received{")


def test_moodle_pages_only_when_asked_and_then_breaks_its_link(place, tool):
    _lms, _link, _, token, items = place("moodle")
    body = {"label": "Second", "scoreMaximum": 250.5}
    made = tool.call("POST", items, token, scopes.LINE_ITEM_TYPE, body)
    assert made.status == 201
    assert "Link" not in tool.call("GET", items, token, scopes.LINE_ITEMS_TYPE).headers
    answer = tool.call("GET", items + "&limit=1", token, scopes.LINE_ITEMS_TYPE)
    assert len(json.loads(answer.data)) == 1
    assert "&amp;" in answer.headers["Link"]
    assert 'rel="next"' not in answer.headers["Link"]


def test_canvas_pages_by_itself_with_a_good_link(place, tool):
    _lms, _, _, token, items = place("canvas", options={"page_size": 2})
    for number in range(4):
        body = {"label": f"Column {number}", "scoreMaximum": 1}
        assert tool.call("POST", items, token, scopes.LINE_ITEM_TYPE, body).status == 201
    found, url = [], items
    while url:
        answer = tool.call("GET", url, token, scopes.LINE_ITEMS_TYPE)
        found += [one["label"] for one in json.loads(answer.data)]
        url = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert found == ["The late parcel", "Column 0", "Column 1", "Column 2", "Column 3"]


@pytest.mark.parametrize("query", ["tag=practice", "resource_id=parcel", "resource_link_id={link}"])
def test_line_items_can_be_filtered(place, tool, query):
    _, link, column, token, items = place("canvas")
    tool.call("POST", items, token, scopes.LINE_ITEM_TYPE, {"label": "Other", "scoreMaximum": 1})
    url = f"{items}?{query.format(link=link['resource_link_id'])}"
    (found,) = json.loads(tool.call("GET", url, token, scopes.LINE_ITEMS_TYPE).data)
    assert found["id"] == column["url"]
    assert (found["resourceId"], found["tag"]) == ("parcel", "practice")


@pytest.mark.parametrize("personality, status", [("moodle", 204), ("canvas", 401)])
def test_deleting_a_coupled_line_item(place, tool, personality, status):
    lms, _, column, token, _ = place(personality)
    answer = tool.call("DELETE", column["url"], token, "*/*")
    assert answer.status == status
    assert (len(lms.gradebook(lms.course)["columns"]) == 0) is (status == 204)


def test_a_changed_maximum_rescales_the_grades(place, tool):
    lms, _, column, token, _ = place("moodle")
    tool.post_score(column["url"], token, userId=lms.user_id("amara"))
    body = {"label": "The late parcel", "scoreMaximum": 50}
    assert tool.call("PUT", column["url"], token, scopes.LINE_ITEM_TYPE, body).status == 200
    assert lms.grade(lms.course, column["id"], "amara")["shown"] == 40


def test_two_line_items_on_one_moodle_link_leave_the_claim_without_one(place, tool, sandbox):
    lms, link, _, token, items = place("moodle")
    body = {"label": "Second", "scoreMaximum": 5, "resourceLinkId": link["resource_link_id"]}
    assert tool.call("POST", items, token, scopes.LINE_ITEM_TYPE, body).status == 201
    sandbox.follow(lms.start_launch("amara", link["id"]))
    assert "lineitem" not in tool.launches[-1][scopes.AGS_ENDPOINT]


def test_moodle_refuses_a_foreign_resource_link(place, tool):
    _, _, _, token, items = place("moodle")
    body = {"label": "Second", "scoreMaximum": 5, "resourceLinkId": "999999"}
    assert tool.call("POST", items, token, scopes.LINE_ITEM_TYPE, body).status == 403


@pytest.mark.parametrize(
    "body, status, field",
    [
        ({"label": "x" * 101, "scoreMaximum": 1, "resourceId": "r"}, 400, "label"),
        ({"label": "x", "scoreMaximum": 7.5, "resourceId": "r"}, 400, "scoreMaximum"),
        ({"label": "x", "scoreMaximum": 1, "tag": "t" * 51, "resourceId": "r"}, 400, "tag"),
        ({"label": "x", "scoreMaximum": 1}, 400, "non_field_errors"),
        ({"label": "x" * 100, "scoreMaximum": 10, "tag": "t" * 50, "resourceId": "r"}, 201, "id"),
    ],
)
def test_openedx_checks_line_items(place, tool, body, status, field):
    _, _, _, token, items = place("openedx", options={"ags_mode": "programmatic"})
    answer = tool.call("POST", items, token, scopes.LINE_ITEM_TYPE, body)
    assert answer.status == status
    assert field in json.loads(answer.data)


def test_openedx_publishes_only_scores_of_the_blocks_own_link(place, tool):
    lms, link, _, token, items = place("openedx", options={"ags_mode": "programmatic"})
    user = lms.user_id("amara")
    shown = []
    for link_id in (None, link["resource_link_id"]):
        body = {"label": "x", "scoreMaximum": 10, "resourceId": "r", "resourceLinkId": link_id}
        made = json.loads(tool.call("POST", items, token, scopes.LINE_ITEM_TYPE, body).data)
        assert tool.post_score(made["id"], token, userId=user).status == 201
        shown.append(lms.grade(lms.course, int(made["id"].rsplit("/", 1)[1]), "amara")["shown"])
    assert shown == [None, 8]


def test_openedx_does_not_publish_past_the_due_date(place, tool):
    lms, link, column, token, _ = place("openedx")
    lms.change_link(link["id"], past_due=True)
    assert tool.post_score(column["url"], token, userId=lms.user_id("amara")).status == 201
    grade = lms.grade(lms.course, column["id"], "amara")
    assert (grade["given"], grade["shown"]) == (8, None)


def test_openedx_wants_the_media_type_of_a_score(place, tool):
    _, _, column, token, _ = place("openedx")
    scores = insert(column["url"], "/scores")
    assert tool.call("POST", scores, token, "application/json", {}).status == 415


def test_results_can_be_read_for_one_user(place, tool):
    lms, _, column, token, _ = place("moodle")
    for number, person in enumerate(("amara", "jonas")):
        tool.post_score(column["url"], token, userId=lms.user_id(person), scoreGiven=number)
    results = insert(column["url"], "/results")
    both = json.loads(tool.call("GET", results, token, scopes.RESULTS_TYPE).data)
    assert [one["resultScore"] for one in both] == [0, 1]
    url = f"{results}&user_id={lms.user_id('jonas')}"
    (one,) = json.loads(tool.call("GET", url, token, scopes.RESULTS_TYPE).data)
    assert one["scoreOf"] == column["url"]


def test_old_moodle_leaves_a_zero_out_of_its_results(place, tool):
    lms, _, column, token, _ = place("moodle", options={"zero": "omitted"})
    tool.post_score(column["url"], token, userId=lms.user_id("amara"), scoreGiven=0)
    (one,) = json.loads(tool.call("GET", insert(column["url"], "/results"), token, scopes.RESULTS_TYPE).data)
    assert "resultScore" not in one


def test_a_teachers_override_is_what_moodle_reports(place, tool):
    lms, _, column, token, _ = place("moodle")
    tool.post_score(column["url"], token, userId=lms.user_id("amara"))
    lms.override(column["id"], "amara", 3)
    late = tool.post_score(column["url"], token, userId=lms.user_id("amara"), timestamp="2099-01-01T00:00:00Z")
    assert late.status == 200
    (one,) = json.loads(tool.call("GET", insert(column["url"], "/results"), token, scopes.RESULTS_TYPE).data)
    assert (one["resultScore"], one["resultMaximum"]) == (3, 10)


def test_a_deleted_activity_answers_404_at_once(place, tool):
    lms, link, column, token, _ = place("moodle")
    lms.delete_link(link["id"])
    assert tool.post_score(column["url"], token, userId=lms.user_id("amara")).status == 404


def test_a_suspended_learner_is_graded_and_not_listed(place, tool):
    lms, _, column, token, _ = place("moodle")
    lms.enrol(lms.course, "mei", suspended=True)
    assert tool.post_score(column["url"], token, userId=lms.user_id("mei")).status == 200


def test_canvas_takes_the_numeric_user_id_and_wants_a_user_agent(place, tool):
    lms, _, column, token, _ = place("canvas")
    answer = tool.post_score(column["url"], token, userId=lms.user_id("amara"))
    assert "/results/" in json.loads(answer.data)["resultUrl"]
    headers = {"Authorization": f"Bearer {token}", "User-Agent": ""}
    assert POOL.request("GET", insert(column["url"], "/results"), headers=headers).status == 403
