"""Rows: which model an organisation uses and how much of it, and what each call cost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from foundation.api import Organisation, decrypt, encrypt


class ProviderName(models.TextChoices):
    """Whom we ask. Without a model everything works offline; generation offers templates."""

    NONE = "none", "No model (templates only)"
    OPENAI = "openai", "A server that speaks OpenAI's chat completions"
    SCRIPTED = "scripted", "Scripted answers (demonstration and tests)"


class AiSettings(models.Model):
    """The model of an organisation. The key is encrypted at rest and never shown again."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="ai_settings")
    provider = models.CharField(max_length=20, choices=ProviderName.choices, default=ProviderName.NONE)
    base_url = models.URLField(
        max_length=500, blank=True, help_text="For example https://models.example.org/v1 (with the /v1)."
    )
    model = models.CharField(max_length=200, blank=True)
    sealed_key = models.TextField(blank=True, editable=False)
    monthly_tokens = models.PositiveIntegerField(
        default=2_000_000, help_text="Tokens per calendar month, both ways together; 0 stops all calls."
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "AI settings"
        verbose_name_plural = "AI settings"

    def __str__(self) -> str:
        return f"AI settings of {self.organisation}"

    def set_key(self, key: str) -> None:
        """Keep the key encrypted; "" forgets it."""
        self.sealed_key = encrypt(key) if key else ""

    def key(self) -> str:
        """Return the key. Raises foundation.api.CannotDecrypt when this site no longer has the sealing key."""
        return decrypt(self.sealed_key) if self.sealed_key else ""


class AiUsage(models.Model):
    """One call: what for, what it cost, how it ended. Never what was said."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    purpose = models.CharField(max_length=60)
    provider = models.CharField(max_length=20)
    model = models.CharField(max_length=200, blank=True)
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    outcome = models.CharField(max_length=40, default="ok")

    class Meta:
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["organisation", "at"], name="ai_usage_by_month")]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.outcome})"
