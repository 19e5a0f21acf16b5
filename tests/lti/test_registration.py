"""Dynamic registration: what each product is sent, what is refused, and that nobody launches before approval."""

from html import escape

import pytest
from django.core.management import CommandError, call_command

from foundation.api import Organisation
from lti import platforms
from lti.models import Deployment, LaunchRecord, Platform, PlatformStatus
from lti.products import PRODUCTS
from lti.products.base import TOOL_CONFIGURATION
from lti.registration import PLATFORM_CONFIGURATION
from tests.lti.fake_web import answer

ISSUER = "https://lms.example.org"
CONFIGURATION = f"{ISSUER}/.well-known/openid-configuration"
AGS = "https://purl.imsglobal.org/spec/lti-ags/scope/"


def offer(web, product="moodle", url=CONFIGURATION, answered=None, **changes):
    """Publish a configuration; returns it."""
    document = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/auth",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/jwks",
        "registration_endpoint": f"{ISSUER}/register",
        "scopes_supported": [AGS + "score", AGS + "result.readonly"],
        PLATFORM_CONFIGURATION: {"product_family_code": product, "version": "4.5"},
        **changes,
    }
    web.serve_json(url, {name: value for name, value in document.items() if value is not None})
    reply = answered or {"client_id": "new-client", TOOL_CONFIGURATION: {"deployment_id": 7}}
    web.serve_json(document["registration_endpoint"] or "x", reply, 201, "POST")
    return document


def register(client, url=CONFIGURATION, token="once", **more):
    return client.get("/lti/register/", {"openid_configuration": url, "registration_token": token, **more})


@pytest.fixture
def only(organisation):
    return organisation


def test_r1_moodle_registers_and_waits_for_approval(web, client, only):
    offer(web)
    response = register(client)
    platform = Platform.objects.get()
    assert response.status_code == 200
    assert (platform.issuer, platform.client_id, platform.product) == (ISSUER, "new-client", "moodle")
    assert (platform.status, platform.organisation) == (PlatformStatus.PENDING, only)
    assert list(Deployment.objects.values_list("deployment_id", "organisation")) == [("7", only.pk)]
    assert "Activate" in response.content.decode()
    assert "close.js" in response.content.decode()
    assert f"frame-ancestors {ISSUER}" in response["Content-Security-Policy"]


def test_body_has_what_moodle_requires_and_only_scopes_it_offers(web, client, only):
    offer(web)
    register(client)
    [call] = web.made("POST", f"{ISSUER}/register")
    body = call.json()
    assert call.headers["Authorization"] == "Bearer once"
    assert body["initiate_login_uri"] == "http://localhost:9100/lti/login/"
    assert body["redirect_uris"] == ["http://localhost:9100/lti/launch/"]
    assert body["jwks_uri"] == "http://localhost:9100/lti/jwks/"
    assert body["response_types"] == ["id_token"]
    assert body["token_endpoint_auth_method"] == "private_key_jwt"
    assert body["scope"].split() == [AGS + "result.readonly", AGS + "score"]
    tool = body[TOOL_CONFIGURATION]
    assert tool["domain"] == "localhost:9100"
    assert tool["target_link_uri"] == "http://localhost:9100/lti/launch/"
    assert "email" not in tool["claims"]
    assert {message["type"] for message in tool["messages"]} == {"LtiResourceLinkRequest", "LtiDeepLinkingRequest"}


def test_canvas_gets_placements_and_a_privacy_level(web, client, only):
    host = "https://school.instructure.com"
    url = f"{host}/api/lti/security/openid-configuration"
    offer(
        web,
        "canvas",
        url,
        answered={"client_id": "10000000000001"},
        issuer="https://canvas.instructure.com",
        registration_endpoint=f"{host}/api/lti/registrations",
    )
    assert register(client, url).status_code == 200
    tool = web.made("POST", f"{host}/api/lti/registrations")[0].json()[TOOL_CONFIGURATION]
    [message] = tool["messages"]
    assert message["placements"] == ["assignment_selection", "link_selection"]
    assert tool["https://canvas.instructure.com/lti/privacy_level"] == "name_only"
    assert Platform.objects.get().settings["new_deployments"] == "add"


@pytest.mark.parametrize("product", [*(each.family_codes[0] for each in PRODUCTS), "sakai", "desire2learn", ""])
def test_r1_every_product_is_sent_a_whole_body(web, client, only, product):
    offer(web, product)
    assert register(client).status_code == 200
    body = web.made("POST", f"{ISSUER}/register")[0].json()
    required = {
        "application_type",
        "grant_types",
        "response_types",
        "redirect_uris",
        "client_name",
        "jwks_uri",
        "scope",
    }
    assert required <= set(body)


