"""Launches under way: the hint of each, and the deep linking conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from sandbox_lms.models.courses import Course, Link
from sandbox_lms.models.platforms import Lms, Person
from sandbox_lms.models.tools import Registration


class DeepLink(models.Model):
    """One trip to the tool to choose content, and what came back."""

    OPEN, RETURNED, SAVED, REFUSED = "open", "returned", "saved", "refused"

    token = models.CharField(max_length=64, unique=True)
    course = models.ForeignKey(Course, on_delete=models.CASCADE)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    state = models.CharField(max_length=10, default=OPEN)
    #: Make the activities as soon as they arrive, without the teacher's click.
    saves_at_once = models.BooleanField(default=False)
    settings: models.JSONField[Any] = models.JSONField(default=dict)
    items: models.JSONField[Any] = models.JSONField(default=list)
    #: What the tool said (`msg`, `errormsg`), and why items were refused or changed.
    said: models.JSONField[Any] = models.JSONField(default=dict)
    problems: models.JSONField[Any] = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.registration} for {self.course}, {self.state}"


class Launch(models.Model):
    """Everything that an id_token will say, found again by the hint in the tool's authorisation request."""

    hint = models.CharField(max_length=64, unique=True)
    lms = models.ForeignKey(Lms, on_delete=models.CASCADE)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    course = models.ForeignKey(Course, on_delete=models.CASCADE)
    link = models.ForeignKey(Link, null=True, on_delete=models.CASCADE)
    deep_link = models.ForeignKey(DeepLink, null=True, on_delete=models.CASCADE)
    message_type = models.CharField(max_length=60)
    target_link_uri = models.CharField(max_length=1000)
    #: Submission review: whose submission.
    for_user = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    #: "iframe", "window" or "frame", as launch_presentation says it.
    presentation = models.CharField(max_length=10, default="iframe")
    #: Test only: claims that replace or, when null, remove those of the message.
    claims: models.JSONField[Any] = models.JSONField(default=dict)
    expires: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.message_type} of {self.person}"
