"""The authorisation endpoint: what it checks, how it refuses, and that a hint works once."""

import time

import jwt
import pytest

from sandbox_lms import scopes
from tests.sandbox_lms.mini_tool import POOL

ITEM = {"title": "The late parcel", "lineItem": {"scoreMaximum": 10}}


@pytest.fixture(params=["moodle", "canvas", "openedx"])
def place(request, connect):
    lms, registration = connect(request.param)
    return lms, lms.add_link(lms.course, registration["id"], ITEM)


@pytest.mark.parametrize("missing", ["nonce", "login_hint"])
def test_a_missing_parameter_goes_to_the_tool_or_onto_a_page(place, tool, sandbox, missing):
    lms, link = place
    tool.auth_changes = {missing: None}
    arrival = sandbox.follow(lms.start_launch("amara", link["id"]))
    assert (arrival.status, tool.launches) == (400, [])
    if "openedx" in lms.key:
        assert f"missing: {missing}" in arrival.body
        assert tool.errors == []
    else:
        code = "invalid_request_object" if "canvas" in lms.key else "invalid_request"
        (error,) = tool.errors
        assert error["error"] == code
        assert f"missing: {missing}" in error["error_description"]
        assert error["state"]


@pytest.mark.parametrize("name, value", [("response_mode", "query"), ("prompt", "login"), ("response_type", "code")])
def test_moodle_and_canvas_insist_on_the_fixed_values(connect, tool, sandbox, name, value):
    lms, registration = connect("moodle")
    link = lms.add_link(lms.course, registration["id"], ITEM)
    tool.auth_changes = {name: value}
    sandbox.follow(lms.start_launch("amara", link["id"]))
    assert tool.errors[-1]["error"] == "invalid_request"
    assert f"The '{name}' must be" in tool.errors[-1]["error_description"]


def test_an_address_that_is_not_registered_gets_nothing(place, tool, sandbox):
    lms, link = place
    tool.auth_changes = {"redirect_uri": f"{tool.url}/elsewhere"}
    arrival = sandbox.follow(lms.start_launch("amara", link["id"]))
    assert arrival.status == 400
    assert "redirect_uri is not registered" in arrival.body
    assert arrival.url.startswith(lms.issuer)


def test_canvas_alone_lets_a_query_follow_the_redirect_address(place, tool, sandbox):
    lms, link = place
    tool.auth_changes = {"redirect_uri": f"{tool.url}/launch?tenant=1"}
    arrival = sandbox.follow(lms.start_launch("amara", link["id"]))
    assert arrival.status == (200 if "canvas" in lms.key else 400)


def test_somebody_elses_login_hint_is_refused(place, tool, sandbox):
    lms, link = place
    tool.auth_changes = {"login_hint": lms.user_id("teacher")}
    arrival = sandbox.follow(lms.start_launch("amara", link["id"]))
    assert tool.launches == []
    assert "not logged in" in (arrival.body + str(tool.errors))


def test_a_hint_works_once_except_in_openedx(place, tool, sandbox):
    lms, link = place
    login = lms.start_launch("amara", link["id"])
    assert sandbox.follow(login).status == 200
    assert sandbox.follow(login).status == (200 if "openedx" in lms.key else 400)


def test_openedx_overwrites_the_launch_of_the_same_person_and_block(connect, tool, sandbox):
    lms, registration = connect("openedx")
    link = lms.add_link(lms.course, registration["id"], ITEM)
    first, second = lms.start_launch("amara", link["id"]), lms.start_launch("amara", link["id"])
    assert first["hint"] == second["hint"]


def test_the_message_is_signed_for_a_minute_by_moodle_and_says_what_was_asked(connect, tool, sandbox):
    lms, registration = connect("moodle")
    link = lms.add_link(lms.course, registration["id"], {**ITEM, "custom": {"camelKey": "$Made.up"}})
    arrival = sandbox.follow(lms.start_launch("teacher", link["id"]))
    claims = jwt.decode(arrival.id_token, options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 60
    assert abs(claims["iat"] - time.time()) < 30
    assert claims["aud"] == registration["client_id"]
    assert claims["sub"] == lms.user_id("teacher")
    assert claims[scopes.CLAIM + "context"]["type"] == ["CourseSection"]
    assert claims[scopes.CLAIM + "custom"]["camelKey"] == "$Made.up"
    assert claims[scopes.CLAIM + "custom"]["level"] == "tool"
    assert claims["email"] == f"teacher@{lms.key}.example.org"


def test_names_are_sent_only_when_the_tool_asked_for_them(connect, tool, sandbox):
    lms, registration = connect("moodle")
    lms.change_registration(registration["id"], claims=["sub"])
    link = lms.add_link(lms.course, registration["id"], ITEM)
    sandbox.follow(lms.start_launch("amara", link["id"]))
    assert not {"name", "given_name", "family_name", "email"} & set(tool.launches[-1])


def test_a_test_may_replace_and_remove_claims(connect, tool, sandbox):
    lms, registration = connect("moodle")
    link = lms.add_link(lms.course, registration["id"], ITEM)
    changes = {scopes.CLAIM + "version": "11.3", scopes.CLAIM + "roles": None}
    sandbox.follow(lms.start_launch("amara", link["id"], claims=changes))
    assert tool.launches[-1][scopes.CLAIM + "version"] == "11.3"
    assert scopes.CLAIM + "roles" not in tool.launches[-1]


def test_a_rotated_key_is_published_beside_the_old_one(make_lms):
    lms = make_lms("sakai")
    first = POOL.request("GET", f"{lms.issuer}/jwks").json()["keys"]
    kid = lms.rotate_key()
    both = POOL.request("GET", f"{lms.issuer}/jwks").json()["keys"]
    assert [key["kid"] for key in both] == [first[0]["kid"], kid]
    only = lms.rotate_key(keep_old=False)
    assert [key["kid"] for key in POOL.request("GET", f"{lms.issuer}/jwks").json()["keys"]] == [only]
