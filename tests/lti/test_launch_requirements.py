"""Requirements on launches that take more than a changed token to try: keys, servers, sessions, roles, two platforms."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

import pytest

from foundation.api import client_for_this_site
from learning.api import Learner, Participation
from lti import key_sets
from lti.models import GradeDelivery, GradeState, GradeTarget, LaunchRecord
from tests.lti.conftest import SCENARIO, add_platform
from tests.lti.fake_lms import FakeLms
from tests.lti.grading import deliver, give_grade
from tests.lti.signing_platform import LEARNER, TEACHER, post_launch, public_jwk
from tests.lti.test_deep_linking import ITEMS, begin, choose
from tests.lti.test_launch_attacks import assert_refused, hmac_token

LIS = "http://purl.imsglobal.org/vocab/lis/v2/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
FIRST_TEACHER = LIS + "membership/Instructor#PrimaryInstructor"


@pytest.mark.parametrize("drops_alg", [False, True], ids=["key names RS256", "key names no algorithm"])
def test_s1_public_key_is_no_shared_secret(lms, visitor, web, drops_alg):
    jwk = public_jwk(lms.key, lms.kid)
    if drops_alg:
        del jwk["alg"]
    web.serve_json(lms.row.jwks_url, {"keys": [jwk]})
    asked = lms.begin(visitor)
    token = hmac_token(lms, lms.claims(asked["nonce"]))
    assert_refused(post_launch(visitor, token, asked["state"]), "launch.algorithm")


def test_s1_key_meant_for_another_algorithm_is_none_of_ours(lms, visitor, web):
    web.serve_json(lms.row.jwks_url, {"keys": [{**public_jwk(lms.key, lms.kid), "alg": "RS512"}]})
    assert_refused(lms.launch(visitor), "launch.keys_unreachable")


def test_s2_kid_of_the_other_platform_is_not_found(lms, visitor, web, organisation):
    other = add_platform(web, organisation, name="other", key="second")
    other.kid = "key-of-the-other"
    asked = lms.begin(visitor)
    token = other.sign(lms.claims(asked["nonce"]))
    assert_refused(post_launch(visitor, token, asked["state"]), "launch.key_unknown")


def test_s6_second_token_with_the_same_nonce_is_refused(lms, visitor):
    asked = lms.begin(visitor)
    assert post_launch(visitor, lms.sign(lms.claims(asked["nonce"])), asked["state"]).status_code == 303
    other = lms.sign(lms.claims(asked["nonce"], sub="person-8"))
    assert post_launch(visitor, other, asked["state"]).status_code == 400
    assert LaunchRecord.objects.first().code == "launch.state_unknown"
    assert Learner.objects.count() == 1


def test_s7_login_at_another_platform_of_the_same_issuer_does_not_count(lms, visitor, web, organisation):
    """Two registrations at one issuer (as in Canvas): the client of the login decides."""
    other = add_platform(web, organisation, name="other")
    type(other.row).objects.filter(pk=other.row.pk).update(issuer=lms.row.issuer)
    asked = lms.begin(visitor)
    token = lms.sign(lms.claims(asked["nonce"], aud=other.row.client_id))
    assert_refused(post_launch(visitor, token, asked["state"]), "launch.audience")


def test_s10_signed_target_decides_and_not_the_one_of_the_login(lms, visitor):
    asked = lms.begin(visitor, target_link_uri="http://localhost:9100/elsewhere/?target=scenario:x")
    assert asked["redirect_uri"] == "http://localhost:9100/lti/launch/"
    response = post_launch(visitor, lms.sign(lms.claims(asked["nonce"])), asked["state"])
    assert (response.status_code, urlsplit(response["Location"]).path[:6]) == (303, "/play/")
    assert Participation.objects.get().placement.target_uuid == SCENARIO


# --- S14: what is fetched, with the guarded client itself


@pytest.fixture
def real_calls(web, monkeypatch, settings):
    """Let key sets be fetched by the site's own client."""
    monkeypatch.setattr(key_sets, "client_for_this_site", client_for_this_site)
    client_for_this_site.cache_clear()
    yield settings
    client_for_this_site.cache_clear()


