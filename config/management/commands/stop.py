"""`manage.py stop`: ends what `manage.py serve` started."""

from typing import Any

from django.core.management.base import BaseCommand

from config.running import supervisor


class Command(BaseCommand):
    help = "Stops the site that `serve` started."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Stopped." if supervisor.stop() else "Nothing was running.")
