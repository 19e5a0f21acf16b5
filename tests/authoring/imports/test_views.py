"""The pages of imports: who may upload, what the report shows, and that nobody else finds it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authoring.drafts import save_draft
from authoring.imports import views
from authoring.imports.models import ImportedDraft, ImportJob
from config.work import KINDS
from foundation.api import Membership, Role, User, run_due
from tests.authoring.conftest import House, document, sign_in

pytestmark = pytest.mark.django_db
KIND = [kind for kind in KINDS if kind.name == "authoring.imports"]
UPLOAD = "/admin/importing/"


def upload(client: Client, data: bytes, name: str = "parcel.json", **more: Any) -> Any:
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data), **more})


@pytest.fixture
def job(house: House) -> ImportJob:
    entries = [
        {"kind": "kept", "place": "At the door", "what": "3 choices.", "hint": ""},
        {"kind": "changed", "place": "At the door", "what": "A timer became a time-out.", "hint": "Look at it."},
        {"kind": "dropped", "place": "=HYPERLINK()", "what": "<script>alert(1)</script>", "hint": ""},
        {"kind": "kept", "place": "", "what": "The title.", "hint": ""},
    ]
    made = ImportJob.objects.create(
        organisation=house.organisation, by=house.designer, name="lost & found.html", size=12, format="document",
        state="done", entries=entries, counts={"kept": 2, "changed": 1, "dropped": 1}, ended_at=timezone.now(), due_at=None,
    )  # fmt: skip
    draft = save_draft(house.organisation, document(), by=house.designer)
    ImportedDraft.objects.create(job=made, scenario=draft.scenario, title="The late parcel")
    ImportedDraft.objects.create(job=made, scenario=None, title="Thrown away", position=1)
    return made


def test_from_upload_to_report(house: House, settings: Any) -> None:
    settings.WORK_KINDS = "config.work.KINDS"
    client = sign_in(house.designer)
    assert "Branchwise documents" in client.get(UPLOAD).content.decode()
    answer = upload(client, json.dumps(document()).encode())
    assert answer.status_code == 302
    waiting = client.get(answer.url).content.decode()
    assert "Waiting for its turn" in waiting
    assert client.get(answer.url + "progress/").json()["state"] == "waiting"
    run_due(kinds=KIND)
    assert client.get(answer.url + "progress/").json()["state"] == "done"
    page = client.get(answer.url).content.decode()
    assert "The late parcel" in page
    assert "Every part of the file was kept as it is." in page
    assert "parcel.json" in client.get(UPLOAD).content.decode()


def test_the_report_is_escaped_narrowed_and_counted(house: House, job: ImportJob) -> None:
    client = sign_in(house.designer)
    address = reverse("authoring_imports:job", args=[job.uuid])
    page = client.get(address).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "Thrown away" in page
    assert "deleted since" in page
    only = client.get(address, {"kind": "changed", "q": "timer"}).content.decode()
    assert "A timer became a time-out." in only
    assert "3 choices." not in only
    assert "1 of 4 lines" in only
    assert "Nothing of this kind." in client.get(address, {"q": "nowhere to be found"}).content.decode()


def test_the_report_leaves_as_csv_without_formulas_and_as_json(house: House, job: ImportJob) -> None:
    client = sign_in(house.designer)
    table = client.get(reverse("authoring_imports:report", args=[job.uuid, "csv"]))
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["place"] for row in rows] == ["At the door", "At the door", "'=HYPERLINK()", ""]
    report = client.get(reverse("authoring_imports:report", args=[job.uuid, "json"])).json()
    assert (report["imported"], report["counts"], len(report["report"])) == (True, job.counts, 4)
    assert [draft["title"] for draft in report["drafts"]] == ["The late parcel", "Thrown away"]
    assert client.get(reverse("authoring_imports:report", args=[job.uuid, "exe"])).status_code == 404


@pytest.mark.parametrize(("data", "says"), [(b"", "This file is empty."), (None, "Choose a file first.")])
def test_no_file_is_said_on_the_page(house: House, data: bytes | None, says: str) -> None:
    client = sign_in(house.designer)
    answer = client.post(UPLOAD) if data is None else upload(client, data)
    assert says in answer.content.decode()
    assert ImportJob.objects.count() == 0


def test_a_file_that_is_too_large_is_stopped_on_its_way(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MAX_BYTES", 1000)
    answer = upload(sign_in(house.designer), b"x" * 200_000)
    assert answer.status_code == 413
    assert "This file is larger than" in answer.content.decode()
    assert ImportJob.objects.count() == 0


def test_an_upload_without_the_token_of_the_page_is_refused(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.designer)
    assert upload(client, b"{}").status_code == 403
    assert ImportJob.objects.count() == 0


def test_a_refusal_says_what_and_where_and_what_to_do(house: House) -> None:
    problem = {"code": "import.json", "message": "Line 3 ends early.", "hint": "Export it again.", "place": "Lobby"}
    job = ImportJob.objects.create(
        organisation=house.organisation, name="a.json", size=1, state="refused", problem=problem, due_at=None
    )
    page = sign_in(house.designer).get(reverse("authoring_imports:job", args=[job.uuid])).content.decode()
    for words in ("Nothing was imported", "Lobby:", "Line 3 ends early.", "Export it again.", "import.json"):
        assert words in page


@pytest.mark.parametrize("name", ["job", "progress", "report"])
def test_a_neighbour_and_a_reviewer_find_nothing(name: str, house: House, neighbour: House, job: ImportJob) -> None:
    arguments = [job.uuid, "csv"] if name == "report" else [job.uuid]
    address = reverse(f"authoring_imports:{name}", args=arguments)
    for user in (neighbour.designer, neighbour.publisher, house.reviewer):
        assert sign_in(user).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert sign_in(house.publisher).get(address).status_code == 200


def test_only_designers_upload(house: House, neighbour: House, job: ImportJob) -> None:
    reviewer = sign_in(house.reviewer)
    assert upload(reviewer, b"{}").status_code in (302, 403)
    assert ImportJob.objects.count() == 1
    assert "lost &amp; found.html" not in sign_in(neighbour.designer).get(UPLOAD).content.decode()
    assert 'href="/admin/importing/"' not in reviewer.get("/admin/").content.decode()


def test_one_organisation_cannot_be_given_anothers_file(house: House, neighbour: House) -> None:
    other = User.objects.create_user("both")
    Membership.objects.create(organisation=house.organisation, user=other, role=Role.DESIGNER)
    answer = upload(sign_in(other), b"{}", organisation=str(neighbour.organisation.pk))
    assert answer.status_code == 302
    assert ImportJob.objects.get().organisation == house.organisation
