"""`manage.py export_learner UUID`: everything kept about one learner, as JSON."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from learning.models import Learner
from learning.privacy import export_learner


class Command(BaseCommand):
    help = "Print everything that is kept about one learner, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("uuid", help="The learner's uuid, as the coach's pages and the audit trail show it.")

    def handle(self, *args: Any, **options: Any) -> None:
        learner = find_learner(options["uuid"])
        self.stdout.write(json.dumps(export_learner(learner), indent=1, ensure_ascii=False))


def find_learner(uuid: str) -> Learner:
    try:
        learner = Learner.objects.select_related("organisation").filter(uuid=uuid).first()
    except ValidationError as error:
        raise CommandError(f"{uuid!r} is not the uuid of a learner.") from error
    if learner is None:
        raise CommandError(f"There is no learner {uuid}.")
    return learner
