"""A published course leaves as an Open edX archive that arrives whole."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from authoring.models import Course
from authoring.packs.load import load_pack
from authoring.packs.olx import export_olx
from scenario_engine.codec import decode
from scenario_exchange.olx import validate_archive
from tests.authoring.conftest import House
from tests.conftest import ROOT


@pytest.fixture
def course(house: House) -> Course:
    return load_pack(ROOT / "course_packs" / "customer-care", house.organisation, house.publisher).course


def test_the_pack_leaves_whole(course: Course, house: House, tmp_path: Path) -> None:
    out = tmp_path / "course.tar.gz"
    call_command(
        "export_course", course.slug, "--to", "olx", "--out", str(out), "--organisation", house.organisation.slug
    )
    assert validate_archive(out.read_bytes()) == []
    with tarfile.open(out) as archive:
        names = archive.getnames()
        units = [name for name in names if "/vertical/" in name]
        documents = [etree.parse(archive.extractfile(name)).findtext(".//document") for name in units]
    assert len(units) == 4
    assert sum("/static/branchwise-" in name for name in names) > 20
    titles = {scenario.title for text in documents if (scenario := decode((text or "").encode()).scenario)}
    assert titles == {"Answer the person, and the kettle", "Which sentence?", "Envelope 4417", "The fourth date"}


def test_the_same_version_gives_the_same_bytes(course: Course) -> None:
    assert export_olx(course) == export_olx(course)


def test_what_is_not_published_is_not_exported(house: House, tmp_path: Path) -> None:
    Course.objects.create(organisation=house.organisation, title="T", slug="t", live=False)
    out = io.StringIO()
    with pytest.raises(CommandError, match="not been published"):
        call_command("export_course", "t", "--to", "olx", "--out", str(tmp_path / "x"), stdout=out)
