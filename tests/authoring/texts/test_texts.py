"""One story in many languages: typed in the browser or sent to a translator, marked when stale, frozen at publish."""

from __future__ import annotations

from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authoring.drafts import save_draft
from authoring.models import Scenario, ScenarioText, ScenarioVersion
from authoring.publishing import publish
from foundation.api import AuditEntry
from learning import api as learning
from scenario_engine.texts import entry, source_mark, text_in
from tests.authoring.conftest import House, document, sign_in
from tests.learning.conftest import launch, place

pytestmark = pytest.mark.django_db
PROMPT = "scenes.door.prompt"
CHOICE = "scenes.door.choices.ask.text"
FORMATS = ("po", "xliff")


@pytest.fixture
def german(scenario: Scenario) -> ScenarioText:
    return ScenarioText.objects.create(scenario=scenario, locale="de", texts={})


def url(name: str, scenario: Scenario, *more: str) -> str:
    return reverse(f"scenarios:{name}", args=[scenario.pk, *more])


def typed(**texts: str) -> dict[str, str]:
    """What the browser posts for texts that were empty when the page was opened."""
    posted = {}
    for key, text in texts.items():
        posted[f"text.{key}"], posted[f"was.{key}"] = text, source_mark("")
    return posted


def table(row: ScenarioText) -> dict[str, Any]:
    row.refresh_from_db()
    return dict(row.texts)


