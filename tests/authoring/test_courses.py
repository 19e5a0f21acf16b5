"""Courses: the form, what publishing pins, what it refuses, and what is newer."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from authoring.drafts import Draft, save_draft
from authoring.models import Course, CourseVersion, NeverChanges, Scenario
from authoring.publishing import publish

from .conftest import House, document, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(house: House) -> Course:
    sign_in(house.designer).post(reverse("courses:add"), {"title": "Parcels"})
    return Course.objects.get()


def posted(*scenarios: Scenario, initial: int = 0, **more: str) -> dict[str, str]:
    data = {
        "title": "Parcels", "language": "en", "summary": "About parcels.", "audience": "", "minutes": "20",
        "send": "running", "credits": "", "modules-TOTAL_FORMS": str(len(scenarios)),
        "modules-INITIAL_FORMS": str(initial), "modules-MIN_NUM_FORMS": "0", "modules-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    for number, scenario in enumerate(scenarios):
        data |= {
            f"modules-{number}-scenario": str(scenario.pk), f"modules-{number}-weight": str(number + 1),
            f"modules-{number}-kind": "scenario", f"modules-{number}-required": "on", f"modules-{number}-gate": "",
            f"modules-{number}-ORDER": str(number + 1), f"modules-{number}-id": "", f"modules-{number}-title": "",
            f"modules-{number}-module_id": "", f"modules-{number}-attempts": "",
        }  # fmt: skip
    return {**data, **more}


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_publishing_pins_the_newest_published_versions(house: House, draft: Draft, course: Course) -> None:
    version = publish(draft.revision.pk, house.publisher, timezone.now())
    data = posted(draft.scenario, **{"action-publish": "x"})
    assert sign_in(house.publisher).post(reverse("courses:edit", args=[course.pk]), data).status_code == 302
    frozen = CourseVersion.objects.get()
    assert (frozen.number, frozen.send, frozen.minutes, frozen.published_by) == (1, "running", 20, house.publisher)
    assert [(module["id"], module["version_id"]) for module in frozen.modules] == [("the-late-parcel", version.pk)]
    with pytest.raises(NeverChanges):
        frozen.save()


def test_an_unpublished_module_refuses_publishing_and_keeps_the_draft(
    house: House, draft: Draft, course: Course
) -> None:
    data = posted(draft.scenario, draft.scenario, **{"action-publish": "x"})
    response = sign_in(house.publisher).post(reverse("courses:edit", args=[course.pk]), data)
    assert "“The late parcel” has not been published yet." in said(response)
    assert "Two modules have the id “the-late-parcel”." in said(response)
    assert CourseVersion.objects.count() == 0
    assert Course.objects.get().get_latest_revision_as_object().modules.count() == 2


def test_an_empty_course_is_a_draft_and_not_published(house: House, course: Course) -> None:
    response = sign_in(house.publisher).post(
        reverse("courses:edit", args=[course.pk]), posted(**{"action-publish": "x"})
    )
    assert "The course has no module yet." in said(response)
    assert Course.objects.get().errors == 1


def test_the_pins_page_says_what_is_newer(house: House, draft: Draft, course: Course) -> None:
    client = sign_in(house.publisher)
    page = reverse("courses:pins", args=[course.pk])
    assert b"nothing is pinned" in client.get(page).content
    publish(draft.revision.pk, house.publisher, timezone.now())
    client.post(reverse("courses:edit", args=[course.pk]), posted(draft.scenario, **{"action-publish": "x"}))
    assert b"Every module plays the newest version" in client.get(page).content
    newer = save_draft(house.organisation, document(summary="New."), by=house.designer, scenario=draft.scenario)
    publish(newer.revision.pk, house.publisher, timezone.now())
    text = client.get(page).content.decode()
    assert "1 of 1 modules plays an older version" in " ".join(text.split())
    assert "version 2" in text


def test_a_copied_course_has_the_modules_of_the_newest_draft(house: House, draft: Draft, course: Course) -> None:
    client = sign_in(house.designer)
    client.post(reverse("courses:edit", args=[course.pk]), posted(draft.scenario))
    client.post(reverse("courses:copy", args=[course.pk]), {"title": "Parcels again"})
    copy = Course.objects.get(title="Parcels again")
    assert [module.scenario_id for module in copy.modules.all()] == [draft.scenario.pk]
    assert copy.slug == "parcels-again"
    assert Course.objects.get(pk=course.pk).get_latest_revision_as_object().modules.count() == 1


def test_pages_of_a_course_open(house: House, draft: Draft, course: Course) -> None:
    client = sign_in(house.designer)
    client.post(reverse("courses:edit", args=[course.pk]), posted(draft.scenario))
    for name in ("edit", "history", "copy", "delete", "pins", "usage"):
        assert client.get(reverse(f"courses:{name}", args=[course.pk])).status_code == 200, name
    preview = reverse("courses:preview_on_edit", args=[course.pk])
    client.post(preview, posted(draft.scenario))
    assert b"The late parcel" in client.get(preview).content
