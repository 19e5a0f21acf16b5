"""The LMS admin's pages: they answer, they act, and they end at the organisation's border."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.api import AuditEntry, Membership, Organisation, Role, User
from learning.api import Participation
from lti.models import GradeState, GradeTarget, LaunchRecord, PlatformStatus
from tests.lti.conftest import add_platform
from tests.lti.fake_lms import FakeLms
from tests.lti.grading import give_grade

AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


def sign_in(organisation, role=Role.LMS_ADMIN, name="admin-user"):
    user = User.objects.create_user(name, password="secret-word")
    Membership.objects.create(organisation=organisation, user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin(organisation):
    return sign_in(organisation)


@pytest.fixture
def stranger(db):
    return sign_in(Organisation.objects.create(name="South", slug="south"), name="south-admin")


@pytest.fixture
def target(lms, web, visitor):
    lms.extra[AGS] = FakeLms(web, lms.row.issuer).endpoint
    lms.launch(visitor, version="2.0")
    lms.launch(visitor)
    give_grade(Participation.objects.get(), "0.5")
    return GradeTarget.objects.get()


def pages(lms, target):
    record = LaunchRecord.objects.exclude(code="ok").get()
    return {
        "connection": reverse("lti_admin:connection", args=[lms.row.uuid]),
        "launch": reverse("lti_admin:launch", args=[record.uuid]),
        "delivery": reverse("lti_admin:delivery", args=[target.pk]),
    }


def test_every_page_answers(admin, lms, target):
    lists = [reverse(f"lti_admin:{name}") for name in ("connections", "add", "launches", "deliveries")]
    for path in [*lists, *pages(lms, target).values(), lists[2] + "?show=all", lists[3] + "?show=pending"]:
        response = admin.get(path)
        assert response.status_code == 200, path
    assert "LMS" in admin.get(reverse("wagtailadmin_home")).content.decode()


def test_other_organisation_sees_none_of_it(stranger, lms, target):
    for path in pages(lms, target).values():
        assert stranger.get(path).status_code == 404, path
    for name in ("connections", "launches", "deliveries"):
        text = stranger.get(reverse(f"lti_admin:{name}") + "?show=all").content.decode()
        assert "lms.example.org" not in text
    for name in ("approve", "suspend", "deployment", "test"):
        assert stranger.post(reverse(f"lti_admin:{name}", args=[lms.row.uuid])).status_code == 404
    stranger.post(reverse("lti_admin:deliveries-act"), {"target": [target.pk], "action": "park"})
    assert GradeTarget.objects.get().state == GradeState.PENDING


def test_designer_is_not_let_in(organisation, lms):
    designer = sign_in(organisation, Role.DESIGNER, "designer")
    for name in ("connections", "launches", "deliveries"):
        assert designer.get(reverse(f"lti_admin:{name}")).status_code in (302, 403)


def test_approving_and_suspending_are_noted(admin, lms):
    admin.post(reverse("lti_admin:suspend", args=[lms.row.uuid]))
    lms.row.refresh_from_db()
    assert lms.row.status == PlatformStatus.SUSPENDED
    admin.post(reverse("lti_admin:approve", args=[lms.row.uuid]))
    lms.row.refresh_from_db()
    assert lms.row.status == PlatformStatus.ACTIVE
    actions = list(AuditEntry.objects.values_list("action", flat=True))
    assert {"lti.platform_suspended", "lti.platform_approved"} <= set(actions)


def test_pending_connection_of_nobody_is_for_superusers(admin, web, organisation, content):
    other = Organisation.objects.create(name="East", slug="east")
    lonely = add_platform(web, other, name="lonely").row
    lonely.deployments.all().delete()
    type(lonely).objects.filter(pk=lonely.pk).update(organisation=None, status="pending")
    path = reverse("lti_admin:connection", args=[lonely.uuid])
    assert admin.get(path).status_code == 404
    boss = Client()
    boss.force_login(User.objects.create_superuser("boss"))
    assert boss.get(path).status_code == 200
    boss.post(reverse("lti_admin:approve", args=[lonely.uuid]), {"organisation": organisation.pk})
    lonely.refresh_from_db()
    assert (lonely.organisation, lonely.status) == (organisation, PlatformStatus.ACTIVE)


def test_rules_are_kept(admin, lms):
    posted = {"new_deployments": "on", "origins": "https://grades.example.net/path\n"}
    admin.post(reverse("lti_admin:connection", args=[lms.row.uuid]), posted)
    lms.row.refresh_from_db()
    assert lms.row.settings == {
        "new_deployments": "add",
        "without_person": "refuse",
        "names": "keep",
        "origins": ["https://grades.example.net"],
    }


def test_connection_by_hand_is_added_pending(admin, organisation):
    posted = {
        "organisation": organisation.pk, "name": "Our Open edX", "product": "openedx", "issuer": "https://edx.example.org",
        "client_id": "c-1", "deployment_id": "1", "auth_url": "https://edx.example.org/auth",
        "token_url": "https://edx.example.org/token", "jwks_url": "https://edx.example.org/jwks",
    }  # fmt: skip
    response = admin.post(reverse("lti_admin:add"), posted)
    assert response.status_code == 302
    again = admin.post(reverse("lti_admin:add"), posted)
    assert "registered with this client id already" in again.content.decode()


def test_failed_launch_is_found_by_its_number(admin, lms, target):
    record = LaunchRecord.objects.exclude(code="ok").get()
    text = admin.get(reverse("lti_admin:launches"), {"number": str(record.uuid)}).content.decode()
    assert "launch.version" in text
    other = admin.get(reverse("lti_admin:launches"), {"number": "0" * 32})
    assert list(other.context["rows"]) == []


def test_grade_is_parked_and_sent_again(admin, target):
    act = reverse("lti_admin:deliveries-act")
    admin.post(act, {"target": [target.pk], "action": "park"})
    assert GradeTarget.objects.get().state == GradeState.PARKED
    admin.post(act, {"target": [target.pk], "action": "resend"})
    target.refresh_from_db()
    assert target.state == GradeState.PENDING
    assert target.due_at <= timezone.now()


def test_connection_test_says_what_fails(admin, lms):
    text = admin.post(reverse("lti_admin:test", args=[lms.row.uuid])).content.decode()
    assert "1 usable keys" in text
    assert "token for scores" in text


HUGE = "9" * 5000


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("launches", {"lms": "²"}),
        ("launches", {"lms": HUGE}),
        ("launches", {"code": "a\0b"}),
        ("launches", {"since": "9999-12-31", "until": "0001-01-01"}),
        ("deliveries", {"platform": HUGE, "course": "²", "q": "a\0b", "hours": "²"}),
    ],
)
def test_unreadable_wishes_narrow_the_list_to_less_and_break_nothing(admin, target, page, asked):
    assert admin.get(reverse(f"lti_admin:{page}"), asked).status_code == 200


@pytest.mark.parametrize("key", ["north", "²", HUGE, "9" * 18, "-1"], ids=range(5))
def test_unreadable_keys_in_forms_name_nothing(admin, lms, target, key):
    for name in ("approve", "deployment"):
        path = reverse(f"lti_admin:{name}", args=[lms.row.uuid])
        assert admin.post(path, {"organisation": key, "deployment_id": "d-2"}).status_code == 302
    acted = admin.post(reverse("lti_admin:deliveries-act"), {"target": [key], "action": "park"})
    assert (acted.status_code, GradeTarget.objects.get().state) == (302, GradeState.PENDING)


def test_deployment_id_that_no_launch_could_name_is_refused(admin, lms):
    path = reverse("lti_admin:deployment", args=[lms.row.uuid])
    response = admin.post(path, {"deployment_id": "a\0b", "organisation": lms.row.organisation_id}, follow=True)
    assert "A deployment needs an id of at most 255 printable characters" in response.content.decode()
    assert list(lms.row.deployments.values_list("deployment_id", flat=True)) == ["1"]
