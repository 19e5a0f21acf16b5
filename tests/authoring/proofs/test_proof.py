"""The proof page: what is certain, worked out once by the worker, and told in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authoring.confined.parent import Ended
from authoring.drafts import save_draft
from authoring.models import Scenario, ScenarioProof
from authoring.proofs import work
from authoring.proofs.shown import show
from authoring.publishing import publish
from config.work import KINDS
from foundation.api import run_due
from scenario_engine.codec import decode_raw
from tests.authoring.conftest import House, broken_document, document, sign_in
from tests.authoring.test_admin import form

pytestmark = pytest.mark.django_db
KIND = [kind for kind in KINDS if kind.name == "authoring.proofs"]


@pytest.fixture(autouse=True)
def real_kinds(settings: Any) -> None:
    settings.WORK_KINDS = "config.work.KINDS"


def page_of(scenario: Scenario, **query: Any) -> str:
    address = reverse("scenarios:proof_page", args=[scenario.pk])
    return address + ("?version=" + str(query["version"]) if query else "")


def test_from_asking_to_the_page(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    waiting = client.get(page_of(scenario)).content.decode()
    assert "Being worked out" in waiting
    progress = reverse("scenarios:proof_progress", args=[scenario.pk])
    assert client.get(progress).json()["state"] == "working"
    assert run_due(kinds=KIND) == 1
    assert client.get(progress).json()["state"] == "done"
    text = client.get(page_of(scenario)).content.decode()
    for words in (
        "The best possible play earns <strong>2</strong> points",
        "A new date",
        "100 %",
        "A shortest play that comes here",
        "At the door</a>: “These things happen.”",
        "A simulated cohort",
        "picks at random",
        "<svg",
    ):
        assert words in text, words
    assert ScenarioProof.objects.get().document is None


def test_the_same_content_is_worked_out_once(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    for _ in range(3):
        client.get(page_of(scenario))
        run_due(kinds=KIND)
    assert ScenarioProof.objects.count() == 1
    version = publish(scenario.latest_revision_id, house.publisher, timezone.now())
    assert "Being worked out" not in client.get(page_of(scenario, version=version.number)).content.decode()


def test_a_draft_with_errors_is_not_proven_and_says_why(house: House, scenario: Scenario) -> None:
    save_draft(house.organisation, broken_document(), by=house.designer, scenario=scenario)
    client = sign_in(house.designer)
    client.get(page_of(scenario))
    run_due(kinds=KIND)
    text = client.get(page_of(scenario)).content.decode()
    assert "Not proven." in text
    assert "There are errors to solve first" in text
    assert f"{reverse('authoring_checks')}#structure.missing-target" in text


def test_a_draft_that_cannot_be_read_shows_its_problems(house: House, scenario: Scenario) -> None:
    save_draft(house.organisation, {"format": 1, "scenes": "none"}, by=house.designer, scenario=scenario)
    assert "This draft cannot be read yet" in sign_in(house.designer).get(page_of(scenario)).content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"purpose": "coached"}, "1.5 and counts 100 %."),
        (
            {"purpose": "coached", "scoring": {"grade": "declared_max", "max": 2}},
            "1.5 of the declared 2, which counts 75 %.",
        ),
        ({"purpose": "coached", "scoring": {"grade": "ending"}}, "1.5. The grade is the one that the ending fixes."),
        ({"purpose": "practice"}, "1.5. The grade does not depend on points: who comes to an end has done it."),
    ],
)
def test_the_best_play_is_told_as_it_counts(changed: dict[str, Any], says: str) -> None:
    made = decode_raw({**document(), **changed}).scenario
    assert made is not None
    proof = {"maximum": "3/2", "situations": 4}
    shown = show(made, {"findings": [], "proof": proof, "best": [], "cohort": None})
    assert shown.maximum + shown.measure == says


@pytest.mark.parametrize(("why", "says"), [("memory", "more to search than fits"), ("time", "took too long")])
def test_a_search_that_is_too_large_is_told(
    house: House, scenario: Scenario, monkeypatch: pytest.MonkeyPatch, why: Any, says: str
) -> None:
    def end(*args: Any) -> None:
        raise Ended(why)

    monkeypatch.setattr(work, "run_confined", end)
    client = sign_in(house.designer)
    client.get(page_of(scenario))
    run_due(kinds=KIND)
    assert says in client.get(page_of(scenario)).content.decode()


def test_old_proofs_are_forgotten(house: House, scenario: Scenario) -> None:
    for number in range(10):
        made = decode_raw(document(title=f"Parcel {number}")).scenario
        assert made is not None
        work.ask_proof(scenario, made)
    assert scenario.proofs.count() == work.KEPT_PER_SCENARIO


def test_a_refusal_to_publish_leads_to_the_proof(house: House, scenario: Scenario) -> None:
    posted = form(broken_document(), **{"action-publish": "action-publish"})
    response = sign_in(house.publisher).post(reverse("scenarios:edit", args=[scenario.pk]), posted)
    said = " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert page_of(scenario) in said


def test_outsiders_find_nothing(neighbour: House, house: House, scenario: Scenario) -> None:
    for name in ("proof_page", "proof_progress", "versions", "export", "languages"):
        address = reverse(f"scenarios:{name}", args=[scenario.pk])
        assert sign_in(neighbour.designer).get(address).status_code == 404
        assert Client().get(address).status_code == 302
        assert sign_in(house.reviewer).get(address).status_code == 200
    assert sign_in(house.designer).get(page_of(scenario, version=7)).status_code == 404
    assert sign_in(house.designer).get(page_of(scenario, version="x")).status_code == 404


def test_every_check_has_an_anchor(house: House) -> None:
    text = sign_in(house.reviewer).get(reverse("authoring_checks")).content.decode()
    assert 'id="structure.dead-end"' in text
