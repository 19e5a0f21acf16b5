"""What happened in play: attempts, their steps, and judgements that an attempt still waits for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from foundation.api import Leased, uuid7
from learning.models.people import Participation


class AttemptStatus(models.TextChoices):
    """`finished` means an ending fixed the grade (play may go on unscored); `stopped` used nothing up."""

    PLAYING = "playing", "Playing"
    FINISHED = "finished", "Finished"
    STOPPED = "stopped", "Stopped"


class Attempt(models.Model):
    """One way through one module. `state` is the engine's, as JSON text; `seq` counts the recorded steps.

    `scene` and `ending` repeat what the state says, so that a list need not decode it; `ratio`, `reason`, `is_void`
    and `is_excused` repeat what `regrade` found, so that a list need not score it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="attempts")
    module = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    version_id = models.BigIntegerField(help_text="The scenario version played, for good.")
    digest = models.CharField(max_length=80)
    seed = models.CharField(max_length=64)
    state = models.TextField()
    seq = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=AttemptStatus.choices, default=AttemptStatus.PLAYING)
    scene = models.CharField(max_length=64, blank=True)
    ending = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    ratio = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    is_held = models.BooleanField(default=False)
    is_void = models.BooleanField(default=False)
    is_excused = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participation", "module", "number"], name="attempt_once"),
            models.CheckConstraint(
                condition=models.Q(ratio__isnull=True) | models.Q(ratio__gte=0, ratio__lte=1),
                name="attempt_ratio_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.number} of {self.module} ({self.id})"


class StepBy(models.TextChoices):
    """Whose action a step records."""

    LEARNER = "learner", "Learner"
    HOST = "host", "Host"


class Step(models.Model):
    """One recorded action. Replaying an attempt's steps from its seed gives its state."""

    pk = models.CompositePrimaryKey("attempt_id", "seq")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="steps", db_index=False)
    seq = models.PositiveIntegerField(help_text="The attempt's seq after this step: the first step is 1.")
    action = models.JSONField()
    by = models.CharField(max_length=8, choices=StepBy.choices)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Step {self.seq} of {self.attempt_id}"


class PendingJudgement(Leased):
    """Words that wait for a judge to read or a character to answer. At the deadline the attempt goes on without."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="pending_judgements")
    seq = models.PositiveIntegerField(help_text="The attempt's seq while it waits.")
    deadline_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "seq"], name="pending_judgement_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "lease_until"],
                name="pending_judgement_due",
                condition=models.Q(due_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Judgement awaited at step {self.seq} of {self.attempt_id}"
