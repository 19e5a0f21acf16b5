"""Loading a course pack into an organisation: as often as wanted, with the same result."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from authoring.checking import check_document, used_media
from authoring.drafts import save_draft
from authoring.media_store import MediaFile
from authoring.models import Course, Scenario
from authoring.packs.course_file import CourseFile, PackRefused, in_file, is_inside, read_course_file
from authoring.packs.filling import fill_course
from authoring.publishing import publish, publish_course
from foundation.api import Organisation, User
from scenario_engine.codec import decode, digest, to_raw
from scenario_engine.document import Scenario as Document
from scenario_engine.findings import Finding
from scenario_exchange.pack_texts import TableRefused, file_of, is_own, place_in, read_table, write_table

__all__ = ["LoadedPack", "PackRefused", "load_pack"]


@dataclass
class LoadedPack:
    """What loading did: the course, and which scenarios were written, already so, or kept as edited here."""

    course: Course
    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Piece:
    """One scenario file of the pack, read and found good."""

    name: str
    document: Document
    media: Mapping[str, MediaFile]
    texts: Mapping[str, Mapping[str, Any]]
    digest: str


def load_pack(path: Path, organisation: Organisation, by: User) -> LoadedPack:
    """Load and publish the pack in folder `path`. All or nothing; a second time changes nothing.

    What a designer has edited here since the last load is kept and named, never overwritten.
    Raises PackRefused with every fault of every file.
    """
    course_file = read_course_file(_read(path, "course.yaml"))
    pieces = _read_pieces(path, course_file)
    with transaction.atomic():
        loaded = LoadedPack(Course())
        scenarios = {name: _load_scenario(piece, organisation, by, loaded) for name, piece in pieces.items()}
        loaded.course = _load_course(course_file, scenarios, organisation, by)
    return loaded


def _read_pieces(path: Path, course_file: CourseFile) -> dict[str, _Piece]:
    faults: list[Finding] = []
    pieces: dict[str, _Piece] = {}
    for name in dict.fromkeys(module.scenario for module in course_file.modules):
        if not is_inside(name) or not (path / name).is_file():
            text = f"There is no file “{name}” in the pack."
            faults.append(Finding(code="pack.no-file", level="error", message=text, path="course.yaml"))
            continue
        decoded = decode(_read(path, name))
        if decoded.scenario is None:
            faults += [in_file(problem, name) for problem in decoded.problems]
            continue
        media, missing = _read_media(path, decoded.scenario)
        texts, unread = _read_texts(path, decoded.scenario)
        found = [*check_document(to_raw(decoded.scenario)), *missing]
        faults += [in_file(finding, name) for finding in found if finding.level == "error"] + unread
        identity = hashlib.sha256(digest(decoded.scenario).encode())
        for key in sorted(media):
            identity.update(key.encode() + b"\0" + hashlib.sha256(media[key].data).digest())
        for language in sorted(texts):
            identity.update(language.encode() + b"\0" + write_table(texts[language]))
        pieces[name] = _Piece(name, decoded.scenario, media, texts, identity.hexdigest())
    if faults:
        raise PackRefused(faults)
    return pieces


def _read_media(path: Path, document: Document) -> tuple[dict[str, MediaFile], list[Finding]]:
    media: dict[str, MediaFile] = {}
    missing: list[Finding] = []
    for key, place in used_media(document).items():
        if is_inside(key) and (path / key).is_file():
            media[key] = MediaFile(Path(key).name, _read(path, key))
        else:
            text = f"There is no file “{key}” in the pack."
            missing.append(Finding(code="pack.no-file", level="error", message=text, path=place))
    return media, missing


def _read_texts(path: Path, scenario: Document) -> tuple[dict[str, Mapping[str, Any]], list[Finding]]:
    """Return the texts of other languages that the pack has for a scenario, and what of them cannot be read."""
    texts: dict[str, Mapping[str, Any]] = {}
    faults: list[Finding] = []
    for file in sorted((path / "texts" / scenario.id).glob("*.json")):
        name = file_of(scenario.id, file.stem)
        try:
            if place_in(name) is None:
                raise TableRefused(f"“{file.stem}” is no language code.")
            if is_own(scenario, file.stem):
                raise TableRefused(f"The scenario is written in {file.stem} itself: edit it there.")
            texts[file.stem] = read_table(_read(path, name))
        except TableRefused as error:
            faults.append(Finding(code="pack.texts", level="error", message=str(error), path=name))
    return texts, faults


def _load_scenario(piece: _Piece, organisation: Organisation, by: User, loaded: LoadedPack) -> Scenario:
    slug = piece.document.id
    scenario = Scenario.objects.filter(organisation=organisation, slug=slug).first()
    if scenario is not None and scenario.pack_digest == piece.digest and scenario.live:
        loaded.unchanged.append(slug)
        return scenario
    if scenario is not None and (_was_edited(scenario) or _was_translated(scenario, piece.texts)):
        loaded.kept.append(slug)
        return scenario
    draft = save_draft(
        organisation,
        to_raw(piece.document),
        by=by,
        scenario=scenario,
        media=piece.media,
        texts=piece.texts,
        slug=slug,
    )
    publish(draft.revision.pk, by, timezone.now())
    _remember(Scenario, draft.scenario.pk, piece.digest, draft.revision.pk)
    loaded.written.append(slug)
    return Scenario.objects.get(pk=draft.scenario.pk)


def _was_edited(authored: Any) -> bool:
    """Say whether somebody here has changed a scenario or course since a pack last brought it."""
    return bool(authored.latest_revision_id != authored.pack_revision_id)


def _was_translated(scenario: Scenario, texts: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether loading `texts` would lay them over words that were written here: those make no revision."""
    versions = scenario.versions.order_by("number")
    brought = versions.filter(revision_id=scenario.pack_revision_id).first() or versions.last()
    then = brought.texts if brought is not None else {}
    for row in scenario.translations.filter(locale__in=texts):
        is_ours = any(then.get(row.locale, {}).get(key) != entry for key, entry in row.texts.items())
        if is_ours and row.texts != texts[row.locale]:
            return True
    return False


def _remember(model: Any, pk: int, identity: str, revision: int) -> None:
    model.objects.filter(pk=pk).update(pack_digest=identity, pack_revision_id=revision)


def _load_course(file: CourseFile, scenarios: Mapping[str, Scenario], organisation: Organisation, by: User) -> Course:
    course = Course.objects.filter(organisation=organisation, slug=file.id).first()
    pinned = [scenarios[module.scenario].versions.order_by("-number").first() for module in file.modules]
    identity = hashlib.sha256(repr((file, [version and version.pk for version in pinned])).encode()).hexdigest()
    if course is not None and (course.pack_digest == identity or _was_edited(course)):
        return course
    if course is None:
        course = Course(organisation=organisation, slug=file.id, live=False)
    fill_course(course, file, scenarios)
    course.save()
    revision = course.save_revision(user=by, clean=False, log_action=True)
    publish_course(revision.pk, by, timezone.now())
    _remember(Course, course.pk, identity, revision.pk)
    return Course.objects.get(pk=course.pk)


def _read(path: Path, name: str) -> bytes:
    """Return a file of the pack. A link that leads out of the folder is not followed."""
    file = (path / name).resolve()
    if not file.is_relative_to(path.resolve()) or not file.is_file():
        text = f"There is no file “{name}” in the pack."
        raise PackRefused([Finding(code="pack.no-file", level="error", message=text, path=name)])
    return file.read_bytes()
