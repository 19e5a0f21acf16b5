"""Learners in the middle of an older version: nothing happens to them by publishing, and moving keeps path and score."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authoring.drafts import Draft, save_draft
from authoring.models import Scenario, ScenarioVersion, VersionMove
from authoring.moving import work
from authoring.publishing import publish
from config.work import KINDS
from foundation import leases
from foundation.api import AuditEntry, run_due
from learning import api as learning
from learning.models import Attempt
from tests.authoring.conftest import House, document, sign_in
from tests.authoring.test_admin import form
from tests.learning.conftest import Playing, launch, place

pytestmark = pytest.mark.django_db
KIND = [kind for kind in KINDS if kind.name == "authoring.moving"]


@pytest.fixture(autouse=True)
def real_kinds(settings: Any) -> None:
    settings.WORK_KINDS = "config.work.KINDS"


def two_steps(**changes: Any) -> dict[str, Any]:
    """The parcel with a second question, so that one can be in the middle of it."""
    raw = document(**changes)
    raw["scenes"][1]["otherwise"] = "promise"
    raw["scenes"][1]["rules"][0]["goto"] = "promise"
    raw["scenes"].insert(2, {
        "id": "promise", "kind": "decision", "title": "The promise", "prompt": "What do you promise?",
        "choices": [
            {"id": "noon", "text": "I ring you at noon.", "points": {"listening": 1}, "feedback": "Yes.", "goto": "calm"},
            {"id": "soon", "text": "Soon.", "points": {"listening": 0}, "feedback": "When?", "goto": "gone"},
        ],
    })  # fmt: skip
    return raw


def other_points() -> dict[str, Any]:
    raw = two_steps()
    raw["scenes"][0]["choices"][1]["points"] = {"listening": -2}
    return raw


def other_way() -> dict[str, Any]:
    """Whoever shrugged would have met the door shut."""
    raw = two_steps()
    raw["scenes"][1]["otherwise"] = "gone"
    return raw


def other_words() -> dict[str, Any]:
    raw = two_steps(title="The very late parcel")
    raw["scenes"][2]["choices"][0]["text"] = "I shall ring you at noon."
    return raw


def release(house: House, raw: dict[str, Any], scenario: Scenario | None = None) -> ScenarioVersion:
    draft = save_draft(house.organisation, raw, by=house.designer, scenario=scenario)
    return publish(draft.revision.pk, house.publisher, timezone.now())


@pytest.fixture
def first(house: House) -> ScenarioVersion:
    return release(house, two_steps())


@pytest.fixture
def learners(house: House, first: ScenarioVersion) -> Callable[..., list[Playing]]:
    placement = place(house.organisation, "scenario", first.scenario.uuid)

    def play(*choices: str, **options: Any) -> list[Playing]:
        made = []
        for number, choice in enumerate(choices):
            playing = launch(placement, learning.new_learner(house.organisation, f"Learner {number}"), **options)
            playing.load()
            if choice:
                playing.act(0, {"type": "choose", "choice": choice})
            made.append(playing)
        return made

    return play


def work_off() -> None:
    run_due(kinds=KIND)


def move_of(version: ScenarioVersion) -> VersionMove:
    return VersionMove.objects.get(from_version=version)


def test_publishing_touches_nobody_and_counts_who_could_move(
    house: House, first: ScenarioVersion, learners: Callable[..., list[Playing]]
) -> None:
    learners("ask", "ask", "shrug", "")
    before = list(Attempt.objects.order_by("pk").values_list("version_id", "state"))
    second = release(house, other_points(), first.scenario)
    work_off()
    move = move_of(first)
    assert (move.state, move.able, move.to_version) == ("looked", 3, second)
    assert list(move.stuck.values()) == [1]
    assert list(Attempt.objects.order_by("pk").values_list("version_id", "state")) == before


def test_moving_keeps_path_and_score_and_is_in_the_trail(
    house: House, first: ScenarioVersion, learners: Callable[..., list[Playing]]
) -> None:
    asked, shrugged = learners("ask", "shrug")
    for playing in (asked, shrugged):
        assert playing.act(1, {"type": "continue"}).status_code == 200
    second = release(house, other_way(), first.scenario)
    work_off()
    work.begin_moving(move_of(first), house.publisher)
    work_off()
    move = move_of(first)
    assert (move.state, move.able, sum(move.stuck.values())) == ("moved", 1, 1)
    kept = dict(Attempt.objects.values_list("participation_id", "version_id"))
    assert kept == {asked.participation.pk: second.pk, shrugged.participation.pk: first.pk}
    entry = AuditEntry.objects.get(action="attempts.moved")
    assert (entry.actor, len(entry.detail["attempts"])) == (f"user:{house.publisher.pk}", 1)
    # Both play on: one on the new version, one on the old.
    for playing in (asked, shrugged):
        served = playing.load().json()
        assert served["view"]["title"] == "The late parcel"
        served = playing.act(served["view"]["seq"], {"type": "choose", "choice": "noon"})
        assert served.status_code == 200, served.content


def test_a_learner_who_moved_reads_the_new_words(
    house: House, first: ScenarioVersion, learners: Callable[..., list[Playing]]
) -> None:
    (playing,) = learners("ask")
    second = release(house, other_words(), first.scenario)
    work_off()
    work.begin_moving(move_of(first), house.publisher)
    work_off()
    served = playing.act(playing.load().json()["view"]["seq"], {"type": "continue"})
    assert "I shall ring you at noon." in served.content.decode()
    playing.participation.refresh_from_db()
    assert playing.participation.version_id == second.pk


def test_moving_twice_changes_nothing_more(
    house: House, first: ScenarioVersion, learners: Callable[..., list[Playing]]
) -> None:
    learners("ask", "ask", "shrug")
    release(house, other_words(), first.scenario)
    work_off()
    for _ in range(2):
        work.begin_moving(move_of(first), house.publisher)
        work_off()
    assert AuditEntry.objects.filter(action="attempts.moved").count() == 1
    assert not Attempt.objects.filter(version_id=first.pk).exists()


def test_a_killed_worker_goes_on_where_it_stopped(
    house: House, first: ScenarioVersion, learners: Callable[..., list[Playing]], monkeypatch: pytest.MonkeyPatch
) -> None:
    learners("ask", "ask", "ask")
    release(house, other_words(), first.scenario)
    monkeypatch.setattr(work, "BATCH", 1)
    work_off()
    work.begin_moving(move_of(first), house.publisher)
    (taken,) = leases.claim(KIND[0], timezone.now(), 1)
    batches: list[int] = []
    add = work._add

    def die_after_one(*args: Any) -> None:
        add(*args)
        batches.append(1)
        if len(batches) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(work, "_add", die_after_one)
    with pytest.raises(KeyboardInterrupt):
        work.run_move(taken, timezone.now())
    monkeypatch.setattr(work, "_add", add)
    assert Attempt.objects.filter(version_id=first.pk).count() == 2  # the second batch was rolled back
    VersionMove.objects.update(due_at=timezone.now(), lease_until=None)
    work_off()
    assert Attempt.objects.filter(version_id=first.pk).count() == 0
    assert move_of(first).able == 3


def test_whoever_steps_meanwhile_is_left(
    house: House, first: ScenarioVersion, learners: Callable[..., list[Playing]]
) -> None:
    from learning.moving import STEPPED, Attempts

    (playing,) = learners("ask")
    second = release(house, other_words(), first.scenario)
    keeper = Attempts()
    looked = keeper.look(first.pk, work.version_story(second.pk), "", 50)
    playing.act(playing.load().json()["view"]["seq"], {"type": "continue"})
    batch = keeper.apply(looked, first.pk, second.pk, timezone.now())
    assert (batch.able, batch.stuck, batch.moved) == (0, {STEPPED: 1}, [])


def test_previews_finished_and_stopped_attempts_are_nobodys_business(
    house: House, first: ScenarioVersion, learners: Callable[..., list[Playing]]
) -> None:
    learners("ask", preview=True)
    (done,) = learners("shrug")
    served = done.act(done.load().json()["view"]["seq"], {"type": "stop"})
    assert served.status_code == 200
    release(house, other_words(), first.scenario)
    assert not VersionMove.objects.exists()


def test_the_form_says_who_is_in_the_middle(
    house: House, first: ScenarioVersion, learners: Callable[..., list[Playing]]
) -> None:
    learners("ask", "shrug")
    client = sign_in(house.publisher)
    address = reverse("scenarios:edit", args=[first.scenario.pk])
    response = client.post(address, form(other_points(), **{"action-publish": "action-publish"}))
    said = " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert "2 attempts are in progress on an earlier version" in said
    assert reverse("scenarios:versions", args=[first.scenario.pk]) in said


def test_the_versions_page_from_a_draft_to_moving(
    house: House, first: ScenarioVersion, learners: Callable[..., list[Playing]]
) -> None:
    learners("ask", "ask", "shrug")
    save_draft(house.organisation, other_points(), by=house.designer, scenario=first.scenario)
    client, page = sign_in(house.publisher), reverse("scenarios:versions", args=[first.scenario.pk])
    assert "If you publish the draft now" in client.get(page).content.decode()
    assert client.get(reverse("scenarios:versions_progress", args=[first.scenario.pk])).json()["state"] == "working"
    work_off()
    text = client.get(page).content.decode()
    assert "3 attempts are in progress on version 1" in text
    assert "2 can go on with the new version, 1 cannot" in text
    revision = Scenario.objects.get().latest_revision_id
    publish(revision, house.publisher, timezone.now())
    text = client.get(page).content.decode()
    assert "Move 2 to version 2" in text
    answer = client.post(reverse("scenarios:move", args=[first.scenario.pk, move_of(first).pk]))
    assert answer.status_code == 302
    work_off()
    text = client.get(page).content.decode()
    assert "2 attempts were moved" in text
    assert "1 could not be" in text


def test_only_a_publisher_of_the_organisation_moves_anybody(
    house: House, neighbour: House, first: ScenarioVersion, learners: Callable[..., list[Playing]]
) -> None:
    learners("ask")
    release(house, other_words(), first.scenario)
    work_off()
    address = reverse("scenarios:move", args=[first.scenario.pk, move_of(first).pk])
    assert sign_in(neighbour.publisher).post(address).status_code == 404
    assert sign_in(house.designer).post(address).status_code in (302, 403)
    assert Client().post(address).status_code == 302
    assert move_of(first).state == "looked"
    assert sign_in(house.publisher).get(address).status_code == 405
    assert (
        "Move 1"
        not in sign_in(house.designer).get(reverse("scenarios:versions", args=[first.scenario.pk])).content.decode()
    )


def test_a_draft_is_no_place_to_move_to(
    house: House, first: ScenarioVersion, learners: Callable[..., list[Playing]], draft: Draft
) -> None:
    learners("ask")
    from scenario_engine.codec import decode_raw

    document_now = decode_raw(other_words()).scenario
    assert document_now is not None
    (move,) = work.look_at_draft(first.scenario, document_now)
    with pytest.raises(work.NotNow):
        work.begin_moving(move, house.publisher)
