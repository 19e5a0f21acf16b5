"""The LMSs that may launch us, and the deployments inside them."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone

from foundation.api import Organisation


class PlatformStatus(models.TextChoices):
    """Only an active platform launches and receives grades."""

    PENDING = "pending", "Waiting for approval"
    ACTIVE = "active", "Active"
    SUSPENDED = "suspended", "Suspended"


class Platform(models.Model):
    """One registration of this tool: an issuer and the client id it gave us.

    `organisation` is the one that approved it, and the one that deployments found at a launch belong to.
    `settings` holds what differs from the product's rules; see `lti.platform_settings`.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="lti_platforms"
    )
    name = models.CharField(max_length=200, blank=True)
    issuer = models.CharField(max_length=500)
    client_id = models.CharField(max_length=255)
    status = models.CharField(max_length=10, choices=PlatformStatus.choices, default=PlatformStatus.PENDING)
    product = models.CharField(max_length=50, blank=True, help_text="The LMS's product family code: moodle, canvas …")
    product_version = models.CharField(max_length=100, blank=True)
    auth_url = models.URLField(max_length=500)
    token_url = models.URLField(max_length=500, blank=True)
    token_audience = models.CharField(
        max_length=500, blank=True, help_text="`aud` of our client assertion, where it is not the token URL."
    )
    jwks_url = models.URLField(max_length=500, blank=True)
    key_set = models.JSONField(default=dict, blank=True, help_text="The platform's public keys as last fetched.")
    key_set_fetched_at = models.DateTimeField(null=True, blank=True)
    key_set_tried_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(
        null=True, blank=True, help_text="No grade is sent before: the platform asked for a pause, or is down."
    )
    failures = models.PositiveIntegerField(default=0, help_text="Calls in a row that the platform did not answer.")
    concurrency = models.PositiveSmallIntegerField(
        default=2, help_text="Grades sent at the same time; grows and shrinks as the platform bears it."
    )
    settings = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "client_id"], name="platform_once"),
        ]
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name or self.issuer

    @property
    def is_active(self) -> bool:
        return self.status == PlatformStatus.ACTIVE


class PlatformToken(models.Model):
    """An access token that every process uses until shortly before its end; encrypted at rest.

    `asking_until` says that some process asks for a new one right now: the others wait for its answer.
    """

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="tokens")
    scopes = models.CharField(max_length=500)
    sealed = models.TextField(blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    asking_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["platform", "scopes"], name="platform_token_once"),
        ]

    def __str__(self) -> str:
        return f"Token of {self.platform_id} until {self.expires_at}"


class Deployment(models.Model):
    """One installation of the tool inside a platform; it decides whose launches these are."""

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="deployments")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="lti_deployments")
    deployment_id = models.CharField(max_length=255)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["platform", "deployment_id"], name="deployment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.platform} / {self.deployment_id}"
