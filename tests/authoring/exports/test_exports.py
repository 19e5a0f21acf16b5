"""Whatever is here can be taken along: from the admin and from the terminal, with a report of what a file cannot carry."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from authoring.drafts import save_draft
from authoring.exports.bounds import MOST_LINES
from authoring.exports.formats import course_formats, scenario_formats
from authoring.imports.jobs import import_now
from authoring.models import Course, Scenario
from authoring.packs.load import load_pack
from authoring.publishing import publish
from scenario_engine.codec import decode
from tests.authoring.conftest import House, document, sign_in
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(house: House) -> Course:
    return load_pack(ROOT / "course_packs" / "customer-care", house.organisation, house.publisher).course


def file_url(scenario: Scenario, **query: object) -> str:
    pairs = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('scenarios:export_file', args=[scenario.pk])}?{pairs}"


@pytest.mark.parametrize("name", [each.name for each in scenario_formats()])
def test_a_scenario_leaves_in_every_format(house: House, scenario: Scenario, name: str) -> None:
    client = sign_in(house.designer)
    page = reverse("scenarios:export", args=[scenario.pk])
    assert f"format={name}" in client.get(page).content.decode()
    report = client.get(page, {"format": name}).content.decode()
    assert 'id="chosen"' in report
    response = client.get(file_url(scenario, format=name))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="the-late-parcel')
    assert len(response.content) > 200


def test_every_format_says_for_whom_it_is() -> None:
    assert all(each.sentence for each in course_formats())


def test_a_draft_and_a_version_are_told_apart(house: House, scenario: Scenario) -> None:
    publish(scenario.latest_revision_id, house.publisher, timezone.now())
    save_draft(house.organisation, document(title="Newer"), by=house.designer, scenario=scenario)
    client = sign_in(house.reviewer)

    def title(**query: object) -> str:
        packed = zipfile.ZipFile(io.BytesIO(client.get(file_url(scenario, format="pack", **query)).content))
        (name,) = [each for each in packed.namelist() if each.startswith("scenarios/")]
        decoded = decode(packed.read(name)).scenario
        assert decoded is not None
        return decoded.title

    assert (title(), title(version=1)) == ("Newer", "The late parcel")
    assert client.get(file_url(scenario, format="pack", version=2)).status_code == 404
    assert client.get(file_url(scenario, format="exe")).status_code == 404


def test_a_draft_that_cannot_be_read_is_said_on_the_page(house: House, scenario: Scenario) -> None:
    save_draft(house.organisation, {"format": 1, "scenes": "none"}, by=house.designer, scenario=scenario)
    client = sign_in(house.designer)
    response = client.get(file_url(scenario, format="pack"))
    assert response.status_code == 302
    assert any("cannot be read" in str(message) for message in get_messages(response.wsgi_request))
    page = client.get(reverse("scenarios:export", args=[scenario.pk]), {"format": "csv"})
    assert "cannot be read" in page.content.decode()


@pytest.mark.parametrize("name", [each.name for each in course_formats()])
def test_a_course_leaves_in_every_format(house: House, course: Course, name: str, tmp_path: Path) -> None:
    out, said = tmp_path / "out", io.StringIO()
    call_command(
        "export_course", course.slug, "--to", name, "--out", str(out), "--json",
        organisation=house.organisation.slug, stdout=said,
    )  # fmt: skip
    told = json.loads(said.getvalue())
    assert told["bytes"] == out.stat().st_size > 1000
    if name in ("csv", "twee", "branching-xblock"):
        assert len(zipfile.ZipFile(out).namelist()) == 4
    client = sign_in(house.designer)
    page = reverse("courses:export", args=[course.pk])
    assert f"format={name}" in client.get(page).content.decode()
    assert client.get(reverse("courses:export_file", args=[course.pk]), {"format": name}).status_code == 200


def test_an_unpublished_course_has_nothing_to_export(house: House) -> None:
    course = Course.objects.create(organisation=house.organisation, title="T", slug="t", live=False)
    client = sign_in(house.designer)
    assert "has not been published yet" in client.get(reverse("courses:export", args=[course.pk])).content.decode()
    response = client.get(reverse("courses:export_file", args=[course.pk]), {"format": "pack"})
    assert response.status_code == 302


def test_what_leaves_as_a_pack_comes_back_the_same(house: House, neighbour: House, scenario: Scenario) -> None:
    data = sign_in(house.designer).get(file_url(scenario, format="pack")).content
    job = import_now(neighbour.organisation, io.BytesIO(data), "parcel.zip", len(data), neighbour.designer)
    assert job.state == "done", job.problem
    back = Scenario.objects.get(organisation=neighbour.organisation)
    assert back.document == scenario.document


def test_a_neighbour_exports_nothing(neighbour: House, scenario: Scenario, course: Course) -> None:
    client = sign_in(neighbour.designer)
    for address in (
        file_url(scenario, format="pack"),
        reverse("scenarios:export", args=[scenario.pk]),
        reverse("courses:export", args=[course.pk]),
        reverse("courses:export_file", args=[course.pk]) + "?format=pack",
    ):
        assert client.get(address).status_code == 404


def test_export_scenario_from_the_terminal(house: House, scenario: Scenario, tmp_path: Path) -> None:
    out, said = tmp_path / "parcel.csv", io.StringIO()
    options = {"organisation": house.organisation.slug, "stdout": said}
    with pytest.raises(CommandError, match="Published: none"):
        call_command("export_scenario", scenario.slug, "--to", "csv", "--out", str(out), **options)
    call_command("export_scenario", scenario.slug, "--draft", "--to", "csv", "--out", str(out), **options)
    assert said.getvalue().startswith(f"{out}: ")
    with pytest.raises(CommandError, match="There is no scenario"):
        call_command("export_scenario", "none", "--out", str(out), **options)
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_scenario", scenario.slug, "--draft", "--out", str(tmp_path / "no" / "x"), **options)


def test_what_takes_long_to_write_is_left_to_the_command(
    house: House, scenario: Scenario, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(MOST_LINES, "storyboard-docx", 3)
    client = sign_in(house.designer)
    page = client.get(reverse("scenarios:export", args=[scenario.pk]), {"format": "storyboard-docx"}).content.decode()
    assert (
        "here a file of this format holds at most 3" in page
        and "export_scenario SLUG --draft --to storyboard-docx" in page
    )
    assert client.get(file_url(scenario, format="storyboard-docx")).status_code == 302
    assert client.get(file_url(scenario, format="csv")).status_code == 200
    publish(scenario.latest_revision_id, house.publisher, timezone.now())
    asked = {"format": "storyboard-docx", "version": 1}
    page = client.get(reverse("scenarios:export", args=[scenario.pk]), asked).content.decode()
    assert "export_scenario SLUG --number 1 --to storyboard-docx" in page
    out = tmp_path / "story.docx"
    given = ("--draft", "--to", "storyboard-docx", "--out", str(out))
    call_command("export_scenario", scenario.slug, *given, organisation=house.organisation.slug)
    assert out.stat().st_size > 1_000


def test_a_course_that_takes_long_to_write_is_left_to_the_command(
    house: House, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST_LINES, "storyboard-html", 3)
    response = sign_in(house.designer).get(
        reverse("courses:export_file", args=[course.pk]), {"format": "storyboard-html"}
    )
    assert response.status_code == 302
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert "export_course SLUG --to storyboard-html" in told[0]


@pytest.mark.parametrize("name", [each.name for each in scenario_formats()])
def test_a_draft_without_a_scene_is_answered(house: House, scenario: Scenario, name: str) -> None:
    empty = {"format": 1, "id": "empty", "title": "Empty", "scenes": []}
    save_draft(house.organisation, empty, by=house.designer, scenario=scenario)
    client = sign_in(house.designer)
    assert client.get(reverse("scenarios:export", args=[scenario.pk]), {"format": name}).status_code == 200
    assert client.get(file_url(scenario, format=name)).status_code in (200, 302)
