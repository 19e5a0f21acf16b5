"""Tools as an LMS knows them: registrations, the tokens that allow them, the tokens they hold."""

from __future__ import annotations

from typing import Any

from django.db import models

from sandbox_lms.models.platforms import Lms


class Registration(models.Model):
    """One tool in one LMS, pending until an admin activates it."""

    PENDING, ACTIVE = "pending", "active"

    lms = models.ForeignKey(Lms, on_delete=models.CASCADE, related_name="registrations")
    client_id = models.CharField(max_length=120, db_index=True)
    deployment_id = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, default=PENDING)
    initiate_login_uri = models.CharField(max_length=1000)
    redirect_uris: models.JSONField[Any] = models.JSONField(default=list)
    jwks_uri = models.CharField(max_length=1000)
    target_link_uri = models.CharField(max_length=1000, blank=True)
    #: Where a deep linking request goes; blank is the target link URI.
    deep_link_uri = models.CharField(max_length=1000, blank=True)
    domain = models.CharField(max_length=255, blank=True)
    description = models.TextField(blank=True)
    logo_uri = models.CharField(max_length=1000, blank=True)
    scopes: models.JSONField[Any] = models.JSONField(default=list)
    #: Claims asked for; "name" and "email" decide what the tool learns of people.
    claims: models.JSONField[Any] = models.JSONField(default=list)
    custom: models.JSONField[Any] = models.JSONField(default=dict)
    messages: models.JSONField[Any] = models.JSONField(default=list)
    in_chooser = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.state == self.ACTIVE


class RegistrationToken(models.Model):
    """Leave to register one tool, within an hour."""

    lms = models.ForeignKey(Lms, on_delete=models.CASCADE)
    token = models.TextField(unique=True)
    client_id = models.CharField(max_length=120)
    tool_url = models.CharField(max_length=1000)
    expires = models.DateTimeField()
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"For {self.tool_url}"


class AccessToken(models.Model):
    """A bearer token for the services; `expires` may be sooner than the tool was told."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE)
    token = models.CharField(max_length=80, unique=True)
    scopes: models.JSONField[Any] = models.JSONField(default=list)
    expires = models.DateTimeField()

    def __str__(self) -> str:
        return f"For {self.registration}"


class UsedAssertion(models.Model):
    """The `jti` of a client assertion that some platforms accept only once."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE)
    jti = models.CharField(max_length=255)
    seen = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "jti"], name="one_use_per_jti")]

    def __str__(self) -> str:
        return self.jti
