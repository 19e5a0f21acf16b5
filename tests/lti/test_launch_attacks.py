"""Launches that must not get in, over real HTTP: each ends with a page, a stable code, and nothing made.

Names begin with the requirement that they try: S1 to S22 security, D1 deep linking, X1 unknown messages. What needs
more than a changed token is in test_launch_requirements; the certification suite's own cases in test_certification.
"""

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from foundation.api import TimedOut
from learning.api import Learner, Participation
from lti.models import LaunchRecord, LoginState, PlatformStatus
from tests.lti.conftest import add_platform
from tests.lti.fake_web import answer
from tests.lti.signing_platform import GONE, LEARNER, post_launch, public_jwk, rsa_key, unsigned

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
NOW = time.time


def assert_refused(response, code):
    assert 400 <= response.status_code < 500 or code == "launch.keys_unreachable", response.content
    assert LaunchRecord.objects.get(code=code)
    assert LaunchRecord.objects.count() == 1
    assert code in response.content.decode()
    assert Participation.objects.count() == Learner.objects.count() == 0


BAD_CLAIMS = {
    # audience and authorised party
    "S3 audience of another client": ({"aud": "client-else"}, "launch.audience"),
    "S3 audience list without us": ({"aud": ["client-a", "client-b"]}, "launch.audience"),
    "S3 untrusted second audience": ({"aud": ["client-lms", "client-else"]}, "launch.audience"),
    "S3 azp of another party": ({"azp": "client-else"}, "launch.authorised_party"),
    "S3 azp other among several": ({"aud": ["client-lms", "x"], "azp": "x"}, "launch.authorised_party"),
    "S3 audience empty list": ({"aud": []}, "launch.audience"),
    "S3 audience a number": ({"aud": 7}, "launch.audience"),
    "S3 audience an object": ({"aud": {"client-lms": 1}}, "launch.audience"),
    "S3 audience list with a number": ({"aud": ["client-lms", 7], "azp": "client-lms"}, "launch.audience"),
    "S3 issuer of another platform": ({"iss": "https://evil.example.org"}, "launch.issuer"),
    "S3 issuer with a slash": ({"iss": "https://lms.example.org/"}, "launch.issuer"),
    "S12 issuer a list": ({"iss": ["https://lms.example.org"]}, "launch.issuer"),
    # times
    "S4 exp missing": ({"exp": GONE}, "launch.time_missing"),
    "S4 iat missing": ({"iat": GONE}, "launch.time_missing"),
    "S4 exp as text": ({"exp": "tomorrow"}, "launch.time_missing"),
    "S4 iat true": ({"iat": True}, "launch.time_missing"),
    "S5 expired two minutes ago": (lambda: {"iat": NOW() - 300, "exp": NOW() - 120}, "launch.expired"),
    "S5 issued ten years ago, still valid": (lambda: {"iat": NOW() - 315_000_000, "exp": NOW() + 60}, "launch.expired"),
    "S5 issued in an hour": (lambda: {"iat": NOW() + 3600, "exp": NOW() + 7200}, "launch.from_future"),
    "S5 not valid yet": (lambda: {"nbf": NOW() + 3600}, "launch.from_future"),
    "S12 huge iat": ({"iat": 10**400, "exp": 10**401}, "launch.from_future"),
    # nonce
    "S6 nonce missing": ({"nonce": GONE}, "launch.nonce"),
    "S6 nonce never issued": ({"nonce": "made-up"}, "launch.nonce"),
    "S12 nonce a list": ({"nonce": ["x"]}, "launch.nonce"),
    # message
    "X1 message type unknown": ({"message_type": "LtiEulaRequest"}, "launch.message_unsupported"),
    "S12 message type a list": ({"message_type": ["LtiResourceLinkRequest"]}, "launch.message_type"),
    "D1 deep link without return url": (
        {"message_type": "LtiDeepLinkingRequest", "deep_linking": {"accept_types": ["ltiResourceLink"]}},
        "launch.claim",
    ),
    "S17 deep link returning to script": (
        {
            "message_type": "LtiDeepLinkingRequest",
            "deep_linking": {"accept_types": ["ltiResourceLink"], "deep_link_return_url": "javascript:alert(1)"},
        },
        "launch.claim",
    ),
    "S12 deep link settings null": ({"message_type": "LtiDeepLinkingRequest", "deep_linking": None}, "launch.claim"),
    "S20 deep link by a learner": (
        {
            "message_type": "LtiDeepLinkingRequest",
            "deep_linking": {"accept_types": ["ltiResourceLink"], "deep_link_return_url": "https://lms.example.org/r"},
        },
        "deep_link.not_teacher",
    ),
    "S9 target missing": ({"target": GONE}, "launch.target"),
    "S9 target of another host": ({"target": "https://evil.example.org/lti/launch/"}, "launch.target"),
    "S9 target that only begins like ours": ({"target": "http://localhost:9100.evil.org/"}, "launch.target"),
    "S9 target that is no address": ({"target": "https://["}, "launch.target"),
    "S9 target with our host as its user": ({"target": "http://localhost:9100@evil.org/"}, "launch.target"),
    "S12 target a list": ({"target": ["http://localhost:9100/"]}, "launch.target"),
    "S8 deployment unknown": ({"deployment_id": "other"}, "launch.deployment_unknown"),
    "S11 deployment a number": ({"deployment_id": 1}, "launch.claim"),
    "S12 deployment null": ({"deployment_id": None}, "launch.deployment_missing"),
    "S11 deployment too long": ({"deployment_id": "d" * 256}, "launch.claim"),
    # lengths, types, shapes
    "S11 sub too long": ({"sub": "s" * 256}, "launch.claim"),
    "S11 sub a number": ({"sub": 7}, "launch.claim"),
    "S11 sub with NUL": ({"sub": "a\0b"}, "launch.claim"),
    "S12 sub a list": ({"sub": ["a"]}, "launch.claim"),
    "S11 resource link id too long": ({"resource_link": {"id": "r" * 256}}, "launch.claim"),
    "S11 resource link id a number": ({"resource_link": {"id": 5}}, "launch.claim"),
    "S12 resource link a list": ({"resource_link": ["link-1"]}, "launch.claim"),
    "S12 context a text": ({"context": "course-1"}, "launch.claim"),
    "S11 context id a number": ({"context": {"id": 3}}, "launch.claim"),
    "S12 roles a text": ({"roles": LEARNER}, "launch.claim"),
    "S12 roles with a number": ({"roles": [LEARNER, 7]}, "launch.claim"),
    "S12 roles an object": ({"roles": {LEARNER: 1}}, "launch.claim"),
    "S12 custom a list": ({"custom": ["x"]}, "launch.claim"),
    "S12 custom target unreadable": ({"custom": {"branchwise_target": "scenario:../../etc"}}, "launch.content_missing"),
    "S12 presentation a text": ({"presentation": "iframe"}, "launch.claim"),
}


