"""The login: what is checked, what the browser keeps, the ways without third-party cookies."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import override_settings

from lti.models import Deployment, LaunchRecord, LoginState
from tests.lti.conftest import add_platform
from tests.lti.signing_platform import GONE, LAUNCH, post_launch


def binding(response):
    """Return the Set-Cookie line of the login's secret; the other cookie only says that cookies last."""
    [line] = [each.OutputString() for name, each in response.cookies.items() if not name.endswith("cookies-last")]
    return line


def test_login_sends_a_full_authentication_request(lms, visitor):
    asked = lms.begin(visitor)
    row = LoginState.objects.get()
    assert asked == {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": "client-lms",
        "redirect_uri": LAUNCH,
        "login_hint": "person-7",
        "lti_message_hint": '{"cmid": 3}',
        "state": row.state,
        "nonce": row.nonce,
    }
    assert row.state != row.nonce


def test_login_by_get_works_too(lms, visitor):
    response = visitor.get("/lti/login/", lms.login_parameters())
    assert response.status_code == 302
    assert response["Location"].startswith("https://lms.example.org/auth?")


def test_query_of_the_login_address_is_kept(lms, visitor):
    type(lms.row).objects.update(auth_url="https://lms.example.org/auth?site=3&state=mine")
    asked = lms.begin(visitor)
    assert asked["site"] == "3"
    assert asked["state"] != "mine"


@override_settings(PUBLIC_URL="https://tool.example.org")
def test_k1_cookie_works_in_a_foreign_frame(lms, visitor):
    response = visitor.post("/lti/login/", lms.login_parameters(target_link_uri=GONE))
    header = binding(response)
    name, _, rest = header.partition("=")
    attributes = {part.strip().lower() for part in rest.split(";")[1:]}
    assert name.startswith("__Host-lti-")
    assert {"secure", "httponly", "samesite=none", "partitioned", "path=/", "max-age=600"} <= attributes
    assert not any(attribute.startswith("domain") for attribute in attributes)


def test_k1_cookie_on_this_machine_has_no_host_prefix(lms, visitor):
    response = visitor.post("/lti/login/", lms.login_parameters())
    header = binding(response)
    assert header.startswith("lti-")
    assert "Partitioned" in header and "Secure" in header and "SameSite=None" in header


@override_settings(PUBLIC_URL="http://tool.example.org")
def test_cookie_without_https_is_a_plain_one(lms, visitor):
    response = visitor.post("/lti/login/", lms.login_parameters(target_link_uri=GONE))
    header = binding(response)
    assert "SameSite=Lax" in header
    assert "Secure" not in header and "Partitioned" not in header


def test_cookie_is_gone_after_the_launch(lms, visitor):
    response = lms.launch(visitor)
    [cookie] = response.cookies.values()
    assert (cookie.value, cookie["max-age"], cookie["partitioned"]) == ("", "0", True)


BAD_LOGINS = {
    "no issuer": ({"iss": GONE}, "login.parameter"),
    "no login hint": ({"login_hint": GONE}, "login.parameter"),
    "unknown issuer": ({"iss": "https://nobody.example.org"}, "login.platform_unknown"),
    "unknown client": ({"client_id": "nobody"}, "login.platform_unknown"),
    "issuer with NUL": ({"iss": "https://lms\0.example.org"}, "login.parameter"),
    "issuer of a megabyte": ({"iss": "https://" + "x" * 1_000_000}, "login.parameter"),
    "S10 target of another host": ({"target_link_uri": "https://evil.example.org/"}, "launch.target"),
    "hint of a megabyte": ({"login_hint": "x" * 1_000_000}, "login.parameter"),
    "storage target with a line break": ({"lti_storage_target": "a\nb"}, "login.parameter"),
}


@pytest.mark.parametrize("case", BAD_LOGINS)
def test_bad_login_is_explained(lms, visitor, case):
    changes, code = BAD_LOGINS[case]
    response = visitor.post("/lti/login/", lms.login_parameters(**changes))
    assert response.status_code == 400
    assert LaunchRecord.objects.get().code == code
    assert LoginState.objects.count() == 0


@pytest.mark.parametrize("name", ["login_hint", "lti_message_hint"])
def test_s22_hints_that_name_a_person_are_never_kept_or_shown(lms, visitor, caplog, name):
    page = visitor.post("/lti/login/", lms.login_parameters(**{name: "person-secret\0"})).content.decode()
    record = LaunchRecord.objects.get()
    assert (record.code, record.received) == ("login.parameter", "14 characters")
    assert "person-secret" not in page + caplog.text + repr(vars(record))


def test_issuer_that_differs_by_a_slash_is_named(lms, visitor):
    response = visitor.post("/lti/login/", lms.login_parameters(iss="https://lms.example.org/"))
    assert LaunchRecord.objects.get().expected == "https://lms.example.org"
    assert "trailing slash" in response.content.decode()


