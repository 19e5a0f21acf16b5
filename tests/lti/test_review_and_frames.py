"""From the gradebook to a learner's attempt; who may frame our pages; what a registration keeps of people."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.api import Attempt, Learner, Participation, Placement
from lti import claims as names
from lti import framing
from lti.models import LaunchRecord, LtiPerson, Platform
from tests.lti.conftest import add_platform
from tests.lti.signing_platform import GONE, LEARNER, TEACHER

REVIEW = "LtiSubmissionReviewRequest"


def review(lms, visitor, about="person-7", **changes):
    changes = {"roles": [TEACHER], "sub": "teacher-1", **changes}
    return lms.launch(visitor, message_type=REVIEW, for_user={"user_id": about}, **changes)


def attempt(participation, number):
    now = timezone.now()
    return Attempt.objects.create(
        participation=participation,
        module="main",
        number=number,
        version_id=1,
        digest="x",
        seed="s",
        state="{}",
        started_at=now,
        updated_at=now,
    )


def test_review_opens_the_learners_latest_attempt_for_a_teacher(lms, visitor):
    lms.launch(visitor)
    attempt(Participation.objects.get(), 1)
    latest = attempt(Participation.objects.get(), 2)
    response = review(lms, visitor)
    parts = urlsplit(response["Location"])
    placement = Placement.objects.get()
    assert response.status_code == 303
    assert parts.path == reverse("learning:coach-attempt", args=[placement.uuid, latest.pk])
    assert len(parts.fragment) > 40


def test_review_of_somebody_who_only_looked_in_opens_their_page(lms, visitor):
    lms.launch(visitor)
    path = urlsplit(review(lms, visitor)["Location"]).path
    participation = Participation.objects.get()
    assert path == reverse("learning:coach-learner", args=[participation.placement.uuid, participation.uuid])


def test_review_of_somebody_unknown_opens_the_placement_and_makes_nobody(lms, visitor):
    lms.launch(visitor)
    path = urlsplit(review(lms, visitor, "never-came")["Location"]).path
    assert path == f"/coach/{Placement.objects.get().uuid}/"
    assert not LtiPerson.objects.filter(sub="never-came").exists()


def test_learner_who_follows_their_own_grade_comes_to_their_own_page(lms, visitor):
    first = lms.launch(visitor)
    response = review(lms, visitor, "person-7", roles=[LEARNER], sub="person-7")
    assert urlsplit(response["Location"]).path == urlsplit(first["Location"]).path


def test_learner_sees_nobody_elses_attempt(lms, visitor):
    lms.launch(visitor)
    response = review(lms, visitor, "person-7", roles=[LEARNER], sub="person-8")
    assert (response.status_code, LaunchRecord.objects.latest("pk").code) == (403, "launch.review_not_teacher")


USELESS = ["absent", "null", "empty", "a list", "a number", "no id"]


@pytest.mark.parametrize("for_user", [GONE, None, {}, [], {"user_id": 7}, {"user_id": ""}], ids=USELESS)
def test_review_without_a_usable_person_is_explained(lms, visitor, for_user):
    lms.launch(visitor)
    response = lms.launch(visitor, message_type=REVIEW, roles=[TEACHER], for_user=for_user)
    assert (response.status_code, LaunchRecord.objects.latest("pk").code) == (400, "launch.claim")


def test_reviewed_person_of_another_platform_is_not_found(lms, visitor, web, organisation):
    other = add_platform(web, organisation, name="other")
    other.extra.update(lms.extra)
    other.launch(visitor, sub="person-9")
    lms.launch(visitor)
    path = urlsplit(review(lms, visitor, "person-9")["Location"]).path
    assert path.count("/") == 3  # /coach/<placement>/: nobody's attempt


# --- frames


def ancestors(visitor, response):
    page = visitor.get(urlsplit(response["Location"]).path)
    [directive] = [part for part in page["Content-Security-Policy"].split("; ") if part.startswith("frame-ancestors")]
    return directive.split()[1:]


def test_play_page_is_framed_by_its_own_lms_alone(lms, visitor):
    assert ancestors(visitor, lms.launch(visitor)) == ["'self'", "https://lms.example.org"]


def test_coach_page_is_framed_by_its_own_lms_alone(lms, visitor):
    assert ancestors(visitor, lms.launch(visitor, roles=[TEACHER])) == ["'self'", "https://lms.example.org"]


def test_school_with_an_address_of_its_own_is_known_by_its_signed_way_back(lms, visitor):
    type(lms.row).objects.update(product="canvas")
    way = {"return_url": "https://canvas.school.example.edu/courses/3", "locale": "de"}
    response = lms.launch(visitor, presentation=way)
    assert ancestors(visitor, response) == [
        "'self'",
        "https://lms.example.org",
        "https://canvas.school.example.edu",
        "https://*.instructure.com",
    ]


def test_addresses_seen_are_few_and_each_is_kept_once(lms, visitor):
    for number in range(framing.MOST + 5):
        framing.note_origin(Platform.objects.get(), f"https://host-{number}.example.org/x?y")
        framing.note_origin(Platform.objects.get(), f"https://host-{number}.example.org/z")
    assert len(Platform.objects.get().settings["seen_origins"]) == framing.MOST


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "https://bad host/", "https://a;b/", "ftp://x/"])
def test_what_is_no_address_is_not_kept(lms, visitor, url):
    response = lms.launch(visitor, presentation={"return_url": url})
    assert response.status_code == 303
    assert ancestors(visitor, response) == ["'self'", "https://lms.example.org"]


def test_page_that_belongs_to_no_lms_is_framed_by_nobody_else(lms, visitor):
    page = visitor.get("/play/10000000-0000-4000-8000-0000000000ff/")
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]


# --- what a registration keeps of people


def test_names_are_not_kept_where_the_registration_says_so(lms, visitor):
    lms.row.settings = {"names": "drop"}
    lms.row.save()
    lms.launch(visitor, name="Ada Learner", given_name="Ada")
    assert Learner.objects.get().display_name == ""


def test_locale_of_the_launch_is_the_language_of_the_page(lms, visitor):
    from learning import tokens

    def locale(**changes):
        bearer = urlsplit(lms.launch(visitor, **changes)["Location"]).fragment
        return tokens.read(tokens.Grant, bearer, timezone.now()).locale

    assert locale(presentation={"locale": "de-DE"}) == "de-DE"
    assert locale(locale="fr") == "fr"
    assert locale(presentation={"locale": ""}, locale="") == ""
    assert names.PRESENTATION not in lms.extra
