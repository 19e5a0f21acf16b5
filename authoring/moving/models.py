"""Rows: the effect of one newer content on the attempts in progress on an older version, and moving them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from authoring.models.scenario import Scenario
from authoring.models.versions import ScenarioVersion
from foundation.api import Leased, User


class VersionMove(Leased):
    """From a version to a newer one, or to a draft that may become one (then only the effect is worked out)."""

    class State(models.TextChoices):
        LOOKING = "looking", "Being looked at"
        LOOKED = "looked", "Looked at"
        MOVING = "moving", "Being moved"
        MOVED = "moved", "Moved"

    WORKING: ClassVar = (State.LOOKING, State.MOVING)

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="moves")
    from_version = models.ForeignKey(ScenarioVersion, on_delete=models.CASCADE, related_name="+")
    to_version = models.ForeignKey(ScenarioVersion, null=True, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="Of the newer document.")
    draft = models.BinaryField(null=True, help_text="The newer document where it is a draft.")
    state = models.CharField(max_length=20, choices=State.choices, default=State.LOOKING)
    able = models.PositiveIntegerField(default=0)
    stuck = models.JSONField(default=dict, blank=True, help_text="{why: how many}")
    cursor = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-from_version__number", "-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["from_version", "digest"], name="one_move_per_content")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "lease_until"], condition=models.Q(due_at__isnull=False), name="version_move_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_version} to {self.to_version or 'the draft'}"

    @property
    def seen(self) -> int:
        return self.able + self.unable

    @property
    def unable(self) -> int:
        return sum(int(count) for count in self.stuck.values())

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING
