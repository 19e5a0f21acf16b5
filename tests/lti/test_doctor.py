"""The launch doctor: a kept launch says what was wrong in that LMS's words, and is checked again after a change."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.api import Organisation
from lti import problems, replay, troubleshooting
from lti.models import Deployment, LaunchRecord, PlatformStatus
from lti.products import PRODUCTS
from tests.lti.conftest import SCENARIO, add_platform
from tests.lti.signing_platform import GONE, public_jwk, rsa_key
from tests.lti.test_admin import sign_in

DOCS = Path(__file__).resolve().parents[2] / "docs" / "lms"


@pytest.fixture
def admin(organisation):
    return sign_in(organisation)


def failed(lms, visitor, **changes):
    response = lms.launch(visitor, **changes)
    assert response.status_code >= 400
    return LaunchRecord.objects.latest("pk")


def outcome(record):
    found = replay.replay(LaunchRecord.objects.get(pk=record.pk))
    return found.problem.code if found.problem else "ok"


def test_page_says_where_to_press_in_that_lms(lms, visitor):
    type(lms.row).objects.update(product="moodle")
    page = lms.launch(visitor, deployment_id="9").content.decode()
    assert "For those who look after Moodle" in page
    assert "View configuration details" in page
    type(lms.row).objects.update(product="unheard-of")
    assert "For those who look after" not in lms.launch(visitor, deployment_id="9").content.decode()


def test_unknown_deployment_comes_in_once_it_is_added(lms, visitor, organisation):
    record = failed(lms, visitor, deployment_id="9")
    assert outcome(record) == "launch.deployment_unknown"
    Deployment.objects.create(platform=lms.row, organisation=organisation, deployment_id="9")
    assert outcome(record) == "ok"


def test_replay_adds_no_deployment(lms, visitor):
    record = failed(lms, visitor, deployment_id="9")
    lms.row.settings = {"new_deployments": "add"}
    lms.row.save()
    assert (outcome(record), Deployment.objects.count()) == ("ok", 1)


def test_person_who_is_missing_comes_in_once_that_is_allowed(lms, visitor):
    record = failed(lms, visitor, sub=GONE)
    assert outcome(record) == "launch.user_missing"
    lms.row.settings = {"without_person": "allow"}
    lms.row.save()
    assert outcome(record) == "ok"


def test_content_that_was_published_meanwhile_is_found(lms, visitor, content):
    kept, content.all = content.all, []
    record = failed(lms, visitor)
    assert outcome(record) == "launch.content_gone"
    content.all = kept
    assert outcome(record) == "ok"


def test_suspended_platform_says_so_until_it_is_approved(lms, visitor):
    asked = lms.begin(visitor)
    type(lms.row).objects.update(status=PlatformStatus.SUSPENDED)
    visitor.post("/lti/launch/", {"id_token": lms.sign(lms.claims(asked["nonce"])), "state": asked["state"]})
    record = LaunchRecord.objects.get()
    assert outcome(record) == "platform.suspended"
    type(lms.row).objects.update(status=PlatformStatus.ACTIVE)
    assert outcome(record) == "ok"


def test_corrected_client_id_helps(lms, visitor):
    record = failed(lms, visitor, aud="new-client")
    assert outcome(record) == "launch.audience"
    type(lms.row).objects.update(client_id="new-client")
    assert outcome(record) == "ok"


def test_key_that_is_published_meanwhile_helps(lms, visitor, web):
    web.serve_json(lms.row.jwks_url, {"keys": [public_jwk(rsa_key("second"), "key-2")]})
    record = failed(lms, visitor)
    assert (record.code, outcome(record)) == ("launch.key_unknown", "launch.key_unknown")
    type(lms.row).objects.update(key_set_tried_at=None)
    web.serve_json(lms.row.jwks_url, {"keys": [public_jwk(lms.key, lms.kid)]})
    assert outcome(record) == "ok"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sub": "s" * 256}, "launch.claim"),
        ({"sub": "a\0b"}, "launch.claim"),
        ({"sub": 7}, "launch.claim"),
        ({"resource_link": {"id": 5}}, "launch.claim"),
        ({"roles": "Learner"}, "launch.claim"),
        ({"custom": ["x"]}, "launch.claim"),
        ({"target": "https://evil.example.org/x"}, "launch.target"),
        ({"version": "2.0"}, "launch.version"),
        ({"message_type": "LtiEulaRequest"}, "launch.message_unsupported"),
        ({"deployment_id": GONE}, "launch.deployment_missing"),
        ({"iat": 11111, "exp": 22222}, "launch.expired"),
        ({"exp": GONE}, "launch.time_missing"),
        ({"azp": "other"}, "launch.authorised_party"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_the_lms_sent_wrongly_stays_wrong(lms, visitor, changes, code):
    record = failed(lms, visitor, **changes)
    assert (record.code, outcome(record)) == (code, code)


def test_time_that_has_passed_since_is_not_held_against_a_launch(lms, visitor):
    record = failed(lms, visitor, deployment_id="9")
    LaunchRecord.objects.update(at=timezone.now() + timedelta(seconds=2))
    Deployment.objects.update(deployment_id="9")
    assert outcome(record) == "ok"


def test_unknown_message_is_explained_by_what_it_is_about(lms, visitor):
    page = lms.launch(visitor, message_type="LtiEulaRequest").content.decode()
    assert "accepting terms of use" in page


# --- the admin's pages


def test_admin_checks_a_launch_against_todays_settings(admin, lms, visitor, organisation):
    record = failed(lms, visitor, deployment_id="9")
    path = reverse("lti_admin:launch", args=[record.uuid])
    assert "Check it against today" in admin.get(path).content.decode()
    assert "It would fail today" in admin.post(path).content.decode()
    Deployment.objects.create(platform=lms.row, organisation=organisation, deployment_id="9")
    text = admin.post(path).content.decode()
    assert "It would come in today" in text
    assert "person-7" not in text


def test_admin_of_another_organisation_checks_nothing(lms, visitor):
    record = failed(lms, visitor, deployment_id="9")
    stranger = sign_in(Organisation.objects.create(name="South", slug="south"), name="south-admin")
    assert stranger.post(reverse("lti_admin:launch", args=[record.uuid])).status_code == 404


def test_list_is_narrowed_by_code_lms_and_day(admin, lms, visitor, web, organisation):
    other = add_platform(web, organisation, name="other")
    other.extra.update(lms.extra)
    failed(lms, visitor, version="2.0")
    failed(lms, visitor, deployment_id="9")
    failed(other, visitor, version="2.0")
    LaunchRecord.objects.filter(platform=other.row).update(at=timezone.now() - timedelta(days=9))
    path, today = reverse("lti_admin:launches"), timezone.now().date()

    def listed(**query):
        page = admin.get(path, query)
        return [(row.code, row.platform.name) for row in page.context["rows"]]

    assert listed(code="launch.version") == [("launch.version", "other"), ("launch.version", "lms")]
    assert listed(lms=lms.row.pk) == [("launch.deployment_unknown", "lms"), ("launch.version", "lms")]
    assert len(listed(since=today)) == 2
    assert listed(until=today - timedelta(days=5)) == [("launch.version", "other")]
    assert listed(code="launch.version", since=today, lms=other.row.pk) == []
    assert len(listed(since="not a day", lms="x", until="2026-99-99")) == 3


# --- the page that is written from the code


def test_troubleshooting_page_is_what_the_code_says():
    written = (DOCS / "troubleshooting.md").read_text()
    assert written == troubleshooting.page(), "Run manage.py lti_troubleshooting docs/lms/troubleshooting.md"
    assert all(f"`{code}`" in written for code in problems.EXPLAINED)


def test_every_product_explains_codes_that_exist():
    unknown = {code for product in PRODUCTS for code in product.fixes if code not in problems.EXPLAINED}
    assert unknown == set()
    assert all(product.fixes for product in PRODUCTS)


def test_scenario_stays_in_what_is_kept(lms, visitor):
    record = failed(lms, visitor, deployment_id="9")
    assert record.claims["custom"]["branchwise_target"] == f"scenario:{SCENARIO}"
    assert record.claims["sub"] == "·" * 8
    assert record.header == {"alg": "RS256", "kid": "key-1"}
