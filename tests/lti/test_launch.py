"""The good launches: who comes in, where they land, what is remembered."""

import threading
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from foundation.api import Organisation
from learning.api import Cohort, Participation, Placement, erase_learner
from lti.models import Context, Deployment, LaunchRecord, LoginState, LtiPerson, ResourceLink
from tests.lti.conftest import COURSE, SCENARIO, add_platform
from tests.lti.signing_platform import GONE, LEARNER, TEACHER, post_launch


def custom(target, item="item-1"):
    return {"branchwise_target": target, "branchwise_item": item}


def test_learner_lands_on_the_play_page_with_a_token_in_the_fragment(lms, visitor):
    response = lms.launch(visitor)
    participation = Participation.objects.get()
    parts = urlsplit(response["Location"])
    assert response.status_code == 303
    assert parts.path == f"/play/{participation.uuid}/"
    assert len(parts.fragment) > 40
    assert (participation.placement.target_kind, participation.placement.target_uuid) == ("scenario", SCENARIO)
    assert response["Cache-Control"] == "no-store"


def test_launch_leaves_rows_and_no_login(lms, visitor):
    lms.launch(visitor, name="Ada Learner")
    assert LoginState.objects.count() == 0
    person = LtiPerson.objects.get()
    assert (person.sub, person.learner.display_name) == ("person-7", "Ada Learner")
    assert Context.objects.get().title == "Care"
    record = LaunchRecord.objects.get()
    assert (record.code, record.acted_as, record.person, record.claims) == ("ok", "learner", person, {})


def test_second_launch_makes_nothing_new(lms, visitor):
    first = lms.launch(visitor)
    second = lms.launch(visitor)
    assert urlsplit(first["Location"]).path == urlsplit(second["Location"]).path
    counts = [model.objects.count() for model in (Placement, Participation, LtiPerson, Context, Cohort, ResourceLink)]
    assert counts == [1] * 6


def test_teacher_lands_on_the_coach_page_without_taking_part(lms, visitor):
    response = lms.launch(visitor, roles=[TEACHER])
    assert urlsplit(response["Location"]).path == f"/coach/{Placement.objects.get().uuid}/"
    assert Participation.objects.count() == 0


def test_teacher_who_became_a_learner_is_one_at_the_next_launch(lms, visitor):
    lms.launch(visitor, roles=[TEACHER])
    assert "/play/" in lms.launch(visitor, roles=[LEARNER])["Location"]


def test_student_view_is_a_preview(lms, visitor):
    lms.launch(visitor, roles=[LEARNER, "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"])
    assert Participation.objects.get().is_preview


def test_null_and_empty_extras_are_ignored(lms, visitor):
    response = lms.launch(
        visitor, context={"id": "c", "title": None}, launch_presentation=None, name="", given_name=None
    )
    assert response.status_code == 303


def test_course_and_its_module_are_two_placements(lms, visitor):
    lms.launch(visitor, resource_link={"id": "whole"}, custom=custom(f"course:{COURSE}", "a"))
    lms.launch(visitor, resource_link={"id": "part"}, custom=custom(f"course:{COURSE}/m2", "b"))
    found = Placement.objects.order_by("pk").values_list("target_kind", "target_uuid", "target_module")
    assert list(found) == [("course", COURSE, ""), ("course", COURSE, "m2")]


def test_copied_course_gets_its_own_placement_with_the_same_target(lms, visitor):
    lms.launch(visitor)
    lms.launch(visitor, resource_link={"id": "link-77"}, context={"id": "course-2", "title": "Care, spring"})
    first, second = Placement.objects.order_by("pk")
    assert (first.target_uuid, second.target_uuid) == (SCENARIO, SCENARIO)
    assert first.cohort_id != second.cohort_id
    assert second.cohort.name == "Care, spring"


def test_other_content_chosen_for_the_same_activity_wins(lms, visitor):
    lms.launch(visitor)
    lms.launch(visitor, custom=custom(f"course:{COURSE}", "item-2"))
    link = ResourceLink.objects.get()
    assert (link.item, link.placement.target_uuid) == ("item-2", COURSE)
    assert Placement.objects.count() == 2


