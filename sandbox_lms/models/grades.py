"""Grades, their history, and the log of every score that a tool posted."""

from __future__ import annotations

from typing import Any

from django.db import models

from sandbox_lms.models.courses import LineItem
from sandbox_lms.models.platforms import Lms, Person


class Grade(models.Model):
    """What the LMS holds for one learner in one column; the fields are those of `ags_rules.Record`."""

    line_item = models.ForeignKey(LineItem, on_delete=models.CASCADE, related_name="grades")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grades")
    stamp = models.DateTimeField(null=True)
    given = models.FloatField(null=True)
    given_maximum = models.FloatField(null=True)
    shown = models.FloatField(null=True)
    comment = models.TextField(blank=True)
    comments: models.JSONField[Any] = models.JSONField(default=list)
    activity_progress = models.CharField(max_length=40, blank=True)
    grading_progress = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    completed = models.BooleanField(default=False)
    overridden = models.BooleanField(default=False)
    locked = models.BooleanField(default=False)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line_item", "person"], name="one_grade")]

    def __str__(self) -> str:
        return f"{self.line_item}, {self.person}: {self.shown}"


class GradeChange(models.Model):
    """One line of a grade's history."""

    line_item = models.ForeignKey(LineItem, on_delete=models.CASCADE, related_name="changes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=120)
    shown = models.FloatField(null=True)
    maximum = models.FloatField()
    note = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.line_item}, {self.person}: {self.shown} by {self.by}"


class ScorePost(models.Model):
    """One score POST as it arrived and as it was answered, to compare with what the tool believes."""

    lms = models.ForeignKey(Lms, on_delete=models.CASCADE, related_name="score_posts")
    line_item = models.ForeignKey(LineItem, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)
    user_id = models.CharField(max_length=300, blank=True)
    given = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    stamp = models.CharField(max_length=60, blank=True)
    grading_progress = models.CharField(max_length=60, blank=True)
    #: What the client saw; 0 when the connection was dropped.
    status = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    applied = models.BooleanField()
    fault = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.given} of {self.maximum} for {self.user_id}: {self.status}"
