"""Talking about a draft: comments on scenes, and links for reviewers who have no account."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from authoring.models.scenario import Scenario


class SceneComment(models.Model):
    """A remark on a scene, or on the scenario as a whole (scene empty)."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="comments")
    scene = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=4000)
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class ShareLink(models.Model):
    """A read-only preview of the newest draft, for whoever has the link, until it expires.

    Only a hash of the token is kept: the link is shown once, when it is made.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="share_links")
    token_hash = models.CharField(max_length=64, unique=True)
    note = models.CharField(max_length=200, blank=True, help_text="For whom it is.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.note or f"link of {self.created_at:%Y-%m-%d}"

    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()