def test_r1_registration_without_a_token_sends_none(web, client, only):
    offer(web, "desire2learn")
    assert register(client, token="").status_code == 200
    assert all("Authorization" not in call.headers for call in web.calls)


BAD_CONFIGURATIONS = {
    "issuer of another host": ({"issuer": "https://victim.example.org"}, "register.issuer_host"),
    "registration at another host": ({"registration_endpoint": "https://evil.example.net/r"}, "register.issuer_host"),
    "no keys": ({"jwks_uri": None}, "register.configuration"),
    "token endpoint without https": ({"token_endpoint": "http://lms.example.org/token"}, "register.configuration"),
    "authorisation a list": ({"authorization_endpoint": ["https://lms.example.org/"]}, "register.configuration"),
    "authorisation a script": ({"authorization_endpoint": "javascript:alert(1)"}, "register.configuration"),
    "canvas by name only": (
        {"issuer": "https://canvas.instructure.com", PLATFORM_CONFIGURATION: {"product_family_code": "canvas"}},
        "register.issuer_host",
    ),
}


@pytest.mark.parametrize("case", BAD_CONFIGURATIONS)
def test_r2_unsafe_configuration_is_refused(web, client, only, case):
    changes, code = BAD_CONFIGURATIONS[case]
    offer(web, **changes)
    assert register(client).status_code == 400
    assert LaunchRecord.objects.get().code == code
    assert Platform.objects.count() == 0
    assert not [call for call in web.calls if call.method == "POST"]


@pytest.mark.parametrize(
    "url",
    ["", "ftp://x", "http://lms.example.org/c", "https://u:p@lms.example.org/c", "x\0y", "https://[", "https://x:y/"],
)
def test_unusable_address_is_refused_without_a_call(web, client, only, url):
    assert register(client, url).status_code == 400
    assert web.calls == []


def test_lms_that_refuses_is_explained(web, client, only):
    offer(web)
    web.on("POST", f"{ISSUER}/register", lambda call: answer(call, 400, b"missing_domain"))
    page = register(client)
    assert (page.status_code, LaunchRecord.objects.get().code) == (400, "register.refused")
    assert "missing_domain" in page.content.decode()


@pytest.mark.parametrize("reply", [{}, {"client_id": 7}, {"client_id": ""}, [], {"client_id": "x" * 300}], ids=str)
def test_answer_without_a_usable_client_id_is_refused(web, client, only, reply):
    offer(web)
    web.serve_json(f"{ISSUER}/register", reply, 200, "POST")
    assert register(client).status_code == 400
    assert Platform.objects.count() == 0


@pytest.mark.parametrize("name", ["a\0b", "x" * 256, ["7"]], ids=["NUL", "long", "a list"])
def test_answer_with_an_unusable_deployment_id_is_refused(web, client, only, name):
    offer(web, answered={"client_id": "new-client", TOOL_CONFIGURATION: {"deployment_id": name}})
    assert register(client).status_code == 400
    assert LaunchRecord.objects.get().code == "register.refused"
    assert Platform.objects.count() == 0


def test_with_several_organisations_the_url_says_which(web, client, only):
    south = Organisation.objects.create(name="South", slug="south")
    offer(web)
    register(client, organisation="south")
    assert Platform.objects.get().organisation == south
    assert register(client, organisation="nowhere").status_code == 400


def test_without_a_word_it_belongs_to_nobody_until_approval(web, client, only):
    Organisation.objects.create(name="South", slug="south")
    offer(web)
    register(client)
    platform = Platform.objects.get()
    assert (platform.organisation, Deployment.objects.count()) == (None, 0)
    platforms.approve_platform(platform, only, "test")
    assert Deployment.objects.get().organisation == only


def test_same_registration_with_other_addresses_has_to_be_approved_again(web, client, only):
    offer(web)
    register(client)
    platforms.approve_platform(Platform.objects.get(), only, "test")
    register(client)
    assert Platform.objects.get().status == PlatformStatus.ACTIVE
    offer(web, token_endpoint=f"{ISSUER}/other")
    register(client)
    assert Platform.objects.get().status == PlatformStatus.PENDING


def test_organisation_cannot_approve_what_is_anothers(web, client, only):
    offer(web)
    register(client)
    south = Organisation.objects.create(name="South", slug="south")
    with pytest.raises(platforms.PlatformRefused):
        platforms.approve_platform(Platform.objects.get(), south, "test")