@pytest.mark.parametrize("case", BAD_CLAIMS)
def test_bad_claims_are_refused(lms, visitor, case):
    changes, code = BAD_CLAIMS[case]
    changes = changes() if callable(changes) else changes
    assert_refused(lms.launch(visitor, **changes), code)


BAD_BODIES = {
    "S12 body a list": (b"[1, 2]", "launch.token_malformed"),
    "S12 body null": (b"null", "launch.token_malformed"),
    "S12 body text": (b'"hello"', "launch.token_malformed"),
    "S12 body no JSON": (b"{", "launch.token_malformed"),
    "S12 body bad UTF-8": (b'{"iss": "\xff\xfe"}', "launch.token_malformed"),
    "S12 body lone surrogate": (b'{"iss": "\\ud800"}', "launch.token_malformed"),
    "S12 body deep": (b'{"a":' * 5000 + b"1" + b"}" * 5000, "launch.token_malformed"),
    "S12 body huge": (b'{"a": "' + b"x" * 200_000 + b'"}', "launch.token_malformed"),
    "S12 body with NaN": (b'{"iss": NaN}', "launch.token_malformed"),
}


@pytest.mark.parametrize("case", BAD_BODIES)
def test_bad_bodies_are_refused(lms, visitor, case):
    body, code = BAD_BODIES[case]
    assert_refused(lms.launch(visitor, token=lms.sign(body)), code)