@contextmanager
def answering(status, body, **headers):
    """Serve one answer to everything on a port of this machine; yields its address and the paths asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/jwks", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/jwks", "https://169.254.169.254/latest", "http://example.org/jwks", "https://[::1]/"]
)
def test_s14_key_set_inside_our_own_network_is_never_fetched(lms, visitor, real_calls, url):
    type(lms.row).objects.update(jwks_url=url)
    assert_refused(lms.launch(visitor), "launch.keys_unreachable")


def test_s14_key_set_on_this_machine_is_not_asked_for(lms, visitor, real_calls):
    with answering(200, b"{}") as (url, asked):
        type(lms.row).objects.update(jwks_url=url)
        assert_refused(lms.launch(visitor), "launch.keys_unreachable")
    assert asked == []


def test_s14_redirect_of_a_key_set_is_not_followed(lms, visitor, real_calls):
    real_calls.ALLOW_LOOPBACK = True
    with answering(200, b"{}") as (secret, reached), answering(302, b"", Location=secret) as (url, _):
        type(lms.row).objects.update(jwks_url=url)
        assert_refused(lms.launch(visitor), "launch.keys_unreachable")
    assert reached == []


def test_s14_key_set_of_endless_size_is_cut_off(lms, visitor, real_calls):
    real_calls.ALLOW_LOOPBACK = True
    with answering(200, b'{"keys": "' + b"x" * 400_000 + b'"}') as (url, _):
        type(lms.row).objects.update(jwks_url=url)
        assert_refused(lms.launch(visitor), "launch.keys_unreachable")


# --- sessions, services, roles


def test_s16_planted_session_is_neither_used_nor_kept(lms, visitor):
    visitor.cookies["sessionid"] = "planted-by-somebody-else"
    response = lms.launch(visitor)
    assert response.status_code == 303
    assert "sessionid" not in response.cookies
    assert "planted" not in response["Location"]


def test_s19_column_of_another_platform_gets_neither_token_nor_score(lms, visitor, web, organisation):
    other = add_platform(web, organisation, name="other", key="second")
    theirs = FakeLms(web, other.row.issuer)
    FakeLms(web, lms.row.issuer)
    lms.extra[AGS] = theirs.endpoint
    assert lms.launch(visitor).status_code == 303
    give_grade(Participation.objects.get(), "0.9")
    deliver()
    target = GradeTarget.objects.get()
    assert theirs.posts() == [] and theirs.tokens == 0
    assert target.state != GradeState.DELIVERED
    assert "is not a host of" in (target.last_error + GradeDelivery.objects.first().note)


SEEN_AS = {
    "primary instructor": ([FIRST_TEACHER], "/coach/"),
    "teaching assistant as sub-role": ([LIS + "membership/Instructor#TeachingAssistant"], "/coach/"),
    "instructor here, student of the institution": ([TEACHER, LIS + "institution/person#Student"], "/coach/"),
    "learner here, faculty of the institution": ([LEARNER, LIS + "institution/person#Faculty"], "/play/"),
    "learner here, administrator of the system": ([LEARNER, LIS + "system/person#Administrator"], "/play/"),
    "instructor of the institution alone": ([LIS + "institution/person#Instructor"], "/coach/"),
    "made-up role": (["urn:x#Instructor"], "/play/"),
    "role that only ends like a teacher": ([LIS + "membership#NotInstructor"], "/play/"),
}


@pytest.mark.parametrize("case", SEEN_AS)
def test_s20_roles_in_the_course_decide(lms, visitor, case):
    roles, path = SEEN_AS[case]
    assert path in lms.launch(visitor, roles=roles)["Location"]


def test_s20_demoted_teacher_is_a_learner_at_once(lms, visitor):
    assert "/coach/" in lms.launch(visitor, roles=[FIRST_TEACHER])["Location"]
    assert "/play/" in lms.launch(visitor, roles=[LEARNER])["Location"]


def test_k6_what_follows_a_launch_needs_no_cookie(lms, visitor, stranger):
    """The bearer travels in the fragment: a browser that keeps nothing opens the page it leads to."""
    parts = urlsplit(lms.launch(visitor)["Location"])
    page = stranger.get(parts.path)
    assert (page.status_code, list(page.cookies)) == (200, [])
    assert parts.fragment not in page.content.decode()


# --- D1: settings of a deep linking request

SETTINGS = {
    "files only": ({"accept_types": ["file"]}, None),
    "no types": ({"accept_types": []}, None),
    "types a text": ({"accept_types": "ltiResourceLink"}, None),
    "links among others": ({"accept_types": ["link", "ltiResourceLink", "html"]}, 2),
    "several as text": ({"accept_multiple": "true"}, 2),
    "one": ({"accept_multiple": False}, 1),
    "one as text": ({"accept_multiple": "false"}, 1),
    "several not said": ({"accept_multiple": None}, 1),
    "unknown targets": ({"accept_presentation_document_targets": ["hologram"]}, 2),
    "made at once": ({"auto_create": True}, 2),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_d1_settings_are_respected(lms, visitor, case):
    settings, count = SETTINGS[case]
    if count is None:
        assert begin(lms, visitor, settings).status_code == 400
        assert LaunchRecord.objects.get().code == "launch.claim"
        return
    from tests.lti.conftest import COURSE

    _, body = choose(lms, visitor, [f"scenario:{SCENARIO}", f"course:{COURSE}"], settings)
    assert len(body[ITEMS]) == count
