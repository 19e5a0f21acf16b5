"""The door of authoring: what learning and lti get."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from uuid import uuid4

import pytest
from django.utils import timezone

from authoring import api
from authoring.drafts import Draft
from authoring.models import Course, CourseModule, CourseVersion, ScenarioVersion
from authoring.publishing import publish, publish_course

from .conftest import House, document

pytestmark = pytest.mark.django_db


def test_a_published_version_is_found_with_its_story_and_maximum(house: House, draft: Draft) -> None:
    with pytest.raises(ScenarioVersion.DoesNotExist):
        api.published_version(draft.scenario.uuid)
    version = publish(draft.revision.pk, house.publisher, timezone.now())
    ref = api.published_version(draft.scenario.uuid)
    assert (ref.id, ref.uuid, ref.number, ref.digest) == (version.pk, version.uuid, 1, version.digest)
    assert api.version_ref(version.pk) == ref
    story = api.version_story(ref.id)
    assert (story.maximum, story.locale, len(story.scenes)) == (Fraction(2), "en", 4)
    assert api.version_story(ref.id, "en-GB") is story


def test_a_story_is_told_in_the_nearest_language_there_is(house: House, draft: Draft) -> None:
    texts = {"de": {"title": "Das Paket"}, "pt-BR": {"title": "A encomenda"}}
    saved = api.save_draft(house.organisation, document(), by=house.designer, scenario=draft.scenario, texts=texts)
    version = publish(saved.revision.pk, house.publisher, timezone.now())
    told = {locale: api.version_story(version.pk, locale) for locale in ("de-CH", "DE", "pt", "fr", "")}
    assert {locale: (story.locale, story.scenario.title) for locale, story in told.items()} == {
        "de-CH": ("de", "Das Paket"),
        "DE": ("de", "Das Paket"),
        "pt": ("pt-BR", "A encomenda"),
        "fr": ("en", "The late parcel"),
        "": ("en", "The late parcel"),
    }
    assert api.version_ref(version.pk).languages == ("en", "de", "pt-BR")


def test_a_published_course_lists_its_modules(house: House, draft: Draft) -> None:
    with pytest.raises(CourseVersion.DoesNotExist):
        api.published_course(uuid4())
    version = publish(draft.revision.pk, house.publisher, timezone.now())
    course = Course(organisation=house.organisation, slug="care", title="Care", summary="How to.", live=False)
    course.modules = [CourseModule(module_id="one", scenario=draft.scenario, weight=Decimal("1.50"), attempts=2)]
    course.save()
    publish_course(course.save_revision(clean=False).pk, house.publisher, timezone.now())
    ref = api.published_course(course.uuid)
    assert ref.modules == [
        api.ModuleRef("one", "The late parcel", version.pk, Decimal("1.5"), True, "scenario", "practice", 2, "", 5)
    ]
    assert (ref.title, ref.send, ref.number) == ("Care", "when_complete", 1)
    assert api.course_version(ref.id) == ref
    found = api.search_published(house.organisation)
    assert [(each.kind, each.title) for each in found] == [("course", "Care"), ("scenario", "The late parcel")]
    assert [each.kind for each in api.search_published(house.organisation, "parcel come")] == ["scenario"]


def test_search_shows_only_ones_own_and_only_what_is_live(house: House, neighbour: House, draft: Draft) -> None:
    assert api.search_published(house.organisation) == []
    publish(draft.revision.pk, house.publisher, timezone.now())
    assert api.search_published(neighbour.organisation) == []
    draft.scenario.refresh_from_db()
    draft.scenario.unpublish()
    assert api.search_published(house.organisation) == []
    assert api.published_version(draft.scenario.uuid).number == 1