def test_s11_names_with_nul_are_kept_without_it(lms, visitor):
    """PostgreSQL takes a NUL in no text: the record of the refusal would fail, and the page with it."""
    odd = {"a\0b": 1, "https://x.example/\0": {"c\0": 2}}
    assert_refused(lms.launch(visitor, custom={"branchwise_target": odd}, roles="none", **odd), "launch.claim")
    kept = LaunchRecord.objects.get().claims
    assert {"a\ufffdb", "https://x.example/\ufffd"} <= set(kept["also_present"])
    assert set(kept["custom"]["branchwise_target"]) == {"a\ufffdb", "https://x.example/\ufffd"}


def public_pem(platform):
    return platform.key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def hmac_token(lms, body):
    """HS256 keyed with the public key, as if it were a shared secret (made by hand: libraries refuse to)."""

    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    signed = part({"alg": "HS256", "typ": "JWT", "kid": lms.kid}) + b"." + part(body)
    mac = hmac.new(public_pem(lms), signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def tampered(lms, body):
    head, _, signature = lms.sign(body).split(".")
    forged = base64.urlsafe_b64encode(json.dumps({**body, "sub": "admin"}).encode()).rstrip(b"=").decode()
    return f"{head}.{forged}.{signature}"


BAD_SIGNATURES = {
    "S1 algorithm none": (lambda lms, body: unsigned(body), "launch.algorithm"),
    "S1 HS256 with the public key": (hmac_token, "launch.algorithm"),
    "S1 RS512": (lambda lms, body: lms.sign(body, algorithm="RS512"), "launch.algorithm"),
    "S1 PS256": (lambda lms, body: lms.sign(body, algorithm="PS256"), "launch.algorithm"),
    "S2 another key under our kid": (lambda lms, body: lms.sign(body, key=rsa_key("evil")), "launch.signature"),
    "S2 tampered body": (tampered, "launch.signature"),
    "S2 signature cut off": (lambda lms, body: lms.sign(body).rpartition(".")[0] + ".", "launch.signature"),
    "S2 key in the header": (
        lambda lms, body: lms.sign(body, key=rsa_key("evil"), kid="evil", jwk=public_jwk(rsa_key("evil"), "evil")),
        "launch.key_unknown",
    ),
    "S2 key address in the header": (
        lambda lms, body: lms.sign(body, key=rsa_key("evil"), kid="evil", jku="https://evil.example.org/jwks"),
        "launch.key_unknown",
    ),
    "S12 two parts": (lambda lms, body: ".".join(lms.sign(body).split(".")[:2]), "launch.token_malformed"),
    "S12 no token at all": (lambda lms, body: "", "launch.token_missing"),
    "S12 token with accents": (lambda lms, body: "é.é.é", "launch.token_malformed"),
    "S12 not base64": (lambda lms, body: "!!.??.##", "launch.token_malformed"),
}


@pytest.mark.parametrize("case", BAD_SIGNATURES)
def test_bad_signatures_are_refused(lms, visitor, case):
    make, code = BAD_SIGNATURES[case]
    asked = lms.begin(visitor)
    token = make(lms, lms.claims(asked["nonce"]))
    assert_refused(post_launch(visitor, token, asked["state"]), code)


def test_s13_short_key_is_refused(lms, visitor, web):
    weak = rsa_key("weak", 1024)
    web.serve_json(lms.row.jwks_url, {"keys": [public_jwk(weak, "key-1")]})
    asked = lms.begin(visitor)
    head = base64.urlsafe_b64encode(json.dumps({"alg": "RS256", "kid": "key-1"}).encode()).rstrip(b"=")
    body = base64.urlsafe_b64encode(json.dumps(lms.claims(asked["nonce"])).encode()).rstrip(b"=")
    signature = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(head + b"." + body, weak)
    token = b".".join([head, body, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()
    assert_refused(post_launch(visitor, token, asked["state"]), "launch.key_weak")


def test_s2_key_of_another_platform_is_refused(lms, visitor, web, organisation):
    other = add_platform(web, organisation, name="other", key="second")
    asked = lms.begin(visitor)
    token = other.sign(lms.claims(asked["nonce"]), kid="key-1")
    assert_refused(post_launch(visitor, token, asked["state"]), "launch.signature")


def test_s7_token_of_one_platform_does_not_answer_the_login_at_another(lms, visitor, web, organisation):
    """IdP mix-up: the login went to A, the token comes from B, both are registered."""
    other = add_platform(web, organisation, name="other", key="second")
    asked = lms.begin(visitor)
    token = other.sign(other.claims(asked["nonce"]))
    assert_refused(post_launch(visitor, token, asked["state"]), "launch.issuer")


def test_s6_same_post_twice_enters_once(lms, visitor):
    asked = lms.begin(visitor)
    token = lms.sign(lms.claims(asked["nonce"]))
    assert post_launch(visitor, token, asked["state"]).status_code == 303
    again = post_launch(visitor, token, asked["state"])
    assert (again.status_code, LaunchRecord.objects.first().code) == (400, "launch.state_unknown")
    assert Participation.objects.count() == 1


def test_s6_token_is_not_replayed_with_a_new_login(lms, visitor):
    first = lms.begin(visitor)
    token = lms.sign(lms.claims(first["nonce"]))
    post_launch(visitor, token, first["state"])
    second = lms.begin(visitor)
    assert post_launch(visitor, token, second["state"]).status_code == 400
    assert LaunchRecord.objects.first().code == "launch.nonce"


def test_s6_nonce_of_one_login_does_not_fit_the_state_of_another(lms, visitor):
    first, second = lms.begin(visitor), lms.begin(visitor)
    token = lms.sign(lms.claims(second["nonce"]))
    assert_refused(post_launch(visitor, token, first["state"]), "launch.nonce")


def test_s7_state_of_another_browser_is_not_taken(lms, visitor, stranger):
    asked = lms.begin(visitor)
    mine = lms.begin(stranger)
    token = lms.sign(lms.claims(asked["nonce"]))
    [secret] = [each.value for name, each in stranger.cookies.items() if not name.endswith("cookies-last")]
    response = stranger.post("/lti/launch/", {"id_token": token, "state": asked["state"], "binding": secret})
    assert_refused(response, "launch.other_browser")
    assert mine["state"] != asked["state"]


def test_s7_browser_without_the_cookie_does_not_get_in(lms, visitor, stranger):
    asked = lms.begin(visitor)
    response = post_launch(stranger, lms.sign(lms.claims(asked["nonce"])), asked["state"])
    assert response.status_code == 200
    assert "new tab" in response.content.decode()
    assert Participation.objects.count() == 0


def test_s7_state_dies_after_ten_minutes(lms, visitor):
    asked = lms.begin(visitor)
    row = LoginState.objects.get()
    row.expires_at -= timedelta(minutes=11)
    row.save()
    assert_refused(post_launch(visitor, lms.sign(lms.claims(asked["nonce"])), asked["state"]), "launch.state_unknown")


@pytest.mark.parametrize("state", ["", "x", "\0" * 43, "é" * 43, "a" * 43, "x" * 100_000], ids=range(6))
def test_s7_made_up_state_is_refused(lms, visitor, state):
    asked = lms.begin(visitor)
    response = post_launch(visitor, lms.sign(lms.claims(asked["nonce"])), state)
    assert_refused(response, "launch.state_missing" if not state else "launch.state_unknown")


def test_s21_launch_by_get_is_refused(lms, visitor):
    asked = lms.begin(visitor)
    token = lms.sign(lms.claims(asked["nonce"]))
    response = visitor.get("/lti/launch/", {"id_token": token, "state": asked["state"]})
    assert response.status_code == 405
    assert_refused(response, "launch.method")


@pytest.mark.parametrize("status", [PlatformStatus.PENDING, PlatformStatus.SUSPENDED])
def test_platform_that_is_not_active_does_not_launch(lms, visitor, status):
    asked = lms.begin(visitor)
    type(lms.row).objects.update(status=status)
    response = post_launch(visitor, lms.sign(lms.claims(asked["nonce"])), asked["state"])
    assert_refused(response, f"platform.{status.value}")


def test_suspended_deployment_does_not_launch(lms, visitor):
    lms.row.deployments.update(is_active=False)
    assert_refused(lms.launch(visitor), "launch.deployment_unknown")


def test_s8_deployment_of_another_client_does_not_count(lms, visitor, web, organisation):
    add_platform(web, organisation, name="other", deployment_id="9")
    assert_refused(lms.launch(visitor, deployment_id="9"), "launch.deployment_unknown")


def test_s18_refusal_by_the_lms_is_explained(lms, visitor):
    asked = lms.begin(visitor)
    response = visitor.post(
        "/lti/launch/", {"error": "login_required", "error_description": "<b>x</b>", "state": asked["state"]}
    )
    assert_refused(response, "launch.lms_refused")
    assert "<b>x" not in response.content.decode()
    assert LaunchRecord.objects.get().platform == lms.row


BAD_KEY_SETS = {
    "S14 500 with JSON": (500, {"keys": []}),
    "S14 redirect": (302, b""),
    "S14 a web page": (200, b"<html>sign in</html>"),
    "S14 a list": (200, []),
    "S14 no keys": (200, {"keys": []}),
    "S14 keys a text": (200, {"keys": "none"}),
    "S14 keys of numbers": (200, {"keys": [1, None, "x", {"kid": 7}]}),
    "S14 an empty answer": (200, b""),
}


@pytest.mark.parametrize("case", BAD_KEY_SETS)
def test_s14_unusable_key_set_is_explained_and_not_kept(lms, visitor, web, case):
    status, document = BAD_KEY_SETS[case]
    good = web.handlers["GET", lms.row.jwks_url]
    web.on("GET", lms.row.jwks_url, lambda call: answer(call, status, document))
    assert_refused(lms.launch(visitor), "launch.keys_unreachable")
    web.handlers["GET", lms.row.jwks_url] = good
    type(lms.row).objects.update(key_set_tried_at=None)
    assert lms.launch(visitor).status_code == 303


def test_s14_slow_key_set_is_explained(lms, visitor, web):
    web.on("GET", lms.row.jwks_url, lambda call: TimedOut("too slow"))
    assert_refused(lms.launch(visitor), "launch.keys_unreachable")


def test_s15_rotated_key_is_found_and_a_flood_of_kids_costs_one_fetch(lms, visitor, web):
    assert lms.launch(visitor).status_code == 303
    assert len(web.made("GET", lms.row.jwks_url)) == 1
    type(lms.row).objects.update(key_set_tried_at=None)
    lms.key, lms.kid = rsa_key("second"), "key-2"
    assert lms.launch(visitor).status_code == 303
    assert len(web.made("GET", lms.row.jwks_url)) == 2
    for number in range(5):
        asked = lms.begin(visitor)
        token = lms.sign(lms.claims(asked["nonce"]), kid=f"spray-{number}")
        assert post_launch(visitor, token, asked["state"]).status_code == 400
    assert len(web.made("GET", lms.row.jwks_url)) == 2


def test_s5_clock_a_little_off_is_forgiven(lms, visitor):
    assert lms.launch(visitor, iat=NOW() + 5).status_code == 303
    assert lms.launch(visitor, iat=NOW() - 60, exp=NOW() - 5).status_code == 303


def test_s3_several_audiences_with_azp_are_accepted(lms, visitor):
    assert lms.launch(visitor, aud=["other", "client-lms"], azp="client-lms").status_code == 303
    assert lms.launch(visitor, aud=["client-lms"]).status_code == 303


def test_s22_failed_launch_keeps_no_person_and_no_secret(lms, visitor, caplog):
    lms.launch(
        visitor,
        version="2.0",
        sub="person-secret",
        name="Ada Secret",
        email="ada@example.org",
        launch_presentation={"return_url": "https://lms.example.org/?sesskey=hidden"},
    )
    record = LaunchRecord.objects.get()
    kept = json.dumps(record.claims) + caplog.text
    assert record.claims["version"] == "2.0"
    for secret in ("person-secret", "Ada Secret", "ada@example.org", "sesskey", "eyJ"):
        assert secret not in kept


def test_s16_no_launch_touches_a_session(lms, visitor):
    assert lms.launch(visitor).status_code == 303
    assert "sessionid" not in visitor.cookies
