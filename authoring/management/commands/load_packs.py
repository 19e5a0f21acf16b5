"""`manage.py load_packs`: every folder of course_packs/ (or those named) into an organisation, published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from authoring.management.owners import add_owner_arguments, find_organisation, find_user
from authoring.packs.load import PackRefused, load_pack


class Command(BaseCommand):
    help = "Load course packs; a second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folders", nargs="*", type=Path)
        add_owner_arguments(parser)

    def handle(self, *args: Any, folders: list[Path], **options: Any) -> None:
        organisation, by = find_organisation(options["organisation"]), find_user(options["user"])
        refused = False
        for folder in folders or find_packs(Path(settings.BASE_DIR) / "course_packs"):
            try:
                loaded = load_pack(folder, organisation, by)
            except PackRefused as error:
                refused = True
                for finding in error.findings:
                    self.stderr.write(f"{folder.name}: {finding.path}: {finding.message} {finding.hint}".rstrip())
                continue
            self.stdout.write(
                f"{loaded.course.slug}: {len(loaded.written)} written, {len(loaded.unchanged)} unchanged, "
                f"{len(loaded.kept)} kept as edited here"
            )
        if refused:
            raise CommandError("At least one pack was refused; the others are loaded.")


def find_packs(root: Path) -> list[Path]:
    """Return the pack folders below `root`, in order of name."""
    return sorted(file.parent for file in root.glob("*/course.yaml"))
