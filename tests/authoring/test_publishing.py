"""Publishing by each path, refusal, numbers, and versions that never change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from authoring.drafts import Draft, save_draft
from authoring.models import NeverChanges, Scenario, ScenarioVersion
from authoring.publishing import PublishRefused, publish
from foundation.api import AuditEntry
from scenario_engine.codec import decode_raw, digest, encode_json

from .conftest import House, broken_document, document

pytestmark = pytest.mark.django_db


def test_publishing_freezes_the_document_its_digest_and_the_proven_maximum(house: House, draft: Draft) -> None:
    version = publish(draft.revision.pk, house.publisher, timezone.now())
    expected = decode_raw(document()).scenario
    assert expected is not None
    assert bytes(version.document) == encode_json(expected)
    assert (version.number, version.digest, version.maximum) == (1, digest(expected), "2")
    assert (version.title, version.purpose, version.minutes) == ("The late parcel", "practice", 5)
    assert version.published_by == house.publisher
    assert Scenario.objects.get().live
    assert AuditEntry.objects.filter(action="scenario.published", actor=f"user:{house.publisher.pk}").count() == 1


def test_publishing_the_same_again_gives_no_new_number(house: House, draft: Draft) -> None:
    first = publish(draft.revision.pk, house.publisher, timezone.now())
    again = save_draft(house.organisation, document(), by=house.designer, scenario=draft.scenario)
    assert publish(again.revision.pk, house.publisher, timezone.now()).pk == first.pk
    assert ScenarioVersion.objects.count() == 1


def test_a_changed_text_of_another_language_gives_a_new_number(house: House, draft: Draft) -> None:
    publish(draft.revision.pk, house.publisher, timezone.now())
    texts = {"de": {"title": "Das verspätete Paket"}}
    again = save_draft(house.organisation, document(), by=house.designer, scenario=draft.scenario, texts=texts)
    version = publish(again.revision.pk, house.publisher, timezone.now())
    assert (version.number, version.texts) == (2, texts)


def test_the_revision_named_is_what_is_published_not_the_newest(house: House, draft: Draft) -> None:
    newer = document(title="Another title")
    save_draft(house.organisation, newer, by=house.designer, scenario=draft.scenario)
    version = publish(draft.revision.pk, house.publisher, timezone.now())
    assert version.title == "The late parcel"
    row = Scenario.objects.get()
    assert (row.title, row.has_unpublished_changes) == ("The late parcel", True)


def test_an_error_refuses_publishing_and_keeps_the_draft(house: House) -> None:
    draft = save_draft(house.organisation, broken_document(), by=house.designer)
    with pytest.raises(PublishRefused) as refusal:
        publish(draft.revision.pk, house.publisher, timezone.now())
    assert [finding.level for finding in refusal.value.findings] == ["error"] * len(refusal.value.findings) != []
    row = Scenario.objects.get()
    assert (row.live, row.first_published_at, row.versions.count()) == (False, None, 0)
    assert "goto" not in row.get_latest_revision_as_object().document["scenes"][0]["choices"][0]


def test_a_document_that_cannot_be_read_is_a_draft_and_refused(house: House) -> None:
    draft = save_draft(
        house.organisation, {"format": 1, "id": "x", "title": "X", "scenes": [{"kind": "what"}]}, by=None
    )
    assert draft.findings[0].code == "document.unknown-kind"
    with pytest.raises(PublishRefused, match="Not published: 1 problem to solve first"):
        publish(draft.revision.pk, house.publisher, timezone.now())


def test_a_designer_may_not_publish(house: House, draft: Draft, neighbour: House) -> None:
    for user in (house.designer, house.reviewer, neighbour.publisher):
        with pytest.raises(PermissionDenied):
            publish(draft.revision.pk, user, timezone.now())
    assert ScenarioVersion.objects.count() == 0


def test_a_version_never_changes(house: House, draft: Draft) -> None:
    version = publish(draft.revision.pk, house.publisher, timezone.now())
    version.title = "Other"
    with pytest.raises(NeverChanges):
        version.save()
    with pytest.raises(NeverChanges):
        version.delete()
    with pytest.raises(NeverChanges):
        ScenarioVersion.objects.update(title="Other")
    with pytest.raises(NeverChanges):
        ScenarioVersion.objects.all().delete()


def test_the_database_refuses_to_change_a_version(house: House, draft: Draft) -> None:
    publish(draft.revision.pk, house.publisher, timezone.now())
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE authoring_scenarioversion SET maximum = '99'")


def test_deleting_a_user_leaves_the_version(house: House, draft: Draft) -> None:
    publish(draft.revision.pk, house.publisher, timezone.now())
    house.publisher.delete()
    assert ScenarioVersion.objects.get().published_by is None


def schedule(draft: Draft, at: Any, house: House) -> None:
    scenario = draft.scenario
    scenario.go_live_at = at
    scenario.save_revision(user=house.publisher).publish(user=house.publisher, skip_permission_checks=True)


def test_a_schedule_freezes_the_version_when_it_comes(house: House, draft: Draft) -> None:
    schedule(draft, timezone.now() + timedelta(hours=1), house)
    assert ScenarioVersion.objects.count() == 0
    scenario = Scenario.objects.get()
    scenario.revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    revision = scenario.latest_revision
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert ScenarioVersion.objects.get().number == 1


def test_an_unfit_draft_cannot_be_scheduled(house: House) -> None:
    draft = save_draft(house.organisation, broken_document(), by=house.designer)
    with pytest.raises(PublishRefused):
        schedule(draft, timezone.now() + timedelta(hours=1), house)
    assert not Scenario.objects.get().approved_schedule


def test_a_schedule_that_meets_an_unfit_draft_does_not_stop_the_others(house: House, draft: Draft) -> None:
    """The draft was fit when it was scheduled; checks may have grown since."""
    other = save_draft(house.organisation, document(id="second", title="Second"), by=house.designer)
    for each in (draft, other):
        schedule(each, timezone.now() + timedelta(hours=1), house)
    for each in Scenario.objects.all():
        revision = each.latest_revision
        past = timezone.now() - timedelta(minutes=1)
        revision.approved_go_live_at = past
        revision.content["go_live_at"] = past.isoformat()
        if each.slug == "the-late-parcel":
            revision.content["document"] = broken_document()
        revision.save()
    call_command("publish_scheduled")
    assert [version.title for version in ScenarioVersion.objects.all()] == ["Second"]
    turned_back = Scenario.objects.get(slug="the-late-parcel")
    assert not turned_back.approved_schedule
    assert AuditEntry.objects.filter(action="publish.refused", subject=f"scenario:{turned_back.uuid}").count() == 1
