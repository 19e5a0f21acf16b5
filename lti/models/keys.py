"""Our own signing keys. Making, rotating and publishing them is lti.tool_keys."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class KeyState(models.TextChoices):
    """`next` is published before it signs anything; `retired` is published until nothing signed by it is in use."""

    NEXT = "next", "Next"
    CURRENT = "current", "Current"
    RETIRED = "retired", "Retired"


class ToolKey(models.Model):
    """One RSA key pair of this tool. The private half is encrypted at rest."""

    kid = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=KeyState.choices)
    sealed_private_key = models.TextField()
    public_jwk = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="current"), name="one_current_tool_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kid} ({self.state})"
