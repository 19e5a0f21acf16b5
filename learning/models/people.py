"""Who learns what, where: learners, cohorts, placements and participations."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone

from foundation.api import Leased, Organisation


class Learner(models.Model):
    """A person in one organisation, known by a random id. A name is kept only where the host sends one."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="learners")
    display_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.display_name or f"Learner {self.uuid.hex[:8]}"


class Cohort(models.Model):
    """The people who learn together: a course run of an LMS, or a training day."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="cohorts")
    name = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name or f"Cohort {self.uuid.hex[:8]}"


class TargetKind(models.TextChoices):
    """What a placement places."""

    SCENARIO = "scenario", "Scenario"
    COURSE = "course", "Course"


class Placement(models.Model):
    """One activity in one cohort: a scenario, a whole course, or one module of a course (`target_module`).

    A course and one of its modules linked singly are two placements: neither feeds the other's grade.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="placements")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="placements")
    target_kind = models.CharField(max_length=10, choices=TargetKind.choices)
    target_uuid = models.UUIDField()
    target_module = models.CharField(max_length=64, blank=True)
    policies = models.JSONField(default=dict, blank=True, help_text="See learning.policies.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["target_uuid"], name="placement_by_target")]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_uuid} {self.target_module}".strip()

    @property
    def is_course(self) -> bool:
        return self.target_kind == TargetKind.COURSE and not self.target_module


class Participation(models.Model):
    """One learner in one placement, with the version they were given.

    `version_id` is a course version's where the target is a course (or a module of one), else a scenario version's;
    null until the first attempt. A preview is a teacher's own try: never graded, never sent.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="participations")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="participations")
    version_id = models.BigIntegerField(null=True, blank=True)
    is_preview = models.BooleanField(default=False)
    time_factor = models.FloatField(default=1, help_text="Time limits are this many times as long; 0: none.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            # A teacher who later takes part as a learner keeps the preview apart.
            models.UniqueConstraint(fields=["placement", "learner", "is_preview"], name="participation_once"),
        ]

    def __str__(self) -> str:
        return f"Participation {self.uuid.hex[:8]}"


class DueDate(Leased):
    """A participation whose unfinished attempt counts, as far as it got, once its placement is due."""

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="due_date")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "lease_until"], name="due_date_due", condition=models.Q(due_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"Due date of {self.participation_id}"
