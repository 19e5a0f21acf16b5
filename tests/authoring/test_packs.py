"""Course packs in and out, and the commands around them."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from authoring.demo import prepare
from authoring.drafts import save_draft, store_texts
from authoring.exports.content import of_draft
from authoring.exports.writing import NotExported, write_course, write_scenario
from authoring.imports.models import ImportJob
from authoring.media_store import MediaFile
from authoring.models import Course, CourseVersion, Scenario, ScenarioMedia, ScenarioVersion
from authoring.packs.load import PackRefused, load_pack
from authoring.publishing import publish, publish_course
from scenario_engine.codec import decode, encode_yaml
from scenario_exchange import read
from scenario_exchange.writers import write

from .conftest import House, broken_document, document

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="2"/></svg>'
COURSE = """\
format: 1
id: parcels
title: Parcels
language: en
summary: Two parcels.
minutes: 12
objectives: [{id: ob1, text: Ask first}]
modules:
  - {id: late, scenario: scenarios/late.yaml, weight: 2}
  - {id: lost, title: Lost for good, kind: lesson, scenario: scenarios/lost.yaml, weight: 0, required: false, gate: finished}
credits: Nobody in particular.
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "parcels"
    (folder / "scenarios").mkdir(parents=True)
    (folder / "media").mkdir()
    (folder / "media" / "door.svg").write_bytes(SVG)
    (folder / "course.yaml").write_text(COURSE)
    late = document(id="late")
    late["scenes"][0]["media"] = [{"use": "media/door.svg", "alt": "A door"}]
    for name, raw in (("late", late), ("lost", document(id="lost", title="Lost"))):
        (folder / "scenarios" / f"{name}.yaml").write_text(json.dumps(raw))
    return folder


def test_a_pack_is_loaded_published_and_pinned(house: House, pack: Path) -> None:
    loaded = load_pack(pack, house.organisation, house.publisher)
    assert (loaded.written, loaded.unchanged, loaded.kept) == (["late", "lost"], [], [])
    version = CourseVersion.objects.get()
    assert (version.title, version.send, version.minutes, version.credits) == (
        "Parcels", "when_complete", 12, "Nobody in particular."
    )  # fmt: skip
    late, lost = (ScenarioVersion.objects.get(scenario__slug=slug) for slug in ("late", "lost"))
    assert version.modules == [
        {"id": "late", "title": "The late parcel", "kind": "scenario", "version_id": late.pk, "weight": "2",
         "required": True, "attempts": None, "gate": ""},
        {"id": "lost", "title": "Lost for good", "kind": "lesson", "version_id": lost.pk, "weight": "0",
         "required": False, "attempts": None, "gate": "finished"},
    ]  # fmt: skip
    assert list(late.media) == ["media/door.svg"]


def test_loading_again_changes_nothing(house: House, pack: Path) -> None:
    load_pack(pack, house.organisation, house.publisher)
    before = (Scenario.objects.get(slug="late").latest_revision_id, Course.objects.get().latest_revision_id)
    loaded = load_pack(pack, house.organisation, house.publisher)
    assert (loaded.written, loaded.unchanged, loaded.kept) == ([], ["late", "lost"], [])
    assert (Scenario.objects.get(slug="late").latest_revision_id, Course.objects.get().latest_revision_id) == before
    assert (ScenarioVersion.objects.count(), CourseVersion.objects.count()) == (2, 1)


def test_a_changed_scenario_gives_a_new_version_and_a_new_course_version(house: House, pack: Path) -> None:
    load_pack(pack, house.organisation, house.publisher)
    (pack / "scenarios" / "lost.yaml").write_text(json.dumps(document(id="lost", title="Lost at sea")))
    assert load_pack(pack, house.organisation, house.publisher).written == ["lost"]
    assert [version.number for version in ScenarioVersion.objects.filter(scenario__slug="lost")] == [2, 1]
    assert CourseVersion.objects.count() == 2


def test_what_was_edited_here_is_kept(house: House, pack: Path) -> None:
    load_pack(pack, house.organisation, house.publisher)
    mine = Scenario.objects.get(slug="lost")
    save_draft(house.organisation, document(id="lost", title="Mine"), by=house.designer, scenario=mine)
    (pack / "scenarios" / "lost.yaml").write_text(json.dumps(document(id="lost", title="Theirs")))
    assert load_pack(pack, house.organisation, house.publisher).kept == ["lost"]
    assert Scenario.objects.get(slug="lost").get_latest_revision_as_object().title == "Mine"


