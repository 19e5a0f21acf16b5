"""Writing a course archive: one section per course, one unit per module, the block inline in its unit.

An external block must stand inline: a pointer to a file of its own imports as an empty default block.
"""

import gzip
import io
import json
import tarfile
from collections.abc import Mapping
from typing import BinaryIO
from uuid import UUID

import msgspec
from lxml import etree

from scenario_engine.codec import digest, encode_json
from scenario_engine.document import Scenario
from scenario_exchange.olx.names import BLOCK_TYPE, url_name_of

GRADER = "Conversation"


class OlxModule(msgspec.Struct, kw_only=True):
    """A module: its stable id, its published document and proven maximum, and its media by key (name, bytes)."""

    uuid: UUID
    title: str
    scenario: Scenario
    number: int
    maximum: str = ""
    weight: float = 1.0
    attempts: int | None = None
    media: Mapping[str, tuple[str, bytes]] = {}


class OlxCourse(msgspec.Struct, kw_only=True):
    """A course shell; org, number and run are read by people only, the importer keeps those of its target."""

    uuid: UUID
    title: str
    org: str = "Branchwise"
    course: str = "COURSE"
    run: str = "course"
    language: str = "en"
    summary: str = ""
    modules: list[OlxModule] = []


def write_archive(course: OlxCourse, file: BinaryIO) -> None:
    """Write `course` as .tar.gz. The same course always gives the same bytes."""
    with (
        gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        for name, data in sorted(archive_files(course).items()):
            entry = tarfile.TarInfo(f"course/{name}")
            entry.size, entry.mode = len(data), 0o644
            archive.addfile(entry, io.BytesIO(data))


def archive_files(course: OlxCourse) -> dict[str, bytes]:
    """Return every file of the archive by its path."""
    chapter = url_name_of("chapter", course.uuid)
    files = {
        "course.xml": _xml(_element("course", url_name=course.run, org=course.org, course=course.course)),
        f"course/{course.run}.xml": _xml(_course_element(course, chapter)),
        f"chapter/{chapter}.xml": _xml(_chapter_element(course)),
        "about/overview.html": f"<p>{_escaped(course.summary or course.title)}</p>\n".encode(),
        "policies/assets.json": b"{}\n",
        f"policies/{course.run}/policy.json": _json(_policy(course)),
        f"policies/{course.run}/grading_policy.json": _json(_grading_policy(course)),
    }
    for module in course.modules:
        sequential, vertical = url_name_of("sequence", module.uuid), url_name_of("unit", module.uuid)
        files[f"sequential/{sequential}.xml"] = _xml(_sequential_element(module, vertical))
        files[f"vertical/{vertical}.xml"] = _xml(_vertical_element(module))
        for name, data in module.media.values():
            files[f"static/{name}"] = data
    return files


def _course_element(course: OlxCourse, chapter: str) -> etree._Element:
    root = _element("course", display_name=course.title, language=course.language)
    etree.SubElement(root, "chapter", url_name=chapter)
    return root


def _chapter_element(course: OlxCourse) -> etree._Element:
    root = _element("chapter", display_name=course.title)
    for module in course.modules:
        etree.SubElement(root, "sequential", url_name=url_name_of("sequence", module.uuid))
    return root


def _sequential_element(module: OlxModule, vertical: str) -> etree._Element:
    graded = {"format": GRADER, "graded": "true"} if module.weight > 0 else {}
    root = _element("sequential", display_name=module.title, **graded)
    etree.SubElement(root, "vertical", url_name=vertical)
    return root


def _vertical_element(module: OlxModule) -> etree._Element:
    root = _element("vertical", display_name=module.title)
    root.append(block_element(module))
    return root


def block_element(module: OlxModule) -> etree._Element:
    """Return the block of a module as it stands in its unit."""
    block = _element(
        BLOCK_TYPE,
        **{"xblock-family": "xblock.v1", "url_name": url_name_of("scenario", module.uuid)},
        display_name=module.title,
        weight=f"{module.weight:g}",
    )
    if module.attempts is not None:
        block.set("max_attempts", str(module.attempts))
    if module.maximum:
        block.set("maximum", module.maximum)
    etree.SubElement(block, "document").text = encode_json(module.scenario).decode()
    if module.media:
        etree.SubElement(block, "media").text = _compact(
            {k: f"/static/{name}" for k, (name, _) in module.media.items()}
        )
    # Where it came from, so that a later export can tell an edit made in Studio from one made here.
    source = {"uuid": str(module.uuid), "number": module.number, "digest": digest(module.scenario)}
    etree.SubElement(block, "source").text = _compact(source)
    return block


def _policy(course: OlxCourse) -> dict[str, object]:
    # Without the advanced module the block still imports, but authors cannot add another one.
    return {
        f"course/{course.run}": {
            "display_name": course.title,
            "language": course.language,
            "advanced_modules": [BLOCK_TYPE],
        }
    }


def _grading_policy(course: OlxCourse) -> dict[str, object]:
    graded = sum(module.weight > 0 for module in course.modules)
    grader = {"type": GRADER, "short_label": "Conv", "min_count": graded, "drop_count": 0, "weight": 1.0}
    return {"GRADER": [grader] if graded else [], "GRADE_CUTOFFS": {"Pass": 0.5}}


def _element(tag: str, **attributes: str) -> etree._Element:
    return etree.Element(tag, {name: _clean(value) for name, value in attributes.items()})


def _clean(text: str) -> str:
    """Return `text` without the control characters that XML 1.0 cannot carry."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")


def _xml(element: etree._Element) -> bytes:
    return etree.tostring(element, encoding="utf-8", xml_declaration=False, pretty_print=True)


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
