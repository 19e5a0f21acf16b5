"""`manage.py grades verify`: do the gradebooks hold what we sent?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lti.grades.verifying import verify


class Command(BaseCommand):
    help = "Reads the gradebooks and reports cells that differ. Changes nothing; exit code 1 when any differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for difference in verify():
            count += 1
            self.stdout.write(difference.in_words())
        if count:
            raise CommandError(f"{count} {'cell differs' if count == 1 else 'cells differ'}.")
        self.stdout.write("Every gradebook holds what was sent.")
