"""The admin: saving drafts, refusals, autosave, workflow, copies, comparison, deletion, and what locks do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from authoring import deletion
from authoring.drafts import Draft, save_draft
from authoring.models import Course, CourseModule, Scenario, ScenarioVersion, SceneComment
from authoring.publishing import publish, publish_course

from .conftest import House, broken_document, document, sign_in

pytestmark = pytest.mark.django_db


def form(raw: dict[str, Any], layout: dict[str, Any] | None = None, **more: str) -> dict[str, str]:
    return {
        "document": json.dumps({"document": raw, "layout": layout or {}}),
        "go_live_at": "",
        "expire_at": "",
        **more,
    }


def edit_url(scenario: Scenario) -> str:
    return reverse("scenarios:edit", args=[scenario.pk])


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_saving_keeps_the_draft_with_its_layout(house: House, scenario: Scenario) -> None:
    layout = {"door": {"x": 10, "y": 20}}
    response = sign_in(house.designer).post(edit_url(scenario), form(document(title="New title"), layout))
    assert response.status_code == 302
    draft = Scenario.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.layout, draft.live) == ("New title", layout, False)


def test_a_draft_with_faults_is_saved_and_counted(house: House, scenario: Scenario) -> None:
    response = sign_in(house.designer).post(edit_url(scenario), form(broken_document()))
    assert response.status_code == 302
    assert Scenario.objects.get().errors > 0


def test_publishing_from_the_form_freezes_a_version(house: House, scenario: Scenario) -> None:
    posted = form(document(), **{"action-publish": "action-publish"})
    response = sign_in(house.publisher).post(edit_url(scenario), posted)
    assert response.status_code == 302
    assert ScenarioVersion.objects.get().published_by == house.publisher


def test_a_refused_publish_lists_the_findings_and_keeps_what_was_posted(house: House, scenario: Scenario) -> None:
    posted = form(broken_document(title="Half done"), **{"action-publish": "action-publish"})
    response = sign_in(house.publisher).post(edit_url(scenario), posted)
    assert response.status_code == 302
    assert "Not published: 1 problem" in said(response)
    assert "The draft is saved." in said(response)
    assert f'<a href="{edit_url(scenario)}#at=%24.scenes%5B' in said(response)
    row = Scenario.objects.get()
    assert (row.live, row.get_latest_revision_as_object().title) == (False, "Half done")
    assert ScenarioVersion.objects.count() == 0


def test_a_designer_who_posts_publish_only_saves(house: House, scenario: Scenario) -> None:
    posted = form(document(), **{"action-publish": "action-publish"})
    sign_in(house.designer).post(edit_url(scenario), posted)
    assert not Scenario.objects.get().live


def test_a_publisher_elsewhere_is_only_a_designer_here(house: House, neighbour: House, scenario: Scenario) -> None:
    from foundation.api import Membership, Role

    Membership.objects.create(organisation=house.organisation, user=neighbour.publisher, role=Role.DESIGNER)
    client = sign_in(neighbour.publisher)
    client.post(edit_url(scenario), form(document(), **{"action-publish": "action-publish"}))
    assert not Scenario.objects.get().live
    assert b"action-publish" not in client.get(edit_url(scenario)).content


def test_text_that_is_no_json_is_refused_with_its_place_and_kept_in_the_form(house: House, scenario: Scenario) -> None:
    response = sign_in(house.designer).post(edit_url(scenario), {**form({}), "document": '{"format": 1,'})
    assert response.status_code == 200
    assert b"Line 1, column" in response.content
    assert b"{&quot;format&quot;: 1," in response.content


def autosave(client: Client, url: str, posted: dict[str, str]) -> Any:
    return client.post(url, posted, headers={"accept": "application/json"})


def test_autosave_overwrites_its_own_revision_and_never_answers_500(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    first = autosave(client, edit_url(scenario), form(document(title="One")))
    assert first.status_code == 200, first.content
    told = first.json()
    more = {"overwrite_revision_id": str(told["revision_id"])}
    second = autosave(client, edit_url(scenario), form(broken_document(title="Two"), **more))
    assert (second.status_code, second.json()["revision_id"]) == (200, told["revision_id"])
    for bad in ("", "{", "[]", "null", '{"a": "\\u0000"}', '{"a": NaN}', '{"a": 1, "a": 2}', "[" * 5000):
        answer = autosave(client, edit_url(scenario), {**form({}), "document": bad, **more})
        assert (answer.status_code, answer.json()["error_code"]) == (400, "validation_error"), bad
    assert Scenario.objects.get().get_latest_revision_as_object().title == "Two"


def test_autosave_of_an_older_page_is_told_so(house: House, scenario: Scenario) -> None:
    stale = {"loaded_revision_id": str(scenario.latest_revision_id), "loaded_revision_created_at": "2020-01-01"}
    answer = autosave(sign_in(house.designer), edit_url(scenario), form(document(), **stale))
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")


def test_a_locked_scenario_is_read_only_in_the_editor_and_refuses_saves(house: House, scenario: Scenario) -> None:
    scenario.locked, scenario.locked_by = True, house.publisher
    scenario.save()
    client = sign_in(house.designer)
    page = client.get(edit_url(scenario)).content.decode()
    assert "&quot;readOnly&quot;: true" in page
    answer = autosave(client, edit_url(scenario), form(document(title="Late")))
    assert (answer.status_code, answer.json()["error_code"]) == (400, "locked")


def test_submitting_and_approving_publishes_for_a_reviewer(house: House, scenario: Scenario) -> None:
    submitted = sign_in(house.designer).post(edit_url(scenario), form(document(), **{"action-submit": "x"}))
    assert submitted.status_code == 302
    state = WorkflowState.objects.get()
    client = sign_in(house.reviewer)
    assert b"Waiting for your review" in client.get(reverse("wagtailadmin_home")).content
    url = reverse("scenarios:workflow_action", args=[scenario.pk, "approve", state.current_task_state.pk])
    response = client.post(url)
    assert response.status_code == 302
    version = ScenarioVersion.objects.get()
    assert (version.number, version.published_by) == (1, house.reviewer)
    assert Scenario.objects.get().live


def test_submitting_an_unfit_draft_is_refused_with_the_draft_saved(house: House, scenario: Scenario) -> None:
    posted = form(broken_document(title="Half"), **{"action-submit": "x"})
    response = sign_in(house.designer).post(edit_url(scenario), posted)
    assert "Not published" in said(response)
    assert WorkflowState.objects.count() == 0
    assert Scenario.objects.get().get_latest_revision_as_object().title == "Half"


def test_an_approval_that_cannot_publish_leaves_the_review_open(house: House, scenario: Scenario) -> None:
    sign_in(house.designer).post(edit_url(scenario), form(document(), **{"action-submit": "x"}))
    save_draft(house.organisation, broken_document(), by=house.designer, scenario=scenario)
    state = WorkflowState.objects.get()
    url = reverse("scenarios:workflow_action", args=[scenario.pk, "approve", state.current_task_state.pk])
    response = sign_in(house.reviewer).post(url)
    assert response.status_code == 302
    assert "The review stays open." in said(response)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    assert not Scenario.objects.get().live


def test_a_refused_approval_names_scenes_as_the_reviewed_draft_does(house: House, draft: Draft) -> None:
    publish(draft.revision.pk, house.publisher, timezone.now())
    sign_in(house.designer).post(edit_url(draft.scenario), form(document(), **{"action-submit": "x"}))
    newer = broken_document()
    newer["scenes"][0]["title"] = "On the doorstep"
    save_draft(house.organisation, newer, by=house.designer, scenario=draft.scenario)
    review = WorkflowState.objects.get().current_task_state
    url = reverse("scenarios:workflow_action", args=[draft.scenario.pk, "approve", review.pk])
    told = said(sign_in(house.reviewer).post(url))
    assert "On the doorstep</a>: " in told
    assert "At the door" not in told


def test_another_organisations_reviewer_cannot_approve(house: House, neighbour: House, scenario: Scenario) -> None:
    sign_in(house.designer).post(edit_url(scenario), form(document(), **{"action-submit": "x"}))
    state = WorkflowState.objects.get()
    client = sign_in(neighbour.reviewer)
    url = reverse("scenarios:workflow_action", args=[scenario.pk, "approve", state.current_task_state.pk])
    assert client.post(url).status_code == 404
    assert b"Waiting for your review" not in client.get(reverse("wagtailadmin_home")).content


def test_a_review_is_reached_through_its_own_scenario_alone(house: House, neighbour: House, scenario: Scenario) -> None:
    other = save_draft(neighbour.organisation, document(), by=neighbour.designer).scenario
    for each, author in ((scenario, house.designer), (other, neighbour.designer)):
        sign_in(author).post(edit_url(each), form(document(), **{"action-submit": "x"}))
    theirs = WorkflowState.objects.get(object_id=str(other.pk)).current_task_state
    client = sign_in(house.reviewer)
    for name in ("workflow_action", "collect_workflow_action_data"):
        for action in ("approve", "reject"):
            url = reverse(f"scenarios:{name}", args=[scenario.pk, action, theirs.pk])
            assert [client.get(url).status_code, client.post(url).status_code] == [404, 404], url
    theirs.refresh_from_db()
    assert theirs.status == TaskState.STATUS_IN_PROGRESS
    assert not ScenarioVersion.objects.exists()


def test_a_copy_takes_the_newest_draft(house: House, draft: Draft) -> None:
    publish(draft.revision.pk, house.publisher, timezone.now())
    save_draft(house.organisation, document(summary="Newer."), by=house.designer, scenario=draft.scenario)
    url = reverse("scenarios:copy", args=[draft.scenario.pk])
    response = sign_in(house.designer).post(url, {"title": "The second parcel"})
    copy = Scenario.objects.get(title="The second parcel")
    assert response.url == reverse("scenarios:edit", args=[copy.pk])
    assert (copy.live, copy.document["summary"], copy.versions.count()) == (False, "Newer.", 0)
    assert copy.uuid != draft.scenario.uuid


def test_comparing_names_what_changed_scene_by_scene(house: House, draft: Draft) -> None:
    changed = document()
    changed["scenes"][0]["prompt"] = "What do you say first?"
    changed["scenes"].append({"id": "extra", "kind": "page", "text": "More.", "done": True})
    newer = save_draft(house.organisation, changed, by=house.designer, scenario=draft.scenario)
    url = reverse("scenarios:revisions_compare", args=[draft.scenario.pk, draft.revision.pk, newer.revision.pk])
    page = sign_in(house.designer).get(url).content.decode()
    assert "Scene “door”" in page
    assert '<span class="addition">first?</span>' in page or "first" in page
    assert "Scene “extra” <em>added</em>" in page
    assert "Scene “calm”" not in page


def test_moving_cards_is_no_difference(house: House, draft: Draft) -> None:
    moved = save_draft(house.organisation, document(), by=None, scenario=draft.scenario, layout={"door": {"x": 1}})
    url = reverse("scenarios:revisions_compare", args=[draft.scenario.pk, draft.revision.pk, moved.revision.pk])
    assert b"There are no differences" in sign_in(house.designer).get(url).content


def test_what_a_placement_pins_is_not_deleted(house: House, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    version = publish(draft.revision.pk, house.publisher, timezone.now())
    asked: list[Any] = []

    def placements(kind: str, ids: Any) -> list[str]:
        asked.append((kind, list(ids)))
        return ["3 placements use it."]

    monkeypatch.setattr(deletion, "_CHECKS", [placements])
    client = sign_in(house.publisher)
    url = reverse("scenarios:delete", args=[draft.scenario.pk])
    assert b"3 placements use it." in client.get(url).content
    assert "3 placements use it." in said(client.post(url))
    bulk = reverse("wagtail_bulk_action", args=["authoring", "scenario", "delete"])
    assert "3 placements use it." in said(client.post(f"{bulk}?id={draft.scenario.pk}&next=/admin/"))
    assert Scenario.objects.count() == 1
    assert asked[0] == ("scenario", [version.pk])


def test_a_draft_that_nobody_uses_is_deleted_by_its_designer(house: House, scenario: Scenario) -> None:
    sign_in(house.designer).post(reverse("scenarios:delete", args=[scenario.pk]))
    assert Scenario.objects.count() == 0


def test_what_was_published_is_not_a_designers_to_delete(house: House, draft: Draft) -> None:
    publish(draft.revision.pk, house.publisher, timezone.now())
    response = sign_in(house.designer).post(reverse("scenarios:delete", args=[draft.scenario.pk]))
    assert response.status_code == 302  # back to the dashboard, with a message
    assert Scenario.objects.count() == 1


def test_a_scenario_of_a_published_course_names_the_course(house: House, draft: Draft) -> None:
    publish(draft.revision.pk, house.publisher, timezone.now())
    course = Course(organisation=house.organisation, slug="care", title="Care", live=False)
    course.modules = [CourseModule(module_id="one", scenario=draft.scenario)]
    course.save()
    publish_course(course.save_revision(clean=False).pk, house.publisher, timezone.now())
    page = sign_in(house.publisher).get(reverse("scenarios:delete", args=[draft.scenario.pk])).content.decode()
    assert "The published course “Care” (version 1) uses it." in page


PAGES = ["scenarios:list", "scenarios:add", "courses:list", "courses:add", "wagtailadmin_home"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["designer", "publisher", "reviewer"])
def test_pages_open_for_members(house: House, scenario: Scenario, name: str, role: str) -> None:
    response = sign_in(getattr(house, role)).get(reverse(name))
    allowed = role != "reviewer" or not name.endswith(":add")
    assert response.status_code == (200 if allowed else 302), name


OBJECT_PAGES = ["edit", "outline", "history", "usage", "copy", "share", "delete", "workflow_history"]


@pytest.mark.parametrize("name", OBJECT_PAGES)
def test_pages_of_a_scenario_open_for_its_designer(house: House, scenario: Scenario, name: str) -> None:
    assert sign_in(house.designer).get(reverse(f"scenarios:{name}", args=[scenario.pk])).status_code == 200


def test_the_list_filters_and_searches(house: House, scenario: Scenario) -> None:
    save_draft(house.organisation, document(id="other", title="Bad news", purpose="coached"), by=house.designer)
    client = sign_in(house.designer)
    listed = client.get(reverse("scenarios:list"), {"purpose": "coached"}).content.decode()
    assert "Bad news" in listed
    assert "The late parcel" not in listed
    found = client.get(reverse("scenarios:list_results"), {"q": "parcel"}).content.decode()
    assert "The late parcel" in found
    assert "Bad news" not in found


def test_a_reviewer_reads_the_outline_and_comments(house: House, scenario: Scenario) -> None:
    client = sign_in(house.reviewer)
    url = reverse("scenarios:outline", args=[scenario.pk])
    assert client.post(url, {"scene": "door", "text": "Too\0 curt?"}).status_code == 302
    assert SceneComment.objects.get().text == "Too curt?"  # PostgreSQL stores no NUL
    page = client.get(url).content.decode()
    for text in ("It was promised for Tuesday.", "→ A new date", "Listening +2", "Too curt?"):
        assert text in page
    assert client.get(edit_url(scenario)).status_code == 302


def test_the_starters_are_fit_to_be_published(house: House) -> None:
    from authoring.starters import STARTERS

    client = sign_in(house.designer)
    for starter in STARTERS:
        posted = {"way": "starter", "starter-title": f"My {starter.name}", "starter-starter": starter.name}
        assert client.post(reverse("scenarios:add"), posted).status_code == 302
        row = Scenario.objects.get(title=f"My {starter.name}")
        assert row.errors == 0, starter.name
        publish(row.latest_revision_id, house.publisher, timezone.now())
