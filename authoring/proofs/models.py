"""Rows: the proof of one content of a scenario, found by its digest; due until it has been worked out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from authoring.models.scenario import Scenario
from foundation.api import Leased


class ScenarioProof(Leased):
    """What the search and the simulated cohort found for one document. Any row may be lost: it is worked out anew."""

    class State(models.TextChoices):
        WORKING = "working", "Being worked out"
        DONE = "done", "Worked out"
        FAILED = "failed", "Not worked out"

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="proofs")
    digest = models.CharField(max_length=64)
    document = models.BinaryField(null=True, help_text="What is to be proven; dropped once it is.")
    state = models.CharField(max_length=20, choices=State.choices, default=State.WORKING)
    result = models.JSONField(default=dict, blank=True, help_text="See proofs.child.")
    problem = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["scenario", "digest"], name="proof_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "lease_until"], condition=models.Q(due_at__isnull=False), name="scenario_proof_due"
            ),
        ]

    def __str__(self) -> str:
        return f"Proof of {self.scenario} ({self.digest[:8]})"
