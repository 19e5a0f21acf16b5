"""No page, list, chooser, endpoint or bulk action of the admin tells one organisation about another's work."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from authoring.drafts import save_draft
from authoring.models import Course, CourseModule, Scenario
from authoring.publishing import publish, publish_course
from foundation.api import User

from .conftest import House, document, sign_in

pytestmark = pytest.mark.django_db
SECRET = "Quarrel over the lighthouse"


@pytest.fixture
def theirs(neighbour: House) -> tuple[Scenario, Course]:
    """A published scenario and course of the neighbour, both with a telling title."""
    draft = save_draft(neighbour.organisation, document(id="lighthouse", title=SECRET), by=neighbour.designer)
    publish(draft.revision.pk, neighbour.publisher, timezone.now())
    course = Course(organisation=neighbour.organisation, slug="quarrels", title=SECRET, live=False)
    course.modules = [CourseModule(module_id="one", scenario=draft.scenario)]
    course.save()
    publish_course(course.save_revision(user=neighbour.designer, clean=False).pk, neighbour.publisher, timezone.now())
    return Scenario.objects.get(pk=draft.scenario.pk), Course.objects.get(pk=course.pk)


def patterns_of(namespace: str) -> list[URLPattern]:
    """Return every URL pattern under a namespace of the admin."""
    found: list[URLPattern] = []

    def walk(resolver: Any, inside: bool) -> None:
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                walk(each, inside or each.namespace == namespace)
            elif inside:
                found.append(each)

    walk(get_resolver(), False)
    return found


def addresses(namespace: str, instance: Any) -> list[str]:
    """Return the address of every pattern with a key, made for `instance`."""
    revision = instance.latest_revision_id
    given = {
        "pk": instance.pk,
        "revision_id": revision,
        "revision_id_a": revision,
        "revision_id_b": revision,
        "action_name": "approve",
        "task_state_id": 1,
        "task_id": 1,
        "workflow_state_id": 1,
        "locale": "de",
        "number": 1,
    }
    found = []
    for pattern in patterns_of(namespace):
        names = list(pattern.pattern.regex.groupindex)
        if "pk" in names:
            found.append(reverse(f"{namespace}:{pattern.name}", kwargs={name: given[name] for name in names}))
    return found


def test_every_address_of_the_viewsets_is_404_for_outsiders(house: House, theirs: tuple[Scenario, Course]) -> None:
    for namespace, instance in zip(("scenarios", "courses"), theirs, strict=True):
        listed = addresses(namespace, instance)
        assert len(listed) >= 18
        for user in (house.designer, house.reviewer, house.publisher):
            client = sign_in(user)
            for address in listed:
                for method in (client.get, client.post):
                    response = method(address)
                    # 405 is said of any key, so it tells nothing either.
                    assert response.status_code in (404, 405), (user, method.__name__, address)
                    assert SECRET not in response.content.decode()


def test_lists_choosers_dashboard_and_reports_show_nothing_of_others(
    house: House, theirs: tuple[Scenario, Course]
) -> None:
    scenario, course = theirs
    places = [
        "/admin/",
        *(reverse(f"{space}:{name}") for space in ("scenarios", "courses") for name in ("list", "list_results")),
        reverse("scenarios:list_results") + "?q=lighthouse",
        reverse("scenarios:list") + "?export=csv",
        *_chooser_addresses("scenario", scenario.pk),
        *_chooser_addresses("course", course.pk),
        reverse("wagtailsnippets:index"),
        *(reverse(f"wagtailadmin_reports:{name}") for name in ("site_history", "workflow", "workflow_tasks")),
        reverse("wagtail_bulk_action", args=["authoring", "scenario", "delete"]) + f"?id={scenario.pk}",
        reverse("wagtail_bulk_action", args=["authoring", "course", "delete"]) + "?id=all",
        reverse("courses:add"),
    ]
    for user in (house.designer, house.reviewer, house.publisher):
        client = sign_in(user)
        for place in places:
            response = client.get(place, follow=True)
            text = b"".join(response) if response.streaming else response.content
            assert SECRET.encode() not in text, (user, place)
            assert response.status_code in (200, 403, 404), (user, place)


def _chooser_addresses(model: str, pk: int) -> list[str]:
    space = f"wagtailsnippetchoosers_authoring_{model}"
    return [
        reverse(f"{space}:choose"),
        reverse(f"{space}:choose_results"),
        reverse(f"{space}:chosen", args=[pk]),
        reverse(f"{space}:chosen_multiple") + f"?id={pk}",
    ]


def test_a_course_cannot_take_anothers_scenario(house: House, theirs: tuple[Scenario, Course]) -> None:
    course = Course(organisation=house.organisation, slug="mine", title="Mine", live=False)
    course.save()
    client = sign_in(house.designer)
    address = reverse("courses:edit", args=[course.pk])
    assert SECRET not in client.get(address).content.decode()
    posted = {
        "title": "Mine", "language": "en", "summary": "", "audience": "", "minutes": "", "send": "when_complete",
        "credits": "", "modules-TOTAL_FORMS": "1", "modules-INITIAL_FORMS": "0", "modules-MIN_NUM_FORMS": "0",
        "modules-MAX_NUM_FORMS": "1000", "modules-0-scenario": str(theirs[0].pk), "modules-0-weight": "1",
        "modules-0-kind": "scenario", "modules-0-gate": "", "modules-0-ORDER": "1", "modules-0-id": "",
    }  # fmt: skip
    response = client.post(address, posted)
    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()


def test_an_editing_session_of_another_organisation_is_404(house: House, theirs: tuple[Scenario, Course]) -> None:
    address = reverse("wagtailadmin_editing_sessions:ping", args=["authoring", "scenario", theirs[0].pk, 1])
    assert sign_in(house.designer).post(address).status_code == 404


def test_somebody_without_membership_or_sign_in_gets_no_further_than_the_door(scenario: Scenario) -> None:
    address = reverse("scenarios:edit", args=[scenario.pk])
    assert Client().get(address).status_code == 302
    assert Client().post(reverse("scenarios:play", args=[scenario.pk])).status_code == 302
    stranger = User.objects.create_user("stranger")
    assert sign_in(stranger).get(address).status_code == 302


def test_a_superuser_sees_every_organisation(theirs: tuple[Scenario, Course]) -> None:
    client = sign_in(User.objects.create_superuser("operator"))
    assert SECRET in client.get(reverse("scenarios:list")).content.decode()
    assert client.get(reverse("scenarios:edit", args=[theirs[0].pk])).status_code == 200


def test_a_reviewer_cannot_write(house: House, scenario: Scenario) -> None:
    client = sign_in(house.reviewer)
    posted = {"document": json.dumps({"document": document(title="Changed"), "layout": {}})}
    client.post(reverse("scenarios:edit", args=[scenario.pk]), posted)
    assert client.post(reverse("scenarios:media", args=[scenario.pk])).status_code in (302, 403)
    client.post(reverse("scenarios:share", args=[scenario.pk]), {"days": "3"})
    client.post(reverse("scenarios:copy", args=[scenario.pk]), {"title": "Mine"})
    client.post(reverse("scenarios:delete", args=[scenario.pk]))
    row = Scenario.objects.get()
    assert (row.get_latest_revision_as_object().title, row.share_links.count()) == ("The late parcel", 0)


def test_leaving_an_organisation_closes_the_admin(house: House) -> None:
    assert house.designer.groups.get().name == "Designers"
    house.designer.memberships.all().delete()
    assert not house.designer.groups.exists()
