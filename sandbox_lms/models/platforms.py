"""The LMS instances and their people. Courses and tools have modules of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac


def make_hex() -> str:
    """Return a new random id of 32 hex digits."""
    return uuid4().hex


class Lms(models.Model):
    """One LMS: a personality, an issuer, its options and its faults."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    personality = models.CharField(max_length=20)
    #: Differences from the personality's defaults: see `sandbox_lms/personalities/base.py`, `Options`.
    options: models.JSONField[Any] = models.JSONField(default=dict, blank=True)
    #: See `sandbox_lms/faults.py`, `FaultProfile`.
    faults: models.JSONField[Any] = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def issuer(self) -> str:
        return f"{settings.SANDBOX_URL}/{self.key}"

    def now(self) -> datetime:
        """Return the time on this LMS's clock, which may be wrong on purpose."""
        return timezone.now() + timedelta(seconds=float(self.faults.get("clock_offset_s", 0)))


class Person(models.Model):
    """Somebody with a sign-in at one LMS."""

    lms = models.ForeignKey(Lms, on_delete=models.CASCADE, related_name="people")
    uuid = models.CharField(max_length=32, default=make_hex, unique=True)
    username = models.CharField(max_length=60)
    given_name = models.CharField(max_length=60)
    family_name = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    is_admin = models.BooleanField(default=False)
    password = models.CharField(max_length=128, blank=True)
    locale = models.CharField(max_length=20, default="en")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lms", "username"], name="one_username_per_lms")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    # Passwords are generated, 72 bits and more, so a keyed hash is enough and seeding stays quick.
    def set_password(self, password: str) -> None:
        self.password = _hash(self.uuid, password)

    def has_password(self, password: str) -> bool:
        return bool(self.password) and constant_time_compare(self.password, _hash(self.uuid, password))


def _hash(salt: str, password: str) -> str:
    return salted_hmac(f"sandbox_lms.password.{salt}", password, algorithm="sha256").hexdigest()
