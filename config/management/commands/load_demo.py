"""`manage.py load_demo`: the demo's people and content."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import demo


class Command(BaseCommand):
    help = "Loads the demo: people with generated passwords, then what each room adds. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo has known user names: set BRANCHWISE_DEMO=1 to load it on this site.")
        for line in demo.load([*demo.WHILE_STARTING, *demo.ONCE_READY]):
            self.stdout.write(line)
        for name, password in demo.sign_ins().items():
            self.stdout.write(f"{name:<10} {password}")
