"""What was read becomes drafts: all of a file or nothing, each marked with where it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from authoring.checking import check_document, used_media
from authoring.drafts import Draft, save_draft, settle
from authoring.imports.courses import save_course
from authoring.imports.models import ImportedDraft, ImportJob
from authoring.imports.places import spread
from authoring.imports.reading import NotImported, ReadFile
from authoring.media_store import KEY, MAX_BYTES, MediaFile, accept
from foundation.api import record
from scenario_engine.codec import decode_raw

MOST_DOCUMENTS = 200
KINDS = ("kept", "changed", "dropped")


class LeaseLost(Exception):
    """Another worker has taken the job over; what this one made is not kept."""


def save_drafts(job: ImportJob, read: ReadFile, lease: UUID | None) -> list[Draft]:
    """Save every document of a file as a draft and end the job, in one transaction.

    Raises NotImported when one of them cannot be stored, LeaseLost when the job is no longer this worker's.
    """
    if len(read.documents) > MOST_DOCUMENTS:
        raise NotImported(_too_many(len(read.documents)))
    files, lost = _acceptable(read.media)
    for document in read.documents:
        check_document(settle(document))  # kept: what takes long is done before the transaction begins
    entries = [*read.entries, *lost]
    with transaction.atomic():
        drafts = [_save(job, document, read, files) for document in read.documents]
        course = save_course(job, read, drafts, entries)
        ImportedDraft.objects.bulk_create(
            ImportedDraft(job=job, scenario=draft.scenario, title=draft.scenario.title, position=position)
            for position, draft in enumerate(drafts)
        )
        changes = {
            "state": ImportJob.State.DONE,
            "course": course,
            "format": read.format[:60],
            "stage": "",
            "entries": entries,
        }
        counts = count_kinds(entries)
        held = ImportJob.objects.filter(pk=job.pk, lease_id=lease, state__in=ImportJob.OPEN)
        if not held.update(**changes, counts=counts, ended_at=timezone.now()):
            raise LeaseLost
        detail = {"format": read.format, "drafts": len(drafts), **counts}
        record(job.organisation, job.by or "authoring", "import.done", f"import:{job.uuid}", detail)
    return drafts


def count_kinds(entries: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """Return how many entries there are of each kind."""
    found = Counter(entry["kind"] for entry in entries)
    return {kind: found[kind] for kind in KINDS}


def _save(job: ImportJob, document: dict[str, Any], read: ReadFile, files: Mapping[str, MediaFile]) -> Draft:
    decoded = decode_raw(document).scenario
    used = used_media(decoded) if decoded is not None else files
    media = {key: file for key, file in files.items() if key in used}
    try:
        layout = spread(read.layouts.get(str(document.get("id", ""))))
        texts = read.texts.get(str(document.get("id", "")), {})
        return save_draft(job.organisation, document, by=job.by, media=media, layout=layout, texts=texts)
    except ValidationError as error:
        raise NotImported(
            {
                "code": "import.not-storable",
                "message": " ".join(error.messages),
                "hint": "Nothing of the file was imported.",
                "place": str(document.get("title", ""))[:200],
            }
        ) from error


def _acceptable(media: Mapping[str, Path]) -> tuple[dict[str, MediaFile], list[dict[str, str]]]:
    """Return the media that a scenario may have, and a line of the report for each that it may not."""
    files: dict[str, MediaFile] = {}
    lost: list[dict[str, str]] = []
    for key, path in media.items():
        try:
            if not KEY.fullmatch(key) or ".." in key or path.stat().st_size > MAX_BYTES:
                raise ValidationError("Its name or its size is not accepted.")
            file = MediaFile(key.rpartition("/")[2], path.read_bytes())
            accept(file)
        except ValidationError as error:
            hint = "Save it as PNG, JPEG, MP3 or MP4 and upload it in the editor's media list."
            lost.append({"kind": "dropped", "place": key[:300], "what": " ".join(error.messages), "hint": hint})
        else:
            files[key] = file
    return files, lost


def _too_many(count: int) -> dict[str, str]:
    return {
        "code": "import.too-many",
        "message": f"This file holds {count} scenarios; at most {MOST_DOCUMENTS} are imported at once.",
        "hint": "Split it and import the parts.",
        "place": "",
    }
