"""`manage.py grades …`: how grades stand, whether the gradebooks hold them, and sending, parking or discarding some."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from foundation.api import record
from lti.grades import outbox
from lti.grades.figures import oldest_pending_s
from lti.grades.verifying import delivered, verify
from lti.models import GradeState, GradeTarget

ACTIONS = {"resend": "sent again", "park": "set aside", "discard": "given up"}


class Command(BaseCommand):
    help = (
        "status: how many grades are where. verify: reads the gradebooks and reports cells that differ (exit code 1), "
        "changes nothing there. resend, park, discard: acts on the grades chosen, and notes who did."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["status", "verify", *ACTIONS])
        parser.add_argument("--id", type=int, action="append", default=[], help="a grade's number; may be repeated")
        parser.add_argument("--state", choices=[state.value for state in GradeState], help="only grades in this state")
        parser.add_argument("--platform", default="", help="only of platforms with this in their name or issuer")
        parser.add_argument("--since", default="", help="only those changed since: 2026-03-02T09:00 or 3h or 2d")
        parser.add_argument("--all", action="store_true", help="all grades; needed where nothing else narrows")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        rows = self._chosen(options)
        if action == "status":
            self._status(rows)
        elif action == "verify":
            self._verify(rows)
        else:
            self._act(action, rows, options)

    def _chosen(self, options: dict[str, Any]) -> QuerySet[GradeTarget]:
        rows = GradeTarget.objects.all()
        if options["id"]:
            rows = rows.filter(pk__in=options["id"])
        if options["state"]:
            rows = rows.filter(state=options["state"])
        if options["platform"]:
            name = options["platform"]
            rows = rows.filter(Q(platform__name__icontains=name) | Q(platform__issuer__icontains=name))
        if options["since"]:
            since = _moment(options["since"])
            rows = rows.filter(Q(pending_since__gte=since) | Q(delivered_at__gte=since))
        return rows

    def _status(self, rows: QuerySet[GradeTarget]) -> None:
        found = dict(rows.values_list("state").annotate(Count("pk")).order_by())
        for state in GradeState:
            self.stdout.write(f"{found.get(state.value, 0):>8}  {state.label}")
        self.stdout.write(f"The oldest has been on its way for {oldest_pending_s():.0f} s.")

    def _verify(self, rows: QuerySet[GradeTarget]) -> None:
        count = 0
        for difference in verify(rows.filter(pk__in=delivered()), now=timezone.now()):
            count += 1
            self.stdout.write(difference.in_words())
        if count:
            raise CommandError(f"{count} {'cell differs' if count == 1 else 'cells differ'}.")
        self.stdout.write("Every gradebook holds what was sent.")

    def _act(self, action: str, rows: QuerySet[GradeTarget], options: dict[str, Any]) -> None:
        if not options["all"] and not any(options[name] for name in ("id", "state", "platform", "since")):
            raise CommandError("Say which grades: --id, --state, --platform, --since, or --all.")
        keys = list(rows.values_list("pk", flat=True))
        chosen = GradeTarget.objects.filter(pk__in=keys) if len(keys) <= 500 else rows
        count = outbox.resend(chosen, timezone.now()) if action == "resend" else getattr(outbox, action)(chosen)
        record(None, "manage.py", f"lti.grades_{action}", "grades", {"count": count, "first": keys[:50]})
        self.stdout.write(f"{count} {'grade' if count == 1 else 'grades'} {ACTIONS[action]}.")


def _moment(text: str) -> datetime:
    """Return "2026-03-02T09:00", or how long ago in hours or days, as a moment."""
    number, unit = text[:-1], text[-1:]
    try:
        if unit in "hd" and number.isascii() and number.isdigit():
            return timezone.now() - timedelta(hours=int(number) * (24 if unit == "d" else 1))
        moment = parse_datetime(text)
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise CommandError(f"{text!r} is no time: write 2026-03-02T09:00, 3h or 2d.")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
