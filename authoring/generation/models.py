"""Rows: a run from brief to draft course, and its stages, each of them leased work with its own result."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone

from foundation.api import Leased, Organisation, User


class GenerationRun(models.Model):
    """A brief on its way to a draft course."""

    class State(models.TextChoices):
        RUNNING = "running", "Being drafted"
        WAITING = "waiting", "Waiting for your approval"
        DONE = "done", "Drafted"
        FAILED = "failed", "Stopped by a problem"
        CANCELLED = "cancelled", "Cancelled"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    brief = models.JSONField()
    source_name = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    source_notes = models.JSONField(default=list, blank=True)
    with_model = models.BooleanField(help_text="False: filled from templates, no model was asked.")
    state = models.CharField(max_length=20, choices=State.choices, default=State.RUNNING)
    course = models.ForeignKey("authoring.Course", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return str(self.brief.get("topic", ""))[:80]


class GenerationStage(Leased):
    """One question to the model and its answer. A result once stored is never asked for again."""

    class Kind(models.TextChoices):
        OBJECTIVES = "objectives", "Objectives"
        OUTLINE = "outline", "Outline"
        MODULE = "module", "Module"
        COURSE = "course", "Draft course"

    class State(models.TextChoices):
        PENDING = "pending", "To do"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped"
        CANCELLED = "cancelled", "Cancelled"

    run = models.ForeignKey(GenerationRun, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PENDING)
    asked = models.JSONField(default=dict, blank=True)
    result = models.JSONField(null=True, blank=True)
    problems = models.JSONField(default=list, blank=True)
    previous = models.TextField(blank=True)
    repairs = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "kind", "position"], name="generation_stage_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "lease_until"],
                condition=models.Q(state="pending"),
                name="generation_stage_due",
            ),
        ]

    def __str__(self) -> str:
        return self.title
