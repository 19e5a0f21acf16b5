"""`manage.py import_scenario FILE`: a file of any format becomes drafts, a folder with course.yaml becomes a course."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError, CommandParser

from authoring.checking import check_scenario
from authoring.imports.jobs import MAX_BYTES, import_now
from authoring.imports.models import ImportJob
from authoring.imports.report import report_of
from authoring.management.owners import add_owner_arguments, find_organisation, find_user
from authoring.packs.load import PackRefused, load_pack


class Command(BaseCommand):
    """Reads what FILE is from its content. The admin's upload page does the same in the background."""

    help = "Import a file as drafts, with a report of what was kept; or a course pack (a folder) as a published course."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")
        add_owner_arguments(parser)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.exists():
            raise CommandError(f"There is no file or folder {file}.")
        organisation, by = find_organisation(options["organisation"]), find_user(options["user"])
        report = _load(file, organisation, by) if file.is_dir() else _import(file, organisation, by)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(report)
        if not report["imported"]:
            problem = report.get("problem") or {}
            raise CommandError(" ".join(filter(None, (problem.get("message"), problem.get("hint")))) or "Not imported.")

    def _tell(self, report: dict[str, Any]) -> None:
        for key in ("kind", "format", "slug", "title", "written", "unchanged", "kept"):
            if report.get(key):
                value = report[key]
                self.stdout.write(f"{key}: {', '.join(value) if isinstance(value, list) else value}")
        for entry in report.get("report", ()):
            place = f"{entry['place']}: " if entry.get("place") else ""
            self.stdout.write(f"{entry['kind']}: {place}{entry['what']} {entry.get('hint', '')}".rstrip())
        for finding in report["findings"]:
            place = finding.get("scene") or finding.get("path", "")
            self.stdout.write(f"{finding['level']}: {place}: {finding['message']} {finding.get('hint', '')}".rstrip())
        if course := report.get("course"):
            self.stdout.write(f"course: {course['slug']} ({course['title']}), a draft")
        for draft in report.get("drafts", ()):
            self.stdout.write(f"draft: {draft['slug']} ({draft['title']}), {draft['errors']} to solve")


def _import(file: Path, organisation: Any, by: Any) -> dict[str, Any]:
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise CommandError(f"{file} has {size:,} bytes; at most {MAX_BYTES:,} are read.")
    with file.open("rb") as opened:
        job = import_now(organisation, opened, file.name, size, by)
    report = {**report_of(job), "kind": "scenario", "findings": _findings(job)}
    if len(report["drafts"]) == 1:
        report.update(slug=report["drafts"][0]["slug"], title=report["drafts"][0]["title"])
    return report


def _findings(job: ImportJob) -> list[Any]:
    found = []
    for each in job.drafts.select_related("scenario"):
        if each.scenario is not None:
            found += msgspec.to_builtins(check_scenario(each.scenario.get_latest_revision_as_object()))
    return found


def _load(folder: Path, organisation: Any, by: Any) -> dict[str, Any]:
    try:
        loaded = load_pack(folder, organisation, by)
    except PackRefused as error:
        problem = {"code": "pack.refused", "message": str(error), "hint": "", "place": ""}
        return {"imported": False, "findings": msgspec.to_builtins(error.findings), "problem": problem}
    return {
        "imported": True,
        "kind": "pack",
        "slug": loaded.course.slug,
        "title": loaded.course.title,
        "written": loaded.written,
        "unchanged": loaded.unchanged,
        "kept": loaded.kept,
        "findings": [],
    }