def test_login_without_client_id_works_where_the_issuer_has_one_registration(lms, visitor):
    assert lms.begin(visitor, client_id=GONE)["client_id"] == "client-lms"


def test_login_without_client_id_is_told_apart_by_deployment(lms, visitor, web, organisation):
    second = add_platform(web, organisation, name="second")
    type(second.row).objects.filter(pk=second.row.pk).update(issuer=lms.row.issuer)
    Deployment.objects.filter(platform=second.row).update(deployment_id="2")
    assert lms.begin(visitor, client_id=GONE, lti_deployment_id="2")["client_id"] == "client-second"
    assert lms.begin(visitor, client_id=GONE, lti_deployment_id="1")["client_id"] == "client-lms"
    response = visitor.post("/lti/login/", lms.login_parameters(client_id=GONE, lti_deployment_id=GONE))
    assert (response.status_code, LaunchRecord.objects.first().code) == (400, "login.client_ambiguous")


def test_foreign_text_on_a_page_is_escaped(lms, visitor):
    hostile = '"><script>alert(1)</script>'
    response = visitor.post("/lti/login/", lms.login_parameters(iss=hostile))
    assert "<script>alert" not in response.content.decode()


def test_problem_page_may_be_framed_and_runs_no_script(lms, visitor):
    response = visitor.post("/lti/login/", lms.login_parameters(iss="https://nobody.example.org"))
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "unsafe-inline" not in policy
    assert "<script" not in response.content.decode()


# --- Platform storage and a window of its own


def test_k2_login_with_platform_storage_keeps_the_secret_in_both_places(lms, visitor):
    response = visitor.post("/lti/login/", lms.login_parameters(lti_storage_target="_parent"))
    page = response.content.decode()
    row = LoginState.objects.get()
    secret = binding(response).partition("=")[2].partition(";")[0]
    assert response.status_code == 200
    assert f'data-key="{row.state}"' in page
    assert f'data-value="{secret}"' in page
    assert 'data-origin="https://lms.example.org"' in page
    assert 'data-frame="_parent"' in page


def stored_launch(lms, visitor, stranger, **fields):
    """Log in with storage in one visitor, launch in one that lost its cookies."""
    response = visitor.post("/lti/login/", lms.login_parameters(lti_storage_target="_parent"))
    row = LoginState.objects.get()
    secret = binding(response).partition("=")[2].partition(";")[0]
    token = lms.sign(lms.claims(row.nonce))
    posted = {"id_token": token, "state": row.state, **fields}
    return secret, stranger.post("/lti/launch/", posted), posted


def test_k2_lost_cookie_is_made_good_by_platform_storage(lms, visitor, stranger):
    secret, page, posted = stored_launch(lms, visitor, stranger)
    assert "from-storage" in page.content.decode()
    response = stranger.post("/lti/launch/", {**posted, "asked_storage": "1", "binding": secret})
    assert response.status_code == 303


def test_k5_storage_that_gives_nothing_leads_to_a_new_tab(lms, visitor, stranger):
    _, page, posted = stored_launch(lms, visitor, stranger, asked_storage="1", binding="")
    text = page.content.decode()
    assert "from-storage" not in text
    assert f"/lti/window/{posted['state']}/" in text


def test_k2_wrong_secret_from_storage_is_refused(lms, visitor, stranger):
    _, _, posted = stored_launch(lms, visitor, stranger)
    response = stranger.post("/lti/launch/", {**posted, "asked_storage": "1", "binding": "guessed"})
    assert (response.status_code, LaunchRecord.objects.get().code) == (400, "launch.other_browser")


def test_k5_new_tab_begins_the_same_login_again(lms, visitor, stranger):
    asked = lms.begin(visitor)
    response = stranger.get(f"/lti/window/{asked['state']}/")
    again = {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}
    assert (again["login_hint"], again["lti_message_hint"]) == ("person-7", '{"cmid": 3}')
    assert again["state"] != asked["state"]
    assert post_launch(stranger, lms.sign(lms.claims(again["nonce"])), again["state"]).status_code == 303


def test_new_tab_for_a_made_up_state_is_explained(lms, stranger):
    assert stranger.get(f"/lti/window/{'a' * 43}/").status_code == 400
    assert LaunchRecord.objects.get().code == "launch.state_unknown"


def test_first_login_in_a_frame_checks_that_cookies_last(lms, visitor):
    framed = {"Sec-Fetch-Dest": "iframe"}
    page = visitor.post("/lti/login/", lms.login_parameters(), headers=framed)
    assert (page.status_code, 'data-check="/lti/cookies/"' in page.content.decode()) == (200, True)
    assert visitor.get("/lti/cookies/").json() == {"last": True}
    assert visitor.post("/lti/login/", lms.login_parameters(), headers=framed).status_code == 302


def test_browser_that_loses_cookies_hears_so(stranger):
    assert stranger.get("/lti/cookies/").json() == {"last": False}
