"""Logins under way, and the record of how launches went."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone

from foundation.api import Organisation
from lti.models.platforms import Platform


class LoginState(models.Model):
    """What one `state` stands for, from the login until its one launch. See lti.login_states.

    `bind_digest` is of a secret that only the browser holds (cookie or platform storage).
    """

    state = models.CharField(max_length=64, primary_key=True)
    nonce = models.CharField(max_length=64)
    bind_digest = models.CharField(max_length=64)
    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="+")
    deployment_hint = models.CharField(max_length=255, blank=True)
    target = models.CharField(max_length=1000, blank=True)
    login_hint = models.TextField()
    message_hint = models.TextField(blank=True)
    storage_target = models.CharField(max_length=100, blank=True)
    is_window = models.BooleanField(default=False, help_text="Begun again in a window of its own.")
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Login at {self.platform_id} until {self.expires_at:%H:%M:%S}"


class Way(models.TextChoices):
    """What brought the login's secret back: the three rungs, in the order in which they are tried."""

    COOKIE = "cookie", "Cookie"
    STORAGE = "storage", "Storage of the LMS"
    WINDOW = "window", "Window of its own"


class LaunchRecord(models.Model):
    """How one login, launch or registration went. Claims are kept only of failed ones, and redacted.

    `claims` holds the body as lti.claims.redacted leaves it, `header` the token's `alg` and `kid`: enough to check
    the launch once more against today's settings (lti.replay), and nothing about a person.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now)
    code = models.CharField(max_length=60, help_text='"ok", or the stable code of what went wrong.')
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="lti_launch_records"
    )
    platform = models.ForeignKey(
        Platform, on_delete=models.SET_NULL, null=True, blank=True, related_name="launch_records"
    )
    person = models.ForeignKey(
        "lti.LtiPerson", on_delete=models.SET_NULL, null=True, blank=True, related_name="launch_records"
    )
    link = models.ForeignKey(
        "lti.ResourceLink", on_delete=models.SET_NULL, null=True, blank=True, related_name="launch_records"
    )
    acted_as = models.CharField(max_length=10, blank=True, help_text="learner, teacher or preview")
    issuer = models.CharField(max_length=500, blank=True)
    expected = models.CharField(max_length=500, blank=True)
    received = models.CharField(max_length=500, blank=True)
    claims = models.JSONField(default=dict, blank=True)
    header = models.JSONField(default=dict, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-at"], name="launch_by_organisation"),
            models.Index(fields=["at"], name="launch_by_time"),
            models.Index(fields=["platform", "-at"], name="launch_by_platform"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.code}"
