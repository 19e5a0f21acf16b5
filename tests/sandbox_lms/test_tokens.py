"""The token endpoint: what each platform checks of a client assertion, and what it grants."""

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from sandbox_lms import scopes
from sandbox_lms.testing import LmsHandle
from tests.sandbox_lms.mini_tool import POOL, Tool, insert

ITEM = {"title": "The late parcel", "lineItem": {"scoreMaximum": 10}}


def in_seconds(seconds: int) -> Callable[[], int]:
    """That time when it is asked for: tests are collected long before they run."""
    return lambda: int(time.time()) + seconds


def ask(tool: Tool, lms: LmsHandle, asked: Sequence[str] = (scopes.SCORE,), **changes: Any) -> tuple[int, Any]:
    answer = tool.ask_token(lms.issuer, list(asked), **changes)
    return answer.status, json.loads(answer.data)


@pytest.mark.parametrize(
    "personality, audience, status",
    [
        ("moodle", "https://anything.example", 200),
        ("openedx", "https://anything.example", 200),
        ("canvas", "https://anything.example", 400),
        ("brightspace", "the token address", 400),
        ("sakai", "the token address", 200),
    ],
)
def test_the_audience_matters_where_it_does(connect, tool, personality, audience, status):
    lms, _ = connect(personality)
    aud = lms.describe()["token"] if audience == "the token address" else audience
    assert ask(tool, lms, aud=aud)[0] == status


@pytest.mark.parametrize("personality, status", [("moodle", 200), ("canvas", 400), ("openedx", 200)])
def test_canvas_alone_takes_a_jti_once(connect, tool, personality, status):
    lms, _ = connect(personality)
    assert ask(tool, lms, jti="same")[0] == 200
    assert ask(tool, lms, jti="same")[0] == status


@pytest.mark.parametrize(
    "claim, wrong, error",
    [
        ("iat", in_seconds(900), "invalid_grant"),
        ("exp", in_seconds(-60), "invalid_grant"),
        ("exp", lambda: None, "invalid_grant"),
        ("sub", lambda: "somebody", "invalid_client"),
        ("iss", lambda: "somebody", "invalid_client"),
    ],
    ids=["iat ahead", "exp past", "exp missing", "sub", "iss"],
)
def test_a_wrong_assertion_is_refused(connect, tool, claim, wrong, error):
    lms, _ = connect("moodle")
    status, body = ask(tool, lms, **{claim: wrong()})
    assert (status, body["error"]) == (400, error)


def test_a_key_that_is_not_the_tools_is_refused_and_a_new_one_is_fetched(connect, tool):
    lms, _ = connect("moodle")
    assert ask(tool, lms)[0] == 200
    tool.rotate()
    assert ask(tool, lms)[0] == 200
    published, tool.kid = tool.kid, "nobody"
    assertion = tool.assertion(lms.issuer)
    tool.kid = published
    fields = {
        "grant_type": "client_credentials", "scope": scopes.SCORE, "client_assertion": assertion,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    }  # fmt: skip
    answer = POOL.request("POST", lms.describe()["token"], fields=fields, encode_multipart=False)
    assert (answer.status, answer.json()["error"]) == (400, "invalid_client")


def test_moodle_says_text_html_and_drops_foreign_scopes(connect, tool):
    lms, registration = connect("moodle")
    lms.change_registration(registration["id"], scopes=[scopes.SCORE])
    answer = tool.ask_token(lms.issuer, [scopes.SCORE, scopes.LINE_ITEM])
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.json()["scope"] == scopes.SCORE
    assert answer.json()["expires_in"] == 3600
    assert ask(tool, lms, [scopes.LINE_ITEM]) == (
        400, {"error": "invalid_scope", "error_description": "the tool may not use these scopes"},
    )  # fmt: skip


@pytest.mark.parametrize("personality", ["canvas", "sakai"])
def test_one_foreign_scope_refuses_the_whole_request(connect, tool, personality):
    lms, registration = connect(personality)
    lms.change_registration(registration["id"], scopes=[scopes.SCORE])
    status, body = ask(tool, lms, [scopes.SCORE, scopes.LINE_ITEM])
    assert (status, body["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize("personality, status", [("moodle", 401), ("canvas", 401), ("openedx", 403)])
def test_a_token_that_is_not_one_is_refused_as_the_lms_does(connect, tool, personality, status):
    lms, registration = connect(personality)
    column = lms.add_link(lms.course, registration["id"], ITEM)["line_items"][0]
    assert tool.post_score(column["url"], "made-up", userId=lms.user_id("amara")).status == status


@pytest.mark.parametrize("personality, status", [("moodle", 401), ("canvas", 401), ("openedx", 403)])
def test_a_token_without_the_scope_is_refused_as_the_lms_does(connect, tool, personality, status):
    lms, registration = connect(personality)
    column = lms.add_link(lms.course, registration["id"], ITEM)["line_items"][0]
    token = tool.token(lms.issuer, scopes.RESULT_READ)
    assert tool.post_score(column["url"], token, userId=lms.user_id("amara")).status == status


def test_a_token_may_die_before_it_says(connect, tool):
    lms, registration = connect("canvas")
    column = lms.add_link(lms.course, registration["id"], ITEM)["line_items"][0]
    lms.set_faults(token_lives_s=0.001)
    status, body = ask(tool, lms, [scopes.RESULT_READ])
    assert (status, body["expires_in"]) == (200, 3600)
    results = insert(column["url"], "/results")
    assert tool.call("GET", results, body["access_token"], scopes.RESULTS_TYPE).status == 401


def test_another_tools_token_does_not_open_this_ones_column(connect, tool):
    lms, registration = connect("moodle")
    column = lms.add_link(lms.course, registration["id"], ITEM)["line_items"][0]
    other = lms.register(name="Other", **tool.addresses())
    tool.know(lms.describe(), other)
    token = tool.token(lms.issuer, scopes.SCORE)
    assert tool.post_score(column["url"], token, userId=lms.user_id("amara")).status == 401
