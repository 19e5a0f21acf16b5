"""`manage.py export_course SLUG --to pack|olx --out FILE`: a published course as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authoring.management.owners import add_owner_arguments, find_organisation
from authoring.models import Course, CourseVersion
from authoring.packs.export import export_pack
from authoring.packs.olx import ExportFailed, export_olx

# Format name → writer of a published course as bytes.
FORMATS: dict[str, Callable[[Course], bytes]] = {"pack": export_pack, "olx": export_olx}


class Command(BaseCommand):
    help = "Write the newest published version of a course to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--to", choices=sorted(FORMATS), default="pack")
        parser.add_argument("--out", type=Path, required=True)
        add_owner_arguments(parser)

    def handle(self, *args: Any, slug: str, to: str, out: Path, **options: Any) -> None:
        organisation = find_organisation(options["organisation"])
        course = Course.objects.filter(organisation=organisation, slug=slug).first()
        if course is None:
            known = ", ".join(Course.objects.filter(organisation=organisation).values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no course “{slug}”. Known: {known}.")
        try:
            data = FORMATS[to](course)
        except (CourseVersion.DoesNotExist, ExportFailed) as error:
            raise CommandError(str(error)) from error
        out.write_bytes(data)
        self.stdout.write(f"{out}: {len(data):,} bytes")
