"""Grades as learning gives them: a row, and the signal in the same transaction."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from foundation.api import run_due
from learning.api import Grade, Participation, grade_changed
from lti.work import GRADES

KINDS = (GRADES,)


def give_grade(
    participation: Participation,
    ratio: str | None,
    at: datetime | None = None,
    comment: str = "",
    finished_at: datetime | None = None,
) -> Grade:
    """Do what learning's regrade does at its end."""
    now = at or timezone.now()
    value = None if ratio is None else Decimal(ratio)
    with transaction.atomic():
        grade, _ = Grade.objects.get_or_create(participation=participation, module="", defaults={"changed_at": now})
        grade.ratio, grade.revision, grade.changed_at = value, grade.revision + 1, now
        grade.comment, grade.finished_at = comment, finished_at
        grade.save()
        grade_changed.send(
            Grade,
            participation_id=participation.pk,
            module="",
            ratio=value,
            revision=grade.revision,
            at=now,
        )
    return grade


def deliver(now: datetime | None = None) -> int:
    """Run every delivery that is due."""
    return run_due(now or timezone.now(), KINDS)