def test_what_was_translated_here_is_kept(house: House, pack: Path) -> None:
    german = pack / "texts" / "lost" / "de.json"
    german.parent.mkdir(parents=True)
    german.write_text('{"format": 1, "texts": {"title": "Verloren"}}')
    load_pack(pack, house.organisation, house.publisher)
    lost = Scenario.objects.get(slug="lost")
    mine, french = {"title": "Verschwunden"}, {"title": "Perdu"}
    store_texts(lost, {"fr": french})
    german.write_text('{"format": 1, "texts": {"title": "Weg"}}')
    assert load_pack(pack, house.organisation, house.publisher).written == ["lost"]
    store_texts(lost, {"de": mine})
    german.write_text('{"format": 1, "texts": {"title": "Ganz weg"}}')
    for _ in range(2):
        assert load_pack(pack, house.organisation, house.publisher).kept == ["lost"]
    assert {row.locale: row.texts for row in lost.translations.all()} == {"de": mine, "fr": french}


def test_two_organisations_load_the_same_pack_apart(house: House, neighbour: House, pack: Path) -> None:
    load_pack(pack, house.organisation, house.publisher)
    load_pack(pack, neighbour.organisation, neighbour.publisher)
    assert Scenario.objects.filter(slug="late").count() == 2


def test_a_pack_with_faults_is_refused_whole_and_every_fault_is_named(house: House, pack: Path) -> None:
    (pack / "scenarios" / "lost.yaml").write_text(json.dumps(broken_document(id="lost")))
    (pack / "scenarios" / "late.yaml").write_text("format: 1\nid: late\ntitle: 3\n")
    with pytest.raises(PackRefused) as refusal:
        load_pack(pack, house.organisation, house.publisher)
    places = {finding.path.partition(":")[0] for finding in refusal.value.findings}
    assert places == {"scenarios/late.yaml", "scenarios/lost.yaml"}
    assert (Scenario.objects.count(), Course.objects.count(), ScenarioMedia.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "course",
    ["", "[]", "format: 2\nid: a\ntitle: A\n", "format: 1\nid: a\ntitle: A\nmodules: [{id: x, scenario: ../../etc/passwd}]\n",
     "format: 1\nid: a\ntitle: A\nmodules: [{id: x, scenario: scenarios/none.yaml}]\n", "format: 1\nid: 1 a\nnope: 1\n"],
)  # fmt: skip
def test_a_bad_course_file_is_refused_with_its_place(house: House, pack: Path, course: str) -> None:
    (pack / "course.yaml").write_text(course)
    with pytest.raises(PackRefused) as refusal:
        load_pack(pack, house.organisation, house.publisher)
    assert all(finding.path.startswith("course.yaml") for finding in refusal.value.findings)
    assert Course.objects.count() == 0


