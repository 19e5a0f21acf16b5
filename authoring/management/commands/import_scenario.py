"""`manage.py import_scenario FILE`: a scenario document or a course pack becomes a draft or a course here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from authoring.drafts import read_upload, save_draft
from authoring.management.owners import add_owner_arguments, find_organisation, find_user
from authoring.packs.load import PackRefused, load_pack
from scenario_engine.findings import Finding


class Command(BaseCommand):
    """Reads what FILE is from its content: a folder with course.yaml is a pack, a file is a scenario."""

    help = "Import a scenario (YAML or JSON) as a draft, or a course pack (a folder) as a published course."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")
        add_owner_arguments(parser)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.exists():
            raise CommandError(f"There is no file or folder {file}.")
        organisation, by = find_organisation(options["organisation"]), find_user(options["user"])
        try:
            report = _load(file, organisation, by) if file.is_dir() else _import(file, organisation, by)
        except PackRefused as error:
            self._tell({"imported": False, "findings": msgspec.to_builtins(error.findings)}, options["json"])
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self._tell(report, options["json"])

    def _tell(self, report: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for key, value in report.items():
            if key != "findings":
                self.stdout.write(f"{key}: {', '.join(value) if isinstance(value, list) else value}")
        for finding in report["findings"]:
            place = finding.get("scene") or finding.get("path", "")
            self.stdout.write(f"{finding['level']}: {place}: {finding['message']} {finding.get('hint', '')}".rstrip())


def _import(file: Path, organisation: Any, by: Any) -> dict[str, Any]:
    draft = save_draft(organisation, read_upload(file.read_bytes()), by=by)
    findings: list[Finding] = list(draft.findings)
    return {
        "imported": True,
        "kind": "scenario",
        "slug": draft.scenario.slug,
        "title": draft.scenario.title,
        "findings": msgspec.to_builtins(findings),
    }


def _load(folder: Path, organisation: Any, by: Any) -> dict[str, Any]:
    loaded = load_pack(folder, organisation, by)
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
