"""An uploaded file becomes drafts, all or none, whatever the file or the worker does on the way."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from authoring.confined.parent import Ended
from authoring.imports import jobs, reading
from authoring.imports.models import ImportJob
from authoring.imports.reading import ReadFile
from authoring.imports.saving import LeaseLost, save_drafts
from authoring.models import Scenario
from config.work import KINDS
from foundation import leases
from foundation.api import AuditEntry, run_due
from scenario_exchange.course_file import CourseFile, PackModule
from tests.authoring.conftest import House, broken_document, document

pytestmark = pytest.mark.django_db
KIND = [kind for kind in KINDS if kind.name == "authoring.imports"]


@pytest.fixture(autouse=True)
def real_kinds(settings: Any) -> None:
    settings.WORK_KINDS = "config.work.KINDS"


@pytest.fixture
def begin(house: House) -> Callable[..., ImportJob]:
    def begun(data: bytes, name: str = "story.json") -> ImportJob:
        return jobs.begin_import(house.organisation, ContentFile(data, name), name, house.designer)

    return begun


def work(job: ImportJob, **when: Any) -> ImportJob:
    run_due(kinds=KIND, **when)
    job.refresh_from_db()
    return job


def as_json(raw: dict[str, Any]) -> bytes:
    return json.dumps(raw).encode()


def test_a_document_becomes_a_draft_marked_with_its_origin(begin: Callable[..., ImportJob], house: House) -> None:
    job = begin(as_json(document()))
    assert (job.state, storages["private"].exists(job.file)) == ("waiting", True)
    work(job)
    assert (job.state, job.format, job.problem) == ("done", "document", {})
    scenario = Scenario.objects.get()
    assert (scenario.live, scenario.organisation, scenario.errors) == (False, house.organisation, 0)
    assert scenario.origins.get().job == job
    assert scenario.latest_revision.user == house.designer
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"import.begun", "import.done"}


def test_a_draft_with_faults_is_imported_with_its_faults(begin: Callable[..., ImportJob]) -> None:
    work(begin(as_json(broken_document())))
    assert Scenario.objects.get().errors > 0


@pytest.mark.parametrize("data", [b"{", b"\xff\xfe\x00", b"- a list", b"just words"])
def test_what_nobody_knows_is_refused_with_a_code_and_a_hint(begin: Callable[..., ImportJob], data: bytes) -> None:
    job = work(begin(data, "story.bin"))
    assert (job.state, Scenario.objects.count()) == ("refused", 0)
    assert set(job.problem) == {"code", "message", "hint", "place"}
    assert job.problem["code"].startswith(("import.", "package."))
    assert job.problem["message"]


@pytest.mark.parametrize(
    ("why", "code"), [("memory", "import.too-heavy"), ("time", "import.too-slow"), ("broken", "import.reader-failed")]
)
def test_a_reader_that_does_not_end_well_is_told_in_a_sentence(
    begin: Callable[..., ImportJob], monkeypatch: pytest.MonkeyPatch, why: Any, code: str
) -> None:
    def end(*args: Any) -> None:
        raise Ended(why)

    monkeypatch.setattr(reading, "run_confined", end)
    job = work(begin(b"x"))
    assert (job.state, job.problem["code"]) == ("refused", code)


def test_all_drafts_of_a_file_or_none(begin: Callable[..., ImportJob], monkeypatch: pytest.MonkeyPatch) -> None:
    too_long = {"format": 1, "id": "b", "title": "B", "scenes": [], "slug": 1}
    read = ReadFile("test", [document(), too_long], {}, {}, [])
    job = begin(b"x")

    def fail_at_the_second(*args: Any, **kwargs: Any) -> Any:
        if args[1] is too_long:
            raise RuntimeError("the disk is full")
        return save(*args, **kwargs)

    from authoring.imports import saving

    save = saving.save_draft
    monkeypatch.setattr(saving, "save_draft", fail_at_the_second)
    with pytest.raises(RuntimeError):
        save_drafts(job, read, None)
    assert Scenario.objects.count() == 0


def test_whoever_lost_the_lease_leaves_nothing_behind(begin: Callable[..., ImportJob]) -> None:
    job = begin(as_json(document()))
    now = timezone.now()
    (slow,) = leases.claim(KIND[0], now, 1)
    work(job, now=now + timedelta(seconds=KIND[0].lease_s + 1))
    assert (job.state, Scenario.objects.count()) == ("done", 1)
    read = ReadFile("test", [document()], {}, {}, [])
    with pytest.raises(LeaseLost):
        save_drafts(job, read, slow.lease_id)
    assert Scenario.objects.count() == 1


def test_a_file_that_kills_every_worker_is_given_up(begin: Callable[..., ImportJob]) -> None:
    job = begin(as_json(document()))
    ImportJob.objects.update(tries=jobs.MAX_TRIES)
    assert work(job).problem["code"] == "import.reader-failed"


def test_the_uploaded_bytes_are_deleted_after_their_time(begin: Callable[..., ImportJob], settings: Any) -> None:
    job = work(begin(as_json(document())))
    path = job.file
    assert job.due_at == job.created_at + timedelta(days=settings.IMPORT_FILE_DAYS)
    work(job, now=job.due_at + timedelta(seconds=1))
    assert (job.file, job.state) == ("", "done")
    assert ImportJob.objects.get().due_at is None
    assert not storages["private"].exists(path)


def test_a_file_that_vanished_is_named(begin: Callable[..., ImportJob]) -> None:
    job = begin(b"x")
    storages["private"].delete(job.file)
    assert work(job).problem["code"] == "import.file-gone"


def test_media_that_a_scenario_may_not_have_is_a_line_of_the_report(
    begin: Callable[..., ImportJob], tmp_path: Any
) -> None:
    raw = document()
    raw["cast"]["mara"]["moods"] = {"calm": {"image": "mara.png", "alt": "Mara, calm"}}
    (tmp_path / "good").write_bytes(b"\x89PNG\r\n\x1a\n....")
    (tmp_path / "bad").write_bytes(b"MZ")
    media = {"mara.png": tmp_path / "good", "run.exe": tmp_path / "bad", "../up.png": tmp_path / "good"}
    job = begin(b"x")
    save_drafts(job, ReadFile("test", [raw], {}, media, []), None)
    job.refresh_from_db()
    assert job.counts == {"kept": 0, "changed": 0, "dropped": 2}
    assert [entry["place"] for entry in job.entries] == ["run.exe", "../up.png"]
    assert [row.key for row in Scenario.objects.get().media_files.all()] == ["mara.png"]


def test_too_many_scenarios_are_refused_together(begin: Callable[..., ImportJob]) -> None:
    read = ReadFile("test", [document()] * 201, {}, {}, [])
    with pytest.raises(reading.NotImported, match="at most 200"):
        save_drafts(begin(b"x"), read, None)


def test_a_command_imports_at_once_and_keeps_no_copy(house: House) -> None:
    data = as_json(document())
    job = jobs.import_now(house.organisation, io.BytesIO(data), "s.json", len(data), house.designer)
    assert (job.state, job.file, job.due_at) == ("done", "", None)


def test_a_course_with_the_longest_name_is_no_copy_of_itself(house: House) -> None:
    name = "c" * 64
    modules = [PackModule(id="m1", scenario="scenarios/late.yaml")]
    course = CourseFile(format=1, id=name, title="Long", modules=modules)
    read = ReadFile("pack", [document(id="late")], {}, {}, [], course=course)
    slugs, told = [], []
    for _ in range(2):
        job = ImportJob.objects.create(organisation=house.organisation, by=house.designer, name="p.zip", size=1)
        save_drafts(job, read, None)
        job.refresh_from_db()
        assert job.course is not None
        slugs.append(job.course.slug)
        told.append([entry["what"] for entry in job.entries])
    assert slugs == [name, f"{name}-2"]
    assert told == [[], [f"A course “{name}” is here already and was not touched: this is a copy, “{name}-2”."]]
