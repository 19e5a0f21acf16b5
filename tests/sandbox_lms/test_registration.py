"""Dynamic registration: what each LMS demands, and how its answer looks."""

import json
from typing import Any

import pytest

from sandbox_lms import scopes
from sandbox_lms.testing import LmsHandle, SandboxError
from tests.sandbox_lms.mini_tool import POOL, Tool

TOOL = scopes.TOOL_CONFIGURATION


def register(lms: LmsHandle, tool: Tool, **changes: Any) -> tuple[int, str]:
    tool.registration_changes = changes
    POOL.request("GET", lms.invite(f"{tool.url}/register")["url"])
    status, body = tool.registration_answer
    return status, body


@pytest.fixture
def moodle(make_lms):
    return make_lms("moodle")


@pytest.mark.parametrize(
    "changes, text",
    [
        ({"response_types": ["code"]}, "missing required attribute response_types"),
        ({"initiate_login_uri": ""}, "missing required attribute initiate_login_uri"),
        ({"redirect_uris": []}, "missing required attribute redirect_uris"),
        ({"client_name": None}, "missing required attribute client_name"),
        ({"jwks_uri": None}, "missing required attribute jwks_uri"),
        ({"token_endpoint_auth_method": "client_secret"}, "invalid_token_endpoint_auth_method"),
        ({TOOL: {}}, "missing_domain"),
        ({TOOL: {"domain": "localhost:1", "target_link_uri": "http://localhost:2/"}}, "domain_targetlinkuri_mismatch"),
    ],
)
def test_moodle_refuses_in_plain_text(moodle, tool, changes, text):
    assert register(moodle, tool, **changes) == (400, text)
    assert moodle.registrations() == []


def test_moodle_names_the_client_in_the_token_and_leaves_the_tool_pending(moodle, tool):
    invitation = moodle.invite(f"{tool.url}/register")
    POOL.request("GET", invitation["url"])
    answer = json.loads(tool.registration_answer[1])
    (found,) = moodle.registrations()
    assert answer["client_id"] == invitation["client_id"] == found["client_id"]
    assert found["state"] == "pending"
    assert answer[TOOL]["deployment_id"] == found["deployment_id"] == str(found["id"])
    assert answer[TOOL]["messages"] == [{"type": scopes.DEEP_LINKING}]


def test_a_registration_token_is_good_for_one_tool(moodle, tool):
    url = moodle.invite(f"{tool.url}/register")["url"]
    POOL.request("GET", url)
    assert tool.registration_answer[0] == 200
    POOL.request("GET", url)
    assert tool.registration_answer[0] == 401
    assert len(moodle.registrations()) == 1


@pytest.mark.parametrize(
    "asked, granted",
    [
        ([scopes.LINE_ITEM], [scopes.LINE_ITEM, scopes.LINE_ITEM_READ, scopes.RESULT_READ, scopes.SCORE]),
        ([scopes.SCORE], [scopes.LINE_ITEM_READ, scopes.RESULT_READ, scopes.SCORE]),
        ([scopes.MEMBERSHIP_READ], [scopes.MEMBERSHIP_READ]),
    ],
)
def test_moodle_turns_scopes_into_services(moodle, tool, asked, granted):
    assert register(moodle, tool, scope=" ".join(asked))[0] == 200
    assert moodle.registrations()[0]["scopes"] == granted


def test_a_pending_tool_cannot_be_launched(moodle, tool):
    register(moodle, tool)
    with pytest.raises(SandboxError, match="an admin has to activate it first"):
        moodle.start_deep_link("teacher", moodle.course, moodle.registrations()[0]["id"])


@pytest.mark.parametrize(
    "changes, text",
    [
        ({"grant_types": ["client_credentials"]}, "grant_types Must include client_credentials, implicit"),
        ({"application_type": None}, "application_type can't be blank"),
        ({"scope": ""}, "scope can't be blank"),
        ({"scope": "https://example.org/scope"}, "scopes Invalid scopes: https://example.org/scope"),
        ({TOOL: {"domain": "x", "messages": [], "target_link_uri": "y"}}, "missing required properties: claims"),
    ],
)
def test_canvas_refuses_with_422(make_lms, tool, changes, text):
    status, body = register(make_lms("canvas"), tool, **changes)
    assert status == 422
    assert any(text in error for error in json.loads(body)["errors"])


def test_canvas_wants_its_token_for_the_configuration(make_lms, tool):
    lms = make_lms("canvas")
    assert POOL.request("GET", lms.describe()["openid_configuration"]).status == 401


def test_canvas_tells_the_deployment_only_when_the_tool_is_installed(make_lms, tool):
    lms = make_lms("canvas")
    status, body = register(lms, tool)
    assert status == 200
    assert "deployment_id" not in json.loads(body)[TOOL]
    (found,) = lms.registrations()
    assert found["deployment_id"] == ""
    assert lms.activate(found["id"])["deployment_id"].startswith(f"{found['id']}:")


def test_brightspace_sends_no_registration_token(make_lms, tool):
    lms = make_lms("brightspace")
    invitation = lms.invite(f"{tool.url}/register?from=course")
    assert "registration_token=" not in invitation["url"]
    assert "?from=course&openid_configuration=" in invitation["url"]
    POOL.request("GET", invitation["url"])
    assert tool.registration_answer[0] == 200


def test_openedx_has_no_dynamic_registration(make_lms):
    answer = POOL.request("GET", make_lms("openedx").describe()["openid_configuration"])
    assert answer.status == 404


def test_the_platform_configuration_names_family_messages_and_variables(moodle):
    found = json.loads(POOL.request("GET", moodle.describe()["openid_configuration"]).data)
    platform = found[scopes.PLATFORM_CONFIGURATION]
    assert found["issuer"] == moodle.issuer
    assert platform["product_family_code"] == "moodle"
    assert {"type": scopes.DEEP_LINKING} in platform["messages_supported"]
    assert "User.username" in platform["variables"]


def test_a_tool_registered_by_hand_needs_whole_addresses(make_lms):
    with pytest.raises(SandboxError, match="initiate_login_uri must be an http or https address"):
        make_lms("openedx").register(initiate_login_uri="x", jwks_uri="x", target_link_uri="x", redirect_uris=["x"])


def test_registering_a_client_again_by_hand_replaces_its_values_and_keeps_its_activities(make_lms, tool):
    lms = make_lms("canvas")
    first = lms.register(client_id="branchwise", **tool.addresses())
    link = lms.add_link(lms.course, first["id"], {"title": "The late parcel"})
    again = lms.register(client_id="branchwise", **{**tool.addresses(), "jwks_uri": f"{tool.url}/other"})
    assert {**first, "jwks_uri": f"{tool.url}/other"} == again
    assert lms.links(lms.course) == [link]
    assert len(lms.registrations()) == 1
