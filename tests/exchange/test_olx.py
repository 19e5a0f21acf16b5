"""Course archives: written whole, and every silent drop of the importer named."""

import gzip
import io
import tarfile
from uuid import UUID

import pytest
from lxml import etree

from scenario_exchange.olx import OlxCourse, OlxModule, validate_archive, write_archive
from tests.engine.stories import CAFE, scenario

COURSE_ID = UUID("0196a000-0000-7000-8000-000000000001")
MODULE_ID = UUID("0196a000-0000-7000-8000-000000000002")


def course(title: str = "Care & courage <now>") -> OlxCourse:
    cafe = scenario(CAFE.replace("You asked.", "You asked ]]> & listened."))
    media = {"noor-cold.svg": ("noor-cold.1234.svg", b"<svg/>")}
    module = OlxModule(uuid=MODULE_ID, title=title, scenario=cafe, number=3, maximum="2", weight=2.5, media=media)
    return OlxCourse(uuid=COURSE_ID, title=title, modules=[module])


def archive(of: OlxCourse) -> bytes:
    file = io.BytesIO()
    write_archive(of, file)
    return file.getvalue()


def changed(name: str, old: bytes | None, new: bytes | None) -> bytes:
    """Return the archive with one file changed, or left out when `new` is None."""
    written = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(archive(course()))) as source,
        tarfile.open(fileobj=written, mode="w:gz") as target,
    ):
        for entry in source:
            opened = source.extractfile(entry)
            data = opened.read() if opened else b""
            if name in entry.name:
                if new is None:
                    continue
                assert old is None or old in data
                data = new if old is None else data.replace(old, new)
            entry.size = len(data)
            target.addfile(entry, io.BytesIO(data))
    return written.getvalue()


def test_the_archive_arrives_whole() -> None:
    assert validate_archive(archive(course())) == []


def test_the_same_course_gives_the_same_bytes() -> None:
    assert archive(course()) == archive(course())


def test_the_block_stands_inline_under_a_name_of_its_stable_id() -> None:
    with tarfile.open(fileobj=io.BytesIO(archive(course()))) as opened:
        unit = next(entry for entry in opened if "/vertical/" in entry.name)
        root = etree.fromstring(opened.extractfile(unit).read())
    block = root[0]
    assert block.tag == "branchwise_scenario"
    assert block.get("url_name") == f"scenario_{MODULE_ID.hex}"
    assert dict(block.attrib) | {"url_name": ""} == {
        "xblock-family": "xblock.v1",
        "url_name": "",
        "display_name": "Care & courage <now>",
        "weight": "2.5",
        "maximum": "2",
    }
    assert "You asked ]]> & listened." in (block.findtext("document") or "")


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("/vertical/", b"</vertical>", b"<oops", "olx.malformed"),
        ("/vertical/", b'weight="2.5"', b'weight="heavy"', "olx.number"),
        ("/vertical/", b'"format":1', b'"format":"one"', "olx.document"),
        ("/vertical/", b'url_name="scenario_', b'url_name="a b', "olx.url-name"),
        ("/vertical/", b"<vertical", b'<!DOCTYPE x [<!ENTITY a "b">]><vertical', "olx.doctype"),
        ("/vertical/", None, None, "olx.missing-file"),
        ("/static/", None, None, "olx.media"),
        ("course.xml", None, None, "olx.no-course"),
        ("grading_policy.json", b"Conversation", b"Homework", "olx.no-grader"),
        ("/policy.json", b'"branchwise_scenario"', b'"poll"', "olx.not-allowed"),
        (
            "/chapter/",
            b"<sequential ",
            b'<sequential url_name="sequence_%s"/><sequential ' % MODULE_ID.hex.encode(),
            "olx.duplicate",
        ),
    ],
)
def test_what_the_importer_drops_silently_is_named(name: str, old: bytes | None, new: bytes | None, code: str) -> None:
    assert code in {finding.code for finding in validate_archive(changed(name, old, new))}


@pytest.mark.parametrize("data", [b"", b"PK", gzip.compress(b"x" * 600, mtime=0)], ids=["empty", "zip", "no tar"])
def test_an_unreadable_archive_is_one_finding(data: bytes) -> None:
    assert next(finding.code for finding in validate_archive(data)) in ("olx.unreadable", "olx.no-course")


def test_a_member_outside_the_archive_is_refused() -> None:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as target:
        target.addfile(tarfile.TarInfo("course/../../etc/passwd"))
    assert [finding.code for finding in validate_archive(written.getvalue())] == ["olx.unreadable"]
