"""`manage.py erase_learner UUID --yes`: take away one learner's name, words, choices and journal."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.management.commands.export_learner import find_learner
from learning.privacy import erase_learner


class Command(BaseCommand):
    help = "Erase one learner's name, words, choices and journal. This cannot be undone; export first if asked to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("uuid", help="The learner's uuid.")
        parser.add_argument("--yes", action="store_true", help="Really do it.")
        parser.add_argument("--grades-too", action="store_true", help="Also delete the figures; the LMS keeps its own.")

    def handle(self, *args: Any, **options: Any) -> None:
        learner = find_learner(options["uuid"])
        if not options["yes"]:
            raise CommandError("Nothing was erased: this cannot be undone, so say --yes.")
        erase_learner(learner, timezone.now(), by="command", keep_grades=not options["grades_too"])
        self.stdout.write(f"Learner {learner.uuid} is erased.")
