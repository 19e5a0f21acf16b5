"""Trying a platform without a launch: what is tried, what is kept, when it is tried again."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from foundation.api import AuditEntry, run_due
from lti import platforms, tool_keys
from lti.models import KeyRotation, KeyState, LaunchRecord, Platform, PreflightCheck, ToolKey
from lti.preflight import probe
from lti.work import KEYS, PREFLIGHT
from tests.lti.fake_lms import FakeLms
from tests.lti.fake_web import answer
from tests.lti.joining import add_link, follow, join
from tests.lti.test_admin import sign_in

AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"


def named(probes):
    return {each.name: each.ok for each in probes}


@pytest.fixture
def roster(lms, web):
    """C24: a roster that wants its media type and a token for its scope."""
    FakeLms(web, lms.row.issuer)
    url = f"{lms.row.issuer}/members"
    web.on("GET", url, lambda call: answer(call, 200, {"id": url, "members": [{"user_id": "person-7"}]}))
    lms.extra[NRPS] = {"context_memberships_url": url, "service_versions": ["2.0"]}
    return url


def test_c24_roster_is_asked_for_with_accept_token_and_scope(lms, web, visitor, roster):
    assert lms.launch(visitor).status_code == 303
    assert named(probe(lms.row))["roster"] is True
    [call] = web.made("GET", roster)
    assert call.headers["Accept"] == "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
    scopes = [made.form()["scope"] for made in web.made("POST", lms.row.token_url)]
    assert "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly" in scopes
    assert call.headers["Authorization"].startswith("Bearer token-")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", ["moodle", "canvas", "brightspace", "sakai"])
def test_c25_column_is_made_scored_read_and_deleted_without_a_page(sandbox, site, organisation, key):
    lms, registration = join(sandbox, key, site, organisation)
    link = add_link(lms, registration)
    assert follow(lms.start_launch("amara", link["id"])).status == 200
    before = [column["id"] for column in lms.gradebook(lms.course)["columns"]]
    found = list(probe(Platform.objects.get(), writes=True))
    assert [each for each in found if each.ok is not True] == []
    assert {"make a column", "rename it", "score it", "read it back", "delete it"} <= set(named(found))
    assert [column["id"] for column in lms.gradebook(lms.course)["columns"]] == before


def test_what_fails_is_red_and_says_what_to_do(lms, web, visitor):
    web.on("GET", lms.row.jwks_url, lambda call: answer(call, 500, b"oh no"))
    found = {each.name: each for each in probe(lms.row)}
    assert (found["key set"].ok, bool(found["key set"].fix)) == (False, True)
    assert found["token for scores"].ok is False
    assert found["roster"].ok is None


def test_service_that_was_not_granted_is_not_a_fault(lms, web, visitor):
    endpoint = FakeLms(web, lms.row.issuer).endpoint
    endpoint["scope"] = [scope for scope in endpoint["scope"] if scope.endswith("score")]
    lms.extra[AGS] = endpoint
    lms.launch(visitor)
    found = named(probe(lms.row))
    assert (found["token for scores"], found["token for columns"]) == (True, None)


def test_ways_back_are_counted(lms, visitor):
    lms.launch(visitor)
    asked = lms.begin(visitor)
    visitor.get(f"/lti/window/{asked['state']}/")
    said = {each.name: each.said for each in probe(lms.row)}["ways back from the login"]
    assert said == "1 by cookie"
    assert LaunchRecord.objects.get().way == "cookie"


@pytest.mark.parametrize(("url", "ok"), [("https://tool.example.org", True), ("http://tool.example.org", False)])
def test_site_without_https_is_told_that_frames_lose_cookies(lms, settings, url, ok):
    settings.PUBLIC_URL = url
    assert named(probe(lms.row))["cookies in frames"] is ok


def test_platform_is_tried_weekly_from_its_approval(lms, web, organisation):
    FakeLms(web, lms.row.issuer)
    platforms.approve_platform(lms.row, organisation, "test")
    row = PreflightCheck.objects.get()
    now = timezone.now() + timedelta(hours=2)
    assert run_due(now, (PREFLIGHT,)) == 1
    row.refresh_from_db()
    assert (row.is_green, row.at, bool(row.probes)) == (True, now, True)
    assert now + timedelta(days=6) < row.due_at < now + timedelta(days=8)
    assert run_due(now, (PREFLIGHT,)) == 0


def test_suspended_platform_is_left_alone(lms, organisation):
    platforms.approve_platform(lms.row, organisation, "test")
    platforms.suspend_platform(lms.row, "test")
    assert run_due(timezone.now() + timedelta(days=9), (PREFLIGHT,)) == 0


def test_page_keeps_and_shows_the_last_test(organisation, lms, web):
    admin = sign_in(organisation)
    FakeLms(web, lms.row.issuer)
    page = admin.post(reverse("lti_admin:test", args=[lms.row.uuid])).content.decode()
    assert "Try the gradebook too" in page
    assert PreflightCheck.objects.get().is_green
    assert "Last test" in admin.get(reverse("lti_admin:connection", args=[lms.row.uuid])).content.decode()


def test_gradebook_is_only_written_when_somebody_asks(organisation, lms, web, visitor):
    admin = sign_in(organisation)
    fake = FakeLms(web, lms.row.issuer)
    lms.extra[AGS] = fake.endpoint
    lms.launch(visitor)
    admin.post(reverse("lti_admin:test", args=[lms.row.uuid]))
    assert (fake.items, fake.posts()) == ([], [])
    page = admin.post(reverse("lti_admin:test", args=[lms.row.uuid]), {"writes": "1"}).content.decode()
    assert [item["label"] for item in fake.items] == ["Branchwise connection test (may be deleted)"]
    assert "may be deleted" in page  # this LMS cannot delete: the page says what to look for
    assert AuditEntry.objects.filter(action="lti.gradebook_tried").exists()


def test_command_tests_a_platform(lms, web, capsys):
    FakeLms(web, lms.row.issuer)
    call_command("lti_platform", "test", str(lms.row.pk))
    assert "key set: 1 usable keys" in capsys.readouterr().out
    web.on("GET", lms.row.jwks_url, lambda call: answer(call, 500, b""))
    with pytest.raises(CommandError):
        call_command("lti_platform", "test", str(lms.row.pk))


# --- keys by schedule


def test_keys_change_every_ninety_days_with_the_next_one_published_long_before(client, db):
    client.get("/lti/jwks/")
    first, now = tool_keys.signing_key().kid, timezone.now()
    assert run_due(now, (KEYS,)) == 0
    assert run_due(now + timedelta(days=2), (KEYS,)) == 1
    coming = ToolKey.objects.get(state=KeyState.NEXT).kid
    assert tool_keys.signing_key().kid == first
    assert {key["kid"] for key in client.get("/lti/jwks/").json()["keys"]} == {first, coming}
    assert run_due(now + timedelta(days=93), (KEYS,)) == 1
    assert tool_keys.signing_key().kid == coming
    assert {first, coming} <= {key["kid"] for key in client.get("/lti/jwks/").json()["keys"]}
    assert KeyRotation.objects.get().due_at > now + timedelta(days=180)
    assert AuditEntry.objects.filter(action="lti.keys_changed").count() == 1
