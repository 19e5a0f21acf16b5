"""A scenario that calls another one: publishing freezes the called version in, whole, with its media and texts."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from authoring.drafts import save_draft
from authoring.media_store import MediaFile
from authoring.models import Scenario, ScenarioText, ScenarioVersion
from authoring.publishing import PublishRefused, publish
from authoring.stories import version_story
from learning import api as learning
from scenario_engine.texts import entry
from tests.authoring.conftest import House, document, sign_in
from tests.learning.conftest import launch, place

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n...."


def caller(name: str = "the-late-parcel") -> dict[str, Any]:
    """A frame around the parcel: a greeting, the call, and two endings of its own."""
    return {
        "format": 1, "id": "the-round", "title": "The round", "summary": "One morning.", "purpose": "practice",
        "minutes": 10, "start": "van",
        "scenes": [
            {"id": "van", "kind": "page", "title": "In the van", "text": "The first door.", "goto": "parcel"},
            {"id": "parcel", "kind": "route", "call": {"scenario": name, "ways": {"good": "on"}, "otherwise": "off"}},
            {"id": "on", "kind": "ending", "outcome": "good", "title": "On", "text": "The next door."},
            {"id": "off", "kind": "ending", "outcome": "poor", "title": "Off", "text": "Back to the van."},
        ],
    }  # fmt: skip


def release(house: House, raw: dict[str, Any], scenario: Scenario | None = None, **more: Any) -> ScenarioVersion:
    draft = save_draft(house.organisation, raw, by=house.designer, scenario=scenario, **more)
    return publish(draft.revision.pk, house.publisher, timezone.now())


def with_portrait() -> dict[str, Any]:
    raw = document()
    raw["cast"]["mara"]["moods"] = {"calm": {"image": "mara.png", "alt": "Mara, calm"}}
    raw["scenes"][0]["beats"][0]["mood"] = "calm"
    return raw


@pytest.fixture
def parcel(house: House) -> ScenarioVersion:
    return release(house, with_portrait(), media={"mara.png": MediaFile("mara.png", PNG)})


def test_what_is_called_is_frozen_in_with_its_media(house: House, parcel: ScenarioVersion) -> None:
    version = release(house, caller())
    story = version_story(version.pk)
    assert len(story.scenes) > 4
    assert [kept["sha256"] for kept in version.media.values()] == [parcel.media["mara.png"]["sha256"]]
    release(house, document(title="Another parcel", summary="Changed."), parcel.scenario)
    assert version_story(version.pk) is story or version_story(version.pk).scenario == story.scenario


def test_texts_of_what_is_called_come_along(house: House, parcel: ScenarioVersion) -> None:
    table = {"scenes.door.prompt": entry("Was sagst du?", "What do you say?")}
    ScenarioText.objects.create(scenario=parcel.scenario, locale="de", texts=table)
    publish(parcel.scenario.latest_revision_id, house.publisher, timezone.now())
    draft = save_draft(house.organisation, caller(), by=house.designer)
    ScenarioText.objects.create(scenario=draft.scenario, locale="de", texts={"scenes.van.text": "Die erste Tür."})
    version = publish(draft.revision.pk, house.publisher, timezone.now())
    placement = place(house.organisation, "scenario", version.scenario.uuid)
    playing = launch(placement, learning.new_learner(house.organisation, "Ana"), locale="de")
    assert "Die erste Tür." in playing.load().content.decode()
    assert "Was sagst du?" in playing.act(0, {"type": "continue"}).content.decode()


def test_an_ending_of_what_is_called_leads_on_in_the_caller(house: House, parcel: ScenarioVersion) -> None:
    version = release(house, caller(str(parcel.scenario.uuid)))
    playing = launch(
        place(house.organisation, "scenario", version.scenario.uuid), learning.new_learner(house.organisation, "Ana")
    )
    served = playing.play([{"type": "continue"}])
    for _ in range(8):
        view = served["view"]
        if view.get("over") or view.get("graded"):
            break
        choices = view.get("choices") if view["stage"] == "scene" else None
        action = {"type": "choose", "choice": choices[0]["id"]} if choices else {"type": "continue"}
        served = playing.act(view["seq"], action).json()
        assert "error_code" not in served, served
    assert "The next door." in str(served)


@pytest.mark.parametrize("name", ["nobody", "the-round"])
def test_a_call_that_leads_nowhere_is_refused_with_its_scene(house: House, name: str) -> None:
    draft = save_draft(house.organisation, caller(name), by=house.designer)
    with pytest.raises(PublishRefused) as refused:
        publish(draft.revision.pk, house.publisher, timezone.now())
    assert [(each.code, each.scene) for each in refused.value.findings] == [("link.unknown-scenario", "parcel")]


def test_nobody_calls_what_a_neighbour_published(house: House, neighbour: House) -> None:
    release(neighbour, document())
    draft = save_draft(house.organisation, caller(), by=house.designer)
    with pytest.raises(PublishRefused, match="1 problem"):
        publish(draft.revision.pk, house.publisher, timezone.now())


def test_a_draft_is_checked_and_played_as_a_whole(house: House, parcel: ScenarioVersion) -> None:
    draft = save_draft(house.organisation, caller(), by=house.designer)
    assert [each.code for each in draft.findings if each.level == "error"] == []
    client = sign_in(house.designer)
    play = reverse("scenarios:play", args=[draft.scenario.pk])
    first = client.post(play, {"document": caller()}, content_type="application/json").json()
    second = client.post(
        play,
        {"document": caller(), "state": first["state"], "seq": 0, "action": {"type": "continue"}},
        content_type="application/json",
    ).json()
    assert "What do you say?" in str(second["served"]["view"])
    assert second["served"]["media"]
