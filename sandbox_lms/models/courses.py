"""Courses, who is in them, the links to tools and the gradebook columns. Grades have their own module."""

from __future__ import annotations

from typing import Any

from django.db import models

from sandbox_lms.models.platforms import Lms, Person, make_hex
from sandbox_lms.models.tools import Registration


class Course(models.Model):
    lms = models.ForeignKey(Lms, on_delete=models.CASCADE, related_name="courses")
    uuid = models.CharField(max_length=32, default=make_hex, unique=True)
    title = models.CharField(max_length=200)
    label = models.CharField(max_length=60)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Enrolment(models.Model):
    LEARNER, TEACHER = "learner", "teacher"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    role = models.CharField(max_length=10, default=LEARNER)
    suspended = models.BooleanField(default=False)
    group = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "person"], name="one_enrolment")]
        ordering = ["-role", "person__family_name", "pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"


class Link(models.Model):
    """One activity of a course that opens a tool.

    `resource_link_id` is what the tool sees. In Open edX several links made by one deep linking answer are
    items of one block and share it (lti_consumer models.LtiDlContentItem).
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="links")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="links")
    resource_link_id = models.CharField(max_length=255, db_index=True, blank=True)
    title = models.CharField(max_length=255)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=1000, blank=True)
    icon = models.CharField(max_length=1000, blank=True)
    custom: models.JSONField[Any] = models.JSONField(default=dict)
    #: Resource link ids of the links this one was copied from, newest first.
    history: models.JSONField[Any] = models.JSONField(default=list)
    hidden = models.BooleanField(default=False)
    past_due = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class LineItem(models.Model):
    """One gradebook column. A coupled one belongs to its link and was made with it."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="line_items")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="line_items")
    #: The link it was made with, or (Open edX) the block whose services made it.
    link = models.ForeignKey(Link, null=True, blank=True, on_delete=models.CASCADE, related_name="columns")
    #: The link that the column says it belongs to; another one is possible in Open edX.
    resource_link_id = models.CharField(max_length=255, blank=True, db_index=True)
    label = models.CharField(max_length=255)
    maximum = models.FloatField()
    resource_id = models.CharField(max_length=255, blank=True)
    tag = models.CharField(max_length=255, blank=True)
    coupled = models.BooleanField(default=False)
    submission_review: models.JSONField[Any] = models.JSONField(default=dict)
    starts = models.CharField(max_length=40, blank=True)
    ends = models.CharField(max_length=40, blank=True)
    locked = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    attempts_allowed = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label
