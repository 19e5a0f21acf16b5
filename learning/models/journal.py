"""What belongs to the learner alone: journal entries, goals, and what they consented to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from learning.models.attempts import Attempt
from learning.models.people import Learner


class JournalEntry(models.Model):
    """What a learner wrote on a prompt of a reflection. No coach sees it unless a consent for it stands."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="journal_entries")
    attempt = models.ForeignKey(Attempt, on_delete=models.SET_NULL, null=True, related_name="journal_entries")
    scene = models.CharField(max_length=64)
    prompt = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "scene", "prompt"], name="journal_entry_once"),
        ]

    def __str__(self) -> str:
        return f"Entry on {self.prompt}"


class Goal(models.Model):
    """A learner's own plan ("if … then I will …") and when to be reminded of it."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="goals")
    attempt = models.ForeignKey(Attempt, on_delete=models.SET_NULL, null=True, related_name="goals")
    scene = models.CharField(max_length=64, blank=True)
    prompt = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["attempt", "scene", "prompt"], name="goal_once")]

    def __str__(self) -> str:
        return f"Goal on {self.prompt}"


class Consent(models.Model):
    """What a learner agreed to, and when they took it back. Each thing that is shared has a consent of its own."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="consents")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, null=True, related_name="consents")
    scene = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=40, help_text="share_with_coach, model_reads_words …")
    subject = models.CharField(max_length=100, blank=True, help_text="What is shared: a prompt's id, or transcript.")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Consent to {self.purpose}"