def test_a_link_out_of_the_pack_is_not_followed(house: House, pack: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text(json.dumps(document(id="lost")))
    (pack / "scenarios" / "lost.yaml").unlink()
    (pack / "scenarios" / "lost.yaml").symlink_to(secret)
    with pytest.raises(PackRefused):
        load_pack(pack, house.organisation, house.publisher)


def test_an_exported_pack_loads_elsewhere_to_the_same_content(
    house: House, neighbour: House, pack: Path, tmp_path: Path
) -> None:
    course = load_pack(pack, house.organisation, house.publisher).course
    data = write_course(course, "pack").data
    assert data == write_course(course, "pack").data
    folder = tmp_path / "out"
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
    load_pack(folder, neighbour.organisation, neighbour.publisher)
    for slug in ("late", "lost"):
        one, two = (
            ScenarioVersion.objects.get(scenario__organisation=each.organisation, scenario__slug=slug)
            for each in (house, neighbour)
        )
        assert (one.digest, one.media, one.maximum) == (two.digest, two.media, two.maximum)


def test_import_scenario_reports_faults_and_keeps_the_draft(house: House, tmp_path: Path) -> None:
    house.designer.is_superuser = True
    house.designer.save()
    file = tmp_path / "broken.json"
    file.write_text(json.dumps(broken_document()))
    out = io.StringIO()
    call_command("import_scenario", str(file), "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["imported"], report["kind"], report["slug"]) == (True, "scenario", "the-late-parcel")
    assert any(finding["level"] == "error" for finding in report["findings"])
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_scenario", str(tmp_path / "none.yaml"))


def test_import_reads_yaml_too_and_a_second_time_makes_a_second_draft(house: House, tmp_path: Path) -> None:
    scenario = decode(json.dumps(document()).encode()).scenario
    assert scenario is not None
    file = tmp_path / "parcel.yaml"
    file.write_bytes(encode_yaml(scenario))
    for _ in range(2):
        call_command("import_scenario", str(file), user=house.designer.username, stdout=io.StringIO())
    assert sorted(Scenario.objects.values_list("slug", flat=True)) == ["the-late-parcel", "the-late-parcel-2"]


def test_load_packs_and_export_course(house: House, pack: Path, tmp_path: Path) -> None:
    out = io.StringIO()
    options = {"user": house.publisher.username, "organisation": house.organisation.slug, "stdout": out}
    call_command("load_packs", str(pack), **options)
    assert out.getvalue() == "parcels: 2 written, 0 unchanged, 0 kept as edited here\n"
    file = tmp_path / "parcels.zip"
    call_command("export_course", "parcels", "--out", str(file), **options)
    assert "course.yaml" in zipfile.ZipFile(file).namelist()
    with pytest.raises(CommandError, match="Known: parcels"):
        call_command("export_course", "none", "--out", str(file), **options)


def test_load_packs_names_each_fault_and_loads_the_others(house: House, pack: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    shutil.copytree(pack, bad)
    (bad / "scenarios" / "lost.yaml").write_text(json.dumps(broken_document(id="lost")))
    err = io.StringIO()
    with pytest.raises(CommandError, match="At least one pack was refused"):
        call_command("load_packs", str(bad), str(pack), user=house.publisher.username, stdout=io.StringIO(), stderr=err)
    assert "scenarios/lost.yaml" in err.getvalue()
    assert Course.objects.count() == 1


def test_the_demo_loads_every_pack_of_the_house_twice_alike(house: House) -> None:
    people = {"reviewer": house.designer}
    first = prepare(house.organisation, house.publisher, people)
    assert all(loaded.written and not loaded.kept for loaded in first)
    assert house.designer.memberships.filter(role="reviewer").count() == 1
    second = prepare(house.organisation, house.publisher, people)
    assert [loaded.unchanged for loaded in second] == [loaded.written for loaded in first]
    assert set(ScenarioVersion.objects.values_list("number", flat=True)) == {1}


def test_a_pack_that_was_read_and_written_again_changes_nothing_when_it_is_loaded(house: House, pack: Path) -> None:
    load_pack(pack, house.organisation, house.publisher)
    exported = write_course(Course.objects.get(), "pack").data
    imported = read(io.BytesIO(exported), "parcels.zip")
    written = write(imported.documents, imported.media, "pack", course=imported.course)
    again = pack.parent / "again"
    with zipfile.ZipFile(io.BytesIO(written.data)) as archive:
        archive.extractall(again)
    loaded = load_pack(again, house.organisation, house.publisher)
    assert (loaded.written, loaded.unchanged, loaded.kept) == ([], ["late", "lost"], [])
    assert CourseVersion.objects.count() == 1


def test_translations_travel_with_a_pack_and_keep_what_they_were_made_from(
    house: House, neighbour: House, pack: Path, tmp_path: Path
) -> None:
    load_pack(pack, house.organisation, house.publisher)
    late = Scenario.objects.get(slug="late")
    table: dict[str, Any] = {"title": {"text": "Spät", "source": "0123456789abcdef"}, "gone": "Alt", "summary": "Zwei"}
    save_draft(house.organisation, late.document, by=house.publisher, scenario=late, texts={"de": table, "pt-BR": {}})
    content = of_draft(late)
    made = write_scenario(content, "pack")
    imported = read(io.BytesIO(made.data), "late.zip")
    assert imported.texts == {"late": {"de": table, "pt-BR": {}}}
    folder = tmp_path / "out"
    zipfile.ZipFile(io.BytesIO(made.data)).extractall(folder)
    load_pack(folder, neighbour.organisation, neighbour.publisher)
    theirs = Scenario.objects.get(organisation=neighbour.organisation)
    assert {row.locale: row.texts for row in theirs.translations.all()} == {"de": table, "pt-BR": {}}
    assert load_pack(folder, neighbour.organisation, neighbour.publisher).unchanged == ["late"]


def test_a_file_of_texts_that_is_none_refuses_the_pack(house: House, pack: Path) -> None:
    (pack / "texts" / "late").mkdir(parents=True)
    (pack / "texts" / "late" / "de.json").write_text('{"format": 1, "texts": {"title": 3}}')
    with pytest.raises(PackRefused) as refused:
        load_pack(pack, house.organisation, house.publisher)
    assert [(each.code, each.path) for each in refused.value.findings] == [("pack.texts", "texts/late/de.json")]
    assert not Course.objects.exists()


def test_two_pictures_of_one_name_are_never_taken_for_each_other(house: House, pack: Path) -> None:
    course = load_pack(pack, house.organisation, house.publisher).course
    lost = Scenario.objects.get(slug="lost")
    raw = document(id="lost", title="Lost")
    raw["scenes"][0]["media"] = [{"use": "media/door.svg", "alt": "Another door"}]
    other = {"media/door.svg": MediaFile("door.svg", SVG.replace(b'"2"', b'"3"'))}
    draft = save_draft(house.organisation, raw, by=house.publisher, scenario=lost, media=other)
    publish(draft.revision.pk, house.publisher, timezone.now())
    publish_course(course.latest_revision_id, house.publisher, timezone.now())
    with pytest.raises(NotExported, match=r"different files called “media/door\.svg”"):
        write_course(course, "pack")
    assert write_course(course, "storyboard-html").data


def test_texts_in_the_language_of_their_scenario_refuse_the_pack(house: House, pack: Path) -> None:
    (pack / "texts" / "late").mkdir(parents=True)
    (pack / "texts" / "late" / "en.json").write_text('{"format": 1, "texts": {"title": "Old"}}')
    with pytest.raises(PackRefused) as refused:
        load_pack(pack, house.organisation, house.publisher)
    assert [(each.path, each.message) for each in refused.value.findings] == [
        ("texts/late/en.json", "The scenario is written in en itself: edit it there.")
    ]


def test_an_uploaded_pack_becomes_a_draft_course_and_a_second_time_a_copy(
    house: House, neighbour: House, pack: Path, tmp_path: Path
) -> None:
    course = load_pack(pack, neighbour.organisation, neighbour.publisher).course
    file = tmp_path / "parcels.zip"
    file.write_bytes(write_course(course, "pack").data)
    reports = []
    for _ in range(2):
        out = io.StringIO()
        options = {"user": house.designer.username, "organisation": house.organisation.slug, "stdout": out}
        call_command("import_scenario", str(file), "--json", **options)
        reports.append(json.loads(out.getvalue()))
    assert [each["course"] for each in reports] == [
        {"title": "Parcels", "slug": "parcels"},
        {"title": "Parcels", "slug": "parcels-2"},
    ]
    copies = [entry for entry in reports[1]["report"] if "is here already" in entry["what"]]
    assert [entry["kind"] for entry in copies] == ["changed"]
    made = Course.objects.get(organisation=house.organisation, slug="parcels")
    modules: list[Any] = [
        (each.module_id, each.scenario.slug, each.weight, each.required, each.gate) for each in made.modules.all()
    ]
    assert modules == [("late", "late", 2, True, ""), ("lost", "lost", 0, False, "finished")]
    assert (made.live, made.summary, made.minutes) == (False, "Two parcels.", 12)
    assert made.details["objectives"] == [{"id": "ob1", "text": "Ask first"}]
    job = ImportJob.objects.get(course=made)
    assert [draft.scenario.slug for draft in job.drafts.all()] == ["late", "lost"]


def test_a_pack_whose_course_cannot_be_saved_leaves_nothing(
    house: House, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = load_pack(pack, house.organisation, house.publisher).course
    file = tmp_path / "parcels.zip"
    file.write_bytes(write_course(course, "pack").data)

    def fail(*_: object) -> None:
        raise RuntimeError("no course")

    monkeypatch.setattr("authoring.imports.saving.save_course", fail)
    with pytest.raises(RuntimeError):
        call_command("import_scenario", str(file), user=house.designer.username, stdout=io.StringIO())
    assert Scenario.objects.count() == 2