def test_known_link_launches_without_custom_parameters(lms, visitor):
    lms.launch(visitor)
    assert lms.launch(visitor, custom=GONE).status_code == 303
    assert Placement.objects.count() == 1


def test_target_may_stand_in_the_query_of_the_tool_url(lms, visitor):
    url = f"http://localhost:9100/lti/launch/?target=scenario:{SCENARIO}&item=item-9"
    lms.launch(visitor, custom=GONE, target=url)
    assert ResourceLink.objects.get().item == "item-9"


def test_activity_without_content_says_so(lms, visitor):
    response = lms.launch(visitor, custom={"other": "x", "unset": "$ResourceLink.id"})
    assert response.status_code == 400
    assert LaunchRecord.objects.get().code == "launch.content_missing"


def test_content_of_another_organisation_is_not_shown(lms, visitor, organisation, web, content):
    other = Organisation.objects.create(name="South", slug="south")
    south = add_platform(web, other, name="south")
    south.extra.update(lms.extra)
    assert south.launch(visitor).status_code == 400
    assert LaunchRecord.objects.get().code == "launch.content_gone"
    assert Placement.objects.count() == 0


def test_same_sub_at_two_platforms_is_two_people(lms, visitor, web, organisation):
    second = add_platform(web, organisation, name="second")
    second.extra.update(lms.extra)
    lms.launch(visitor)
    second.launch(visitor)
    assert LtiPerson.objects.values("learner").distinct().count() == 2


def test_launch_without_a_person_where_the_platform_allows_it(lms, visitor):
    lms.row.settings = {"without_person": "allow"}
    lms.row.save()
    assert lms.launch(visitor, sub=GONE).status_code == 303
    assert LtiPerson.objects.count() == 0
    assert Participation.objects.count() == 1


def test_new_deployment_is_added_where_the_platform_trusts_its_lms(lms, visitor):
    lms.row.settings = {"new_deployments": "add"}
    lms.row.save()
    assert lms.launch(visitor, deployment_id="another").status_code == 303
    assert Deployment.objects.filter(deployment_id="another").exists()


def test_two_browsers_launch_at_the_same_time(lms, visitor, stranger):
    first, second = lms.begin(visitor), lms.begin(stranger)
    late = post_launch(stranger, lms.sign(lms.claims(second["nonce"])), second["state"])
    early = post_launch(visitor, lms.sign(lms.claims(first["nonce"])), first["state"])
    assert (late.status_code, early.status_code) == (303, 303)


def test_one_browser_opens_three_activities_at_once(lms, visitor):
    logins = [lms.begin(visitor) for _ in range(3)]
    answers = [
        post_launch(visitor, lms.sign(lms.claims(login["nonce"], resource_link={"id": f"link-{n}"})), login["state"])
        for n, login in enumerate(logins)
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 303]


@pytest.mark.django_db(transaction=True)
def test_class_that_opens_a_new_activity_at_once_gets_one_placement(lms):
    barrier = threading.Barrier(4)
    answers = []

    def open_as(number):
        visitor = Client()
        asked = lms.begin(visitor)
        token = lms.sign(lms.claims(asked["nonce"], sub=f"person-{number % 2}"))
        barrier.wait()
        try:
            answers.append(post_launch(visitor, token, asked["state"]).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=open_as, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 4
    counts = [model.objects.count() for model in (Cohort, Context, ResourceLink, Placement, LtiPerson, Participation)]
    assert counts == [1, 1, 1, 1, 2, 2]


def test_erased_person_who_comes_back_is_somebody_new(lms, visitor):
    lms.launch(visitor, name="Ada")
    erased = LtiPerson.objects.get().learner
    erase_learner(erased, timezone.now(), by="test")
    lms.launch(visitor, name="Ada")
    person = LtiPerson.objects.get()
    assert (person.learner_id != erased.pk, person.learner.display_name) == (True, "Ada")
