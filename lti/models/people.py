"""Who and what a launch names: people, contexts (an LMS's courses) and resource links (its activities)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from foundation.api import Organisation
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

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deployment", "context_id"], name="context_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.context_id or "no course"


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
