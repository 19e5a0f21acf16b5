"""Faults on purpose: what the client sees, what was applied, and that a seed repeats itself."""

import json
from typing import Any

import pytest
import urllib3

from sandbox_lms import scopes
from sandbox_lms.testing import LmsHandle, SandboxError
from tests.sandbox_lms.mini_tool import Tool, insert, stamp

ITEM = {"title": "The late parcel", "lineItem": {"scoreMaximum": 10}}


@pytest.fixture
def place(connect, tool):
    lms, registration = connect("moodle")
    column = lms.add_link(lms.course, registration["id"], ITEM)["line_items"][0]
    return lms, column, tool.token(lms.issuer)


def post(tool: Tool, place: tuple[LmsHandle, Any, str], seconds: float = 0) -> int | str:
    """Post a score; return the status, or the name of the transport error."""
    lms, column, token = place
    try:
        answer = tool.post_score(column["url"], token, userId=lms.user_id("amara"), timestamp=stamp(seconds))
    except urllib3.exceptions.HTTPError as error:
        return type(error).__name__
    return answer.status


@pytest.mark.parametrize(
    "kind, seen, logged, applied",
    [
        ("500", 500, 500, False),
        ("429", 429, 429, False),
        ("slow", "ProtocolError", 0, False),
        ("applied_timeout", "ProtocolError", 0, True),
        ("applied_502", 502, 502, True),
    ],
)
def test_each_kind_of_fault(place, tool, kind, seen, logged, applied):
    lms, column, _ = place
    lms.set_faults(rate=1, kinds=[kind], slow_s=0.01)
    assert post(tool, place) == seen
    (entry,) = lms.score_posts()
    assert (entry["status"], entry["applied"], entry["fault"]) == (logged, applied, kind)
    grade = lms.grade(lms.course, column["id"], "amara")
    assert (grade["shown"] if grade else None) == (8 if applied else None)


def test_a_throttled_answer_says_when_to_come_again(place, tool):
    lms, column, token = place
    lms.set_faults(rate=1, kinds=["429"], retry_after_s=7)
    answer = tool.post_score(column["url"], token, userId=lms.user_id("amara"))
    assert answer.headers["Retry-After"] == "7"


def test_a_seed_repeats_its_faults(place, tool):
    lms, _, _ = place
    runs = []
    for _ in range(2):
        before = len(lms.score_posts())
        lms.set_faults(seed=5, rate=0.5, kinds={"500": 2, "429": 1})
        for number in range(12):
            post(tool, place, seconds=before * 100 + number)
        runs.append([entry["fault"] for entry in lms.score_posts()][before:])
    assert runs[0] == runs[1]
    assert {"", "500"} <= set(runs[0])


def test_an_outage_stops_every_service_and_ends(place, tool):
    lms, column, token = place
    lms.set_faults(outage="503")
    results = insert(column["url"], "/results")
    assert post(tool, place) == 503
    assert tool.call("GET", results, token, scopes.RESULTS_TYPE).status == 503
    assert tool.ask_token(lms.issuer, [scopes.SCORE]).status == 503
    lms.set_faults(outage="drop")
    assert post(tool, place) == "ProtocolError"
    lms.set_faults()
    assert post(tool, place) == 200


def test_other_endpoints_fail_when_named(place, tool):
    lms, column, token = place
    lms.set_faults(rate=1, kinds=["500"], endpoints=["results"])
    assert tool.call("GET", insert(column["url"], "/results"), token, scopes.RESULTS_TYPE).status == 500
    assert post(tool, place) == 200


def test_a_wrong_clock_shows_in_the_message(connect, tool, sandbox):
    lms, registration = connect("canvas")
    link = lms.add_link(lms.course, registration["id"], ITEM)
    lms.set_faults(clock_offset_s=-3600)
    arrival = sandbox.follow(lms.start_launch("amara", link["id"]))
    claims = json.loads(arrival.body) if arrival.status == 200 else {}
    lms.set_faults()
    sandbox.follow(lms.start_launch("amara", link["id"]))
    now = tool.launches[-1]["iat"]
    # Canvas signs for an hour, so a message from an hour ago has just run out.
    assert not claims or now - claims["iat"] >= 3590


@pytest.mark.parametrize(
    "profile, message",
    [({"rte": 1}, "No such fault setting: rte"), ({"kinds": ["fire"]}, "No such kind of fault: fire")],
)
def test_a_profile_with_a_slip_is_refused(place, profile, message):
    with pytest.raises(SandboxError, match=message):
        place[0].set_faults(**profile)
