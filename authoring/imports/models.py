"""Rows: an uploaded file on its way to drafts, and which drafts came out of it."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone

from foundation.api import Leased, Organisation, User


class ImportJob(Leased):
    """One file. Due while it has to be read, and once more when its bytes are to be deleted."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for its turn"
        READING = "reading", "Being read"
        SAVING = "saving", "Drafts being saved"
        DONE = "done", "Imported"
        REFUSED = "refused", "Not imported"

    OPEN: ClassVar = (State.WAITING, State.READING, State.SAVING)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200, help_text="Name it was uploaded under.")
    size = models.PositiveBigIntegerField()
    file = models.CharField(max_length=200, blank=True, help_text="Where in private storage; empty once deleted.")
    format = models.CharField(max_length=60, blank=True)
    course = models.ForeignKey(
        "authoring.Course",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The draft course that a pack became.",
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    stage = models.CharField(max_length=200, blank=True, help_text="What is being done, in a sentence.")
    entries = models.JSONField(default=list, blank=True, help_text="The report: [{kind, place, what, hint}].")
    counts = models.JSONField(default=dict, blank=True, help_text="{kept, changed, dropped}")
    problem = models.JSONField(default=dict, blank=True, help_text="Why it was refused: {code, message, hint, place}.")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "lease_until"], condition=models.Q(due_at__isnull=False), name="import_job_due"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = self.name[-200:]
        super().save(*args, **kwargs)


class ImportedDraft(models.Model):
    """A scenario that came out of a file: its mark of origin. It outlives the draft's deletion, by its title."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="drafts")
    scenario = models.ForeignKey("authoring.Scenario", null=True, on_delete=models.SET_NULL, related_name="origins")
    title = models.CharField(max_length=1000)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["job", "position"]

    def __str__(self) -> str:
        return self.title