def test_command_adds_approves_and_lists(web, only, capsys):
    call_command(
        "lti_platform", "add", "--issuer", ISSUER, "--client-id", "c", "--auth-url", f"{ISSUER}/a", "--token-url",
        f"{ISSUER}/t", "--jwks-url", f"{ISSUER}/j", "--organisation", "north", "--deployment", "1",
    )  # fmt: skip
    call_command("lti_platform", "approve", "c")
    call_command("lti_platform", "list", "--json")
    assert '"status": "active"' in capsys.readouterr().out
    assert Platform.objects.get().is_active


def test_keys_are_published_before_they_sign(client, db):
    first = client.get("/lti/jwks/").json()["keys"]
    call_command("lti_platform", "rotate-keys")
    second = client.get("/lti/jwks/").json()["keys"]
    call_command("lti_platform", "rotate-keys")
    third = client.get("/lti/jwks/").json()["keys"]
    assert [len(keys) for keys in (first, second, third)] == [1, 2, 3]
    assert first[0] in third
    assert all(set(key) == {"kty", "n", "e", "kid", "alg", "use"} for key in third)


def test_private_key_is_not_in_the_database_in_the_clear(client, db):
    from lti.models import ToolKey

    client.get("/lti/jwks/")
    assert "PRIVATE" not in ToolKey.objects.get().sealed_private_key


def test_canvas_configuration_names_our_addresses(client, db):
    found = client.get("/lti/canvas.json").json()
    assert found["oidc_initiation_url"] == "http://localhost:9100/lti/login/"
    assert found["public_jwk_url"] == "http://localhost:9100/lti/jwks/"
    placements = found["extensions"][0]["settings"]["placements"]
    assert {each["message_type"] for each in placements} == {"LtiDeepLinkingRequest"}


@pytest.mark.parametrize("word", ["nowhere", "²", "7"])
def test_command_says_when_a_word_names_no_platform(only, word):
    with pytest.raises(CommandError, match="names no platforms"):
        call_command("lti_platform", "approve", word)


@pytest.mark.parametrize(
    ("product", "issuer", "name"),
    [
        ("moodle", "https://m.example.org", "Moodle"),
        ("canvas", "https://c.example.org", "Canvas"),
        ("sakai", "https://s.example.org", "Sakai"),
        ("sakailms.org", "https://s.example.org", "Sakai"),
        ("desire2learn", "https://d.example.org", "Brightspace"),
        ("BlackboardLearn", "https://b.example.org", "Blackboard"),
        ("openedx", "https://o.example.org", "Open edX"),
        ("brand-new", "https://n.example.org", "LMS"),
        ("", "https://school.brightspace.com", "Brightspace"),
        ("", "https://school.instructure.com", "Canvas"),
        ("", "https://evilinstructure.com", "LMS"),
    ],
)
def test_r1_product_is_detected_and_the_next_click_is_said(web, client, only, product, issuer, name):
    url = f"{issuer}/.well-known/openid-configuration"
    endpoints = {
        "authorization_endpoint": f"{issuer}/auth",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "registration_endpoint": f"{issuer}/register",
    }
    offer(web, product, url, issuer=issuer, **endpoints)
    page = register(client, url).content.decode()
    platform = Platform.objects.get()
    found = platforms.product_of(platform)
    assert (found.name, platform.name.startswith(name)) == (name, True)
    assert escape(found.after_registration) in page


def test_r1_canvas_is_asked_with_its_token_for_the_configuration_too(web, client, only):
    host = "https://school.instructure.com"
    url = f"{host}/api/lti/security/openid-configuration"
    offer(
        web, "canvas", url, issuer="https://canvas.instructure.com", registration_endpoint=f"{host}/api/registrations"
    )
    assert register(client, url).status_code == 200
    assert [call.headers.get("Authorization") for call in web.calls] == ["Bearer once", "Bearer once"]


def test_r1_brightspace_tokens_are_asked_for_its_own_audience(web, client, only):
    offer(web, "desire2learn")
    register(client, token="")
    assert Platform.objects.get().token_audience == "https://api.brightspace.com/auth/token"


def test_r1_sakai_is_asked_for_no_scope_it_does_not_offer(web, client, only):
    offer(web, "sakai", scopes_supported=[AGS + "score", "urn:other"])
    register(client)
    assert web.made("POST", f"{ISSUER}/register")[0].json()["scope"] == AGS + "score"


def test_r2_blackboard_of_a_customer_vouches_for_the_one_issuer_and_a_lookalike_does_not(web, client, only):
    for host, status in (("https://school.blackboard.com", 200), ("https://evilblackboard.com", 400)):
        url = f"{host}/configuration"
        offer(web, "BlackboardLearn", url, issuer="https://blackboard.com", registration_endpoint=f"{host}/register")
        assert register(client, url).status_code == status
    assert Platform.objects.count() == 1
