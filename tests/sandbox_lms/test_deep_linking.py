"""Deep linking: which answers each LMS takes, and what it makes of the items."""

from typing import Any

import pytest

from sandbox_lms import scopes
from sandbox_lms.testing import Arrival, Browser, LmsHandle, Sandbox
from tests.sandbox_lms.mini_tool import Tool

DL = scopes.DL_CLAIM
FAR_AHEAD = 32_503_680_000  # the year 3000


def item(title: str = "The late parcel", **line_item: Any) -> dict[str, Any]:
    return {"type": "ltiResourceLink", "title": title, **({"lineItem": line_item} if line_item else {})}


def choose(
    lms: LmsHandle,
    tool: Tool,
    sandbox: Sandbox,
    registration: dict[str, Any],
    items: list[dict[str, Any]],
    **values: Any,
) -> tuple[Arrival, dict[str, Any]]:
    tool.items = items
    login = lms.start_deep_link("teacher", lms.course, registration["id"], **values)
    return sandbox.follow(login), lms.deep_link(login["id"])


@pytest.mark.parametrize("maximum", [0, 7.5, 1000, 101])
def test_moodle_blocks_one_item_with_a_maximum_outside_1_to_100(connect, tool, sandbox, maximum):
    lms, registration = connect("moodle")
    arrival, came = choose(lms, tool, sandbox, registration, [item(scoreMaximum=maximum)])
    assert f"Invalid grade value: {maximum}" in arrival.body
    assert (came["state"], came["items"], lms.links(lms.course)) == ("returned", [], [])


def test_moodle_swallows_a_wrong_maximum_among_several(connect, tool, sandbox):
    lms, registration = connect("moodle")
    items = [item("One", scoreMaximum=7.5), item("Two", scoreMaximum=50, resourceId="r", tag="t"), item("Three")]
    _, came = choose(lms, tool, sandbox, registration, items)
    assert came["state"] == "saved"
    one, two, three = lms.links(lms.course)
    assert one["line_items"][0]["maximum"] == 100
    assert {key: two["line_items"][0][key] for key in ("maximum", "label", "resource_id", "tag")} == {
        "maximum": 50, "label": "Two", "resource_id": "r", "tag": "t",
    }  # fmt: skip
    assert three["line_items"] == []


def test_moodle_waits_for_the_teacher(connect, tool, sandbox):
    lms, registration = connect("moodle")
    tool.items = [item(scoreMaximum=10)]
    login = lms.start_deep_link("teacher", lms.course, registration["id"], saves_at_once=False)
    arrival = sandbox.follow(login)
    assert "Save and return to course" in arrival.body
    assert lms.links(lms.course) == []
    assert lms.save_deep_link(login["id"])["state"] == "saved"
    assert [link["title"] for link in lms.links(lms.course)] == ["The late parcel"]


def test_moodle_refuses_a_title_too_long(connect, tool, sandbox):
    lms, registration = connect("moodle")
    arrival, _ = choose(lms, tool, sandbox, registration, [item("x" * 256)])
    assert "maximum of 255 characters" in arrival.body


def test_openedx_makes_one_block_of_several_items_with_its_own_line_item(connect, tool, sandbox):
    lms, registration = connect("openedx")
    choose(lms, tool, sandbox, registration, [item("One", scoreMaximum=20), item("Two")])
    one, two = lms.links(lms.course)
    assert one["resource_link_id"] == two["resource_link_id"]
    assert "+type@lti_consumer+block@" in one["resource_link_id"]
    assert ([column["maximum"] for column in one["line_items"]], two["line_items"]) == ([1], [])


def test_openedx_in_programmatic_mode_makes_no_line_item(connect, tool, sandbox):
    lms, registration = connect("openedx", options={"ags_mode": "programmatic"})
    choose(lms, tool, sandbox, registration, [item()])
    (link,) = lms.links(lms.course)
    sandbox.follow(lms.start_launch("amara", link["id"]))
    endpoint = tool.launches[-1][scopes.AGS_ENDPOINT]
    assert "lineitem" not in endpoint
    assert scopes.LINE_ITEM in endpoint["scope"]


@pytest.mark.parametrize("personality", ["moodle", "canvas", "openedx", "brightspace", "sakai"])
@pytest.mark.parametrize(
    "change, accepted_by",
    [
        ({"iss": "somebody"}, ()),
        ({"exp": 1}, ()),
        ({"iat": FAR_AHEAD}, ()),
        ({scopes.CLAIM + "message_type": "Other"}, ("moodle",)),
        ({"aud": "https://elsewhere.example"}, ("moodle", "openedx")),
        ({"nonce": None}, ("moodle", "openedx")),
        ({scopes.CLAIM + "deployment_id": "other"}, ("moodle", "openedx")),
        ({DL + "data": "other"}, ("moodle", "canvas", "openedx")),
    ],
    ids=["iss", "exp", "iat", "message_type", "aud", "nonce", "deployment_id", "data"],
)
def test_a_wrong_answer_is_refused_where_the_lms_looks(connect, tool, sandbox, personality, change, accepted_by):
    lms, registration = connect(personality)
    tool.answer_claims = change
    arrival, came = choose(lms, tool, sandbox, registration, [item(scoreMaximum=10)])
    if personality in accepted_by:
        assert (arrival.status, came["state"]) == (200, "saved")
    else:
        assert (arrival.status, came["state"]) == (403 if personality == "openedx" else 400, "open")


def test_an_answer_is_taken_once(connect, tool, sandbox):
    lms, registration = connect("sakai")
    arrival, _ = choose(lms, tool, sandbox, registration, [item(scoreMaximum=10)])
    again = send_again(arrival)
    assert again.status == 400
    assert "sent already" in again.body
    assert len(lms.links(lms.course)) == 1


def send_again(arrival: Arrival) -> Arrival:
    """Send the JWT of a finished journey a second time."""
    return Browser().go("post", arrival.url, arrival.posted)


def test_choosing_nothing_shows_the_tools_message_and_makes_nothing(connect, tool, sandbox):
    lms, registration = connect("moodle")
    tool.answer_claims = {DL + "msg": "You closed the list."}
    arrival, came = choose(lms, tool, sandbox, registration, [])
    assert "Nothing was chosen" in arrival.body
    assert "You closed the list." in arrival.body
    assert came["said"] == {"msg": "You closed the list."}


def test_text_of_the_tool_is_escaped(connect, tool, sandbox):
    lms, registration = connect("canvas")
    arrival, _ = choose(lms, tool, sandbox, registration, [item("<script>alert(1)</script>", scoreMaximum=1)])
    assert "<script>alert" not in arrival.body
    assert "&lt;script&gt;" in arrival.body
