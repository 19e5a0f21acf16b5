"""Work that comes round by itself: trying each platform weekly, and changing our keys."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from foundation.api import Leased
from lti.models.platforms import Platform


class PreflightCheck(Leased):
    """How a platform did when it was last tried without a launch. Due once a week while it is active."""

    platform = models.OneToOneField(Platform, on_delete=models.CASCADE, related_name="preflight")
    at = models.DateTimeField(null=True, blank=True)
    is_green = models.BooleanField(default=False)
    probes = models.JSONField(default=list, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at", "lease_until"], name="preflight_due")]

    def __str__(self) -> str:
        if self.at is None:
            return f"{self.platform}: not tried yet"
        return f"{self.platform}: {'green' if self.is_green else 'red'} on {self.at:%Y-%m-%d}"


class KeyRotation(Leased):
    """The one row that says when our keys change next."""

    name = models.CharField(max_length=20, unique=True, default="keys")
    at = models.DateTimeField(null=True, blank=True, help_text="When they last changed by schedule.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at", "lease_until"], name="key_rotation_due")]

    def __str__(self) -> str:
        return f"Keys, next on {self.due_at:%Y-%m-%d}" if self.due_at else "Keys"
