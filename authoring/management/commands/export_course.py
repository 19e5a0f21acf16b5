"""`manage.py export_course SLUG --to FORMAT --out FILE`: a published course as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authoring.exports.formats import course_formats
from authoring.exports.writing import NotExported, write_course
from authoring.management.exporting import add_export_arguments, tell
from authoring.management.owners import add_owner_arguments, find_organisation
from authoring.models import Course


class Command(BaseCommand):
    help = "Write the newest published version of a course to a file, and say what the file could not carry."

    def add_arguments(self, parser: CommandParser) -> None:
        add_export_arguments(parser, [each.name for each in course_formats()])
        add_owner_arguments(parser)

    def handle(self, *args: Any, slug: str, to: str, out: Path, **options: Any) -> None:
        organisation = find_organisation(options["organisation"])
        course = Course.objects.filter(organisation=organisation, slug=slug).first()
        if course is None:
            known = ", ".join(Course.objects.filter(organisation=organisation).values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no course “{slug}”. Known: {known}.")
        try:
            made = write_course(course, to)
        except NotExported as error:
            raise CommandError(str(error)) from error
        tell(self, made, out, as_json=options["json"])
