"""What is done with an import: begun by a designer, run by the worker, its file deleted after its time."""

from __future__ import annotations

import logging
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from authoring.imports.models import ImportJob
from authoring.imports.reading import NotImported, ReadFile, problem_of, read_confined
from authoring.imports.saving import LeaseLost, save_drafts
from foundation.api import Again, Organisation, User, record, wake

logger = logging.getLogger(__name__)
KIND = "authoring.imports"
MAX_BYTES = 50 * 1024 * 1024
# A worker may die for reasons of its own; a file that is there at three deaths is the reason.
MAX_TRIES = 3
State = ImportJob.State


def begin_import(organisation: Organisation, file: File[Any], name: str, by: User | None) -> ImportJob:
    """Keep an uploaded file privately and have it read by the worker."""
    job = ImportJob(organisation=organisation, by=by, name=name, size=file.size or 0, stage="In the queue")
    job.file = storages["private"].save(f"imports/{job.uuid.hex}", file)
    try:
        with transaction.atomic():
            job.save()
            record(organisation, by or "authoring", "import.begun", f"import:{job.uuid}", {"bytes": job.size})
    except Exception:
        storages["private"].delete(job.file)
        raise
    wake(KIND)
    return job


def import_now(organisation: Organisation, file: BinaryIO, name: str, size: int, by: User | None) -> ImportJob:
    """Read a file here and now, as the command does: the same report, and no copy of the file is kept."""
    job = ImportJob.objects.create(
        organisation=organisation, by=by, name=name, size=size, state=State.READING, due_at=None
    )
    _import(job, file, None)
    job.refresh_from_db()
    return job


def run_import(job: ImportJob, now: datetime) -> Again | None:
    """Work on a claimed job: read and save it, or delete its file once its time is over."""
    if job.lease_id is None:
        return None
    if job.is_open:
        _read(job, job.lease_id)
        return Again(job.created_at + timedelta(days=settings.IMPORT_FILE_DAYS))
    forget_file(job)
    return None


def forget_file(job: ImportJob) -> None:
    """Delete the uploaded bytes; the report and the drafts stay."""
    if job.file:
        storages["private"].delete(job.file)
        ImportJob.objects.filter(pk=job.pk).update(file="")


def _read(job: ImportJob, lease: UUID) -> None:
    if job.tries > MAX_TRIES:
        _refuse(job, lease, problem_of("broken"))
        return
    if not job.file or not storages["private"].exists(job.file):
        _refuse(job, lease, _GONE)
        return
    _say(job, lease, State.READING, "Reading the file")
    with closing(storages["private"].open(job.file, "rb")) as file:
        _import(job, file, lease)


def _import(job: ImportJob, file: Any, lease: UUID | None) -> None:
    try:
        with read_confined(file, job.name) as read:
            _say(job, lease, State.SAVING, _saving(read))
            save_drafts(job, read, lease)
    except NotImported as refused:
        _refuse(job, lease, refused.problem)
    except LeaseLost:
        logger.warning("Import %s went on elsewhere; what was read here is not kept.", job.uuid)


def _saving(read: ReadFile) -> str:
    count = len(read.documents)
    return f"Checking and saving {count} {'draft' if count == 1 else 'drafts'}"


def _say(job: ImportJob, lease: UUID | None, state: str, stage: str) -> None:
    ImportJob.objects.filter(pk=job.pk, lease_id=lease).update(state=state, stage=stage)


def _refuse(job: ImportJob, lease: UUID | None, problem: dict[str, str]) -> None:
    with transaction.atomic():
        held = ImportJob.objects.filter(pk=job.pk, lease_id=lease, state__in=ImportJob.OPEN)
        if held.update(state=State.REFUSED, problem=problem, stage="", ended_at=timezone.now()):
            detail = {"code": problem.get("code", "")}
            record(job.organisation, job.by or "authoring", "import.refused", f"import:{job.uuid}", detail)


_GONE = {
    "code": "import.file-gone",
    "message": "The uploaded file is not there any more.",
    "hint": "Upload it once more. If this happens again, web server and worker do not share var/private.",
    "place": "",
}
