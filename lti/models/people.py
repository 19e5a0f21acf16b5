"""Who and what a launch names: people, contexts (an LMS's courses) and resource links (its activities)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from foundation.api import Leased, Organisation
from lti.models.platforms import Deployment, Platform


class LtiPerson(models.Model):
    """Somebody as a platform names them. They are learners here, never Django users.

    Roles are not kept: each launch says them anew.
    """

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="people")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="lti_people")
    sub = models.CharField(max_length=255)
    learner = models.ForeignKey("learning.Learner", on_delete=models.CASCADE, related_name="lti_people")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["platform", "organisation", "sub"], name="lti_person_once"),
        ]

    def __str__(self) -> str:
        return f"Person {self.pk} of {self.platform_id}"


class Context(models.Model):
    """A course of the LMS; its people are one cohort here. Launches outside any course share a context of id ""."""

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="contexts")
    context_id = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=300, blank=True)
    cohort = models.ForeignKey("learning.Cohort", on_delete=models.CASCADE, related_name="lti_contexts")
    memberships_url = models.URLField(max_length=1000, blank=True, help_text="Names and Role Provisioning Service.")
    groups_url = models.URLField(max_length=1000, blank=True, help_text="Course Groups Service.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deployment", "context_id"], name="context_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.context_id or "no course"


class Roster(Leased):
    """Who is in a course of the LMS, as far as its roster service says; read only when a coach asks.

    `differences_url` answers with what changed since; `is_refused` that this tool may not read (403).
    """

    context = models.OneToOneField(Context, on_delete=models.CASCADE, related_name="roster")
    groups = models.JSONField(default=list, blank=True, help_text="Course groups: id and name.")
    differences_url = models.CharField(max_length=1000, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    is_refused = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at", "lease_until"], name="roster_due", condition=models.Q(due_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"Roster of {self.context_id}"


class RosterMember(models.Model):
    """A learner of a course who may not have come here yet. Gone from the roster means gone from here."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="members")
    sub = models.CharField(max_length=255)
    name = models.CharField(max_length=200, blank=True)
    groups = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["roster", "sub"], name="roster_member_once")]
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name or f"Member {self.pk}"


class ResourceLink(models.Model):
    """An activity of the LMS that opens one placement.

    `item` is our own id of the link, sent in `custom` and `resourceId` when it was deep-linked: it survives course
    copies and re-editing, which `link_id` does not.
    """

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="links")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="links")
    link_id = models.CharField(max_length=255)
    item = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=300, blank=True)
    placement = models.ForeignKey("learning.Placement", on_delete=models.CASCADE, related_name="lti_links")
    line_item = models.ForeignKey(
        "lti.LineItem", on_delete=models.SET_NULL, null=True, blank=True, related_name="links"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deployment", "link_id"], name="resource_link_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["deployment", "item"], name="resource_link_by_item")]

    def __str__(self) -> str:
        return self.title or self.link_id