def test_a_language_is_added_listed_and_removed(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    page = url("languages", scenario)
    answer = client.post(page, {"locale": "pt_BR"})
    assert answer.url == url("language", scenario, "pt-BR")
    listed = client.get(page).content.decode()
    assert "0 of" in listed
    assert "not published yet" in listed
    remove = url("language_remove", scenario, "pt-BR")
    client.post(remove)
    assert ScenarioText.objects.count() == 1
    client.post(remove, {"sure": "on"})
    assert ScenarioText.objects.count() == 0
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert {"scenario.language_added", "scenario.language_removed"} <= set(actions)


@pytest.mark.parametrize(
    ("locale", "says"),
    [
        ("en", "the language the scenario is written in"),
        ("DE", "already"),
        ("<b>", "no language code"),
        ("", "required"),
    ],
)
def test_what_is_no_new_language_is_refused(
    house: House, scenario: Scenario, german: ScenarioText, locale: str, says: str
) -> None:
    answer = sign_in(house.designer).post(url("languages", scenario), {"locale": locale})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert ScenarioText.objects.count() == 1


def test_what_is_typed_is_kept_with_the_mark_of_its_source(
    house: House, scenario: Scenario, german: ScenarioText
) -> None:
    client = sign_in(house.designer)
    answer = client.post(url("language", scenario, "de"), typed(**{PROMPT: "Was sagst du?", "scenes.none": "x"}))
    assert answer.status_code == 302
    assert table(german) == {PROMPT: entry("Was sagst du?", "What do you say?")}
    page = client.get(url("language", scenario, "de")).content.decode()
    assert "Was sagst du?" in page
    assert "1 of" in page


def test_a_changed_source_makes_a_text_stale_until_it_is_looked_at(
    house: House, scenario: Scenario, german: ScenarioText
) -> None:
    client = sign_in(house.designer)
    page = url("language", scenario, "de")
    client.post(page, typed(**{PROMPT: "Was sagst du?"}))
    changed = document()
    changed["scenes"][0]["prompt"] = "What do you say first?"
    save_draft(house.organisation, changed, by=house.designer, scenario=scenario)
    assert "1 stale" in client.get(url("languages", scenario)).content.decode()
    stale = client.get(page, {"show": "stale"}).content.decode()
    assert "What do you say first?" in stale
    assert "Tell me what it was for." not in stale
    was = source_mark("Was sagst du?")
    client.post(page, {f"text.{PROMPT}": "Was sagst du?", f"was.{PROMPT}": was, f"right.{PROMPT}": "on"})
    assert table(german)[PROMPT] == entry("Was sagst du?", "What do you say first?")


def test_nobody_overwrites_what_somebody_else_just_typed(
    house: House, scenario: Scenario, german: ScenarioText
) -> None:
    client = sign_in(house.designer)
    page = url("language", scenario, "de")
    client.post(page, typed(**{PROMPT: "Was sagst du?"}))
    answer = client.post(page, typed(**{PROMPT: "Was sagen Sie?", CHOICE: "Wofür war es?"}))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Somebody else changed this meanwhile" in text
    assert "Was sagen Sie?" in text  # what was typed is still there
    assert {key: text_in(value) for key, value in table(german).items()} == {
        PROMPT: "Was sagst du?", CHOICE: "Wofür war es?",
    }  # fmt: skip


def test_a_translation_that_would_break_in_play_is_not_taken(
    house: House, scenario: Scenario, german: ScenarioText
) -> None:
    page = url("language", scenario, "de")
    answer = sign_in(house.designer).post(page, typed(**{PROMPT: "Hallo {learner.first_name}"}))
    assert "Not saved." in answer.content.decode()
    assert table(german) == {}


def test_an_emptied_text_is_read_as_written_again(house: House, scenario: Scenario, german: ScenarioText) -> None:
    client, page = sign_in(house.designer), url("language", scenario, "de")
    client.post(page, typed(**{PROMPT: "Was sagst du?"}))
    client.post(page, {f"text.{PROMPT}": "", f"was.{PROMPT}": source_mark("Was sagst du?")})
    assert table(german) == {}


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_goes_to_a_translator_and_back(
    house: House, scenario: Scenario, german: ScenarioText, name: str
) -> None:
    client = sign_in(house.designer)
    client.post(url("language", scenario, "de"), typed(**{PROMPT: "Was sagst du?"}))
    response = client.get(url("language_file", scenario, "de"), {"format": name})
    assert response["Content-Disposition"].startswith('attachment; filename="the-late-parcel.de')
    data = _translate(response.content, name)
    answer = client.post(url("language_upload", scenario, "de"), {"file": SimpleUploadedFile("back", data)})
    page = answer.content.decode()
    assert "What was taken of the file" in page
    texts = {key: text_in(value) for key, value in table(german).items()}
    assert texts == {PROMPT: "Was sagst du?", CHOICE: "Wofür war es?"}


def _translate(data: bytes, name: str) -> bytes:
    if name == "po":
        file = polib.pofile(data.decode())
        for each in file:
            if each.msgid == "Tell me what it was for.":
                each.msgstr = "Wofür war es?"
        return str(file).encode()
    from lxml import etree

    root = etree.fromstring(data)
    space = root.nsmap[None]
    for unit in root.iter(f"{{{space}}}trans-unit"):
        if unit.findtext(f"{{{space}}}source") == "Tell me what it was for.":
            target = unit.find(f"{{{space}}}target")
            if target is None:
                target = etree.SubElement(unit, f"{{{space}}}target")
            target.text = "Wofür war es?"
            target.attrib.pop("state", "")
    return etree.tostring(root)


@pytest.mark.parametrize("data", [b"", b"<a><!DOCTYPE x>", b"\0\1\2", "<xliff>".encode("utf-16")])
def test_a_file_that_cannot_be_read_is_told_on_the_page(
    house: House, scenario: Scenario, german: ScenarioText, data: bytes
) -> None:
    answer = sign_in(house.designer).post(
        url("language_upload", scenario, "de"), {"file": SimpleUploadedFile("x.xlf", data)}
    )
    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert table(german) == {}


def test_reviewers_read_and_neighbours_find_nothing(
    house: House, neighbour: House, scenario: Scenario, german: ScenarioText
) -> None:
    reviewer, outsider = sign_in(house.reviewer), sign_in(neighbour.designer)
    page = url("language", scenario, "de")
    assert reviewer.get(page).status_code == 200
    reviewer.post(page, typed(**{PROMPT: "Was?"}))
    reviewer.post(url("languages", scenario), {"locale": "fr"})
    for name in ("language_upload", "language_remove"):
        assert reviewer.post(url(name, scenario, "de"), {"sure": "on"}).status_code in (302, 403)
    assert (table(german), ScenarioText.objects.count()) == ({}, 1)
    for name in ("language", "language_file"):
        assert outsider.get(url(name, scenario, "de")).status_code == 404
        assert Client().get(url(name, scenario, "de")).status_code == 302
        assert reviewer.get(url(name, scenario, "fr")).status_code == 404
    for name in ("language_upload", "language_remove"):
        assert outsider.post(url(name, scenario, "de")).status_code == 404


def test_a_learner_whose_lms_speaks_the_language_gets_it_once_it_is_published(
    house: House, scenario: Scenario, german: ScenarioText
) -> None:
    client = sign_in(house.designer)
    client.post(url("language", scenario, "de"), typed(**{PROMPT: "Was sagst du?", CHOICE: "Wofür war es?"}))
    publish(scenario.latest_revision_id, house.publisher, timezone.now())
    placement = place(house.organisation, "scenario", scenario.uuid)

    def sees(locale: str) -> str:
        learner = learning.new_learner(house.organisation, "Ana")
        return str(launch(placement, learner, locale=locale).load().content.decode())

    for locale in ("de", "de-AT"):
        assert "Was sagst du?" in sees(locale)
        assert "These things happen." in sees(locale)  # not translated: as written
    assert "What do you say?" in sees("fr")
    assert "as learners have it" in client.get(url("languages", scenario)).content.decode()
    # A later translation changes no published version.
    client.post(
        url("language", scenario, "de"),
        {f"text.{PROMPT}": "Was sagen Sie?", f"was.{PROMPT}": source_mark("Was sagst du?")},
    )
    assert "Was sagst du?" in sees("de")
    assert "published with the next version" in client.get(url("languages", scenario)).content.decode()
    publish(scenario.latest_revision_id, house.publisher, timezone.now())
    assert ScenarioVersion.objects.count() == 2
    assert "Was sagen Sie?" in sees("de")


def test_a_language_that_no_database_can_be_asked_for_is_not_there(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url("language", scenario, "d\0")).status_code == 404
    assert not any(ScenarioText._meta.db_table in each["sql"] for each in asked)
