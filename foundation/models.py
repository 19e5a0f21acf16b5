"""Rows that every app leans on: people, organisations, roles, the audit trail and leases.

Nothing here knows a scenario, an attempt or a claim. Learners who come through an LMS are not users.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn
from uuid import uuid4

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone


class User(AbstractUser):
    """Someone who signs in here: designer, reviewer, publisher, coach, LMS admin or operator."""


class Organisation(models.Model):
    """Whose content and learners these are. Every root row of every app has one."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    locale = models.CharField(max_length=20, default="en", help_text="Language of its pages unless a course says so.")
    retention_days = models.PositiveIntegerField(
        default=730,
        help_text="Days a learner's rows are kept after the last activity; 0 keeps them for ever.",
    )
    support_contacts = models.TextField(
        blank=True, help_text="Whom a learner in distress may turn to; shown beside every safety note."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do in one organisation; the apps decide what each role allows."""

    DESIGNER = "designer", "Designer"
    REVIEWER = "reviewer", "Reviewer"
    PUBLISHER = "publisher", "Publisher"
    COACH = "coach", "Coach"
    LMS_ADMIN = "lms_admin", "LMS admin"
    OPERATOR = "operator", "Operator"


class Membership(models.Model):
    """One role of one user in one organisation; several rows give several roles."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user", "role"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.organisation}"


class AuditIsAppendOnly(TypeError):
    """Someone tried to change or delete an audit entry."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Entries can be read and added, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AuditIsAppendOnly("Audit entries are never changed; add another one.")

    def delete(self) -> NoReturn:
        raise AuditIsAppendOnly("Audit entries are never deleted.")


class AuditEntry(models.Model):
    """Who did what to which subject, and when. Written by `foundation.api.record`."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="audit_entries"
    )
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=100, help_text="user:<id>, or the name of the part that acted by itself.")
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "-at"], name="audit_by_organisation")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AuditIsAppendOnly("Audit entries are never changed; add another one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AuditIsAppendOnly("Audit entries are never deleted.")


class Leased(models.Model):
    """A row of durable work: due when `due_at` is past and no lease runs.

    `due_at` is null when nothing is to be done. A worker claims the row by setting `lease_id` and
    `lease_until` (see foundation.leases); a worker that dies simply lets the lease run out.
    Concrete classes add an index on (due_at, lease_until), partial where they have a state.
    """

    due_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    lease_id = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True


class WorkerBeat(models.Model):
    """The last sign of life of one worker process; old rows mean that nothing is delivered."""

    name = models.CharField(max_length=120, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%H:%M:%S}"
