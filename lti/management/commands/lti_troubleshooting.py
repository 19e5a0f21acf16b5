"""`manage.py lti_troubleshooting FILE`: writes the troubleshooting page from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lti import troubleshooting


class Command(BaseCommand):
    help = "Writes docs/lms/troubleshooting.md from the problems and products."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(troubleshooting.page(), encoding="utf-8")
        self.stdout.write(f"{file} is written.")
