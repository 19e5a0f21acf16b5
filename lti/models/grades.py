"""The outbox: columns of LMS gradebooks, what each person's cell there should say, and each try to say it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from foundation.api import Leased
from lti.models.people import Context, LtiPerson
from lti.models.platforms import Deployment, Platform


class LineItem(models.Model):
    """One column of an LMS gradebook that shows one placement's grade.

    `url` is null until the column is known or made (Open edX's programmatic mode gives none): the first delivery
    finds or makes it at `items_url`.
    """

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="line_items")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="line_items")
    placement = models.ForeignKey("learning.Placement", on_delete=models.CASCADE, related_name="lti_line_items")
    module = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=1000, null=True, blank=True)
    items_url = models.CharField(max_length=1000, blank=True)
    link_id = models.CharField(max_length=255, blank=True)
    item = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=300, blank=True)
    maximum = models.DecimalField(max_digits=9, decimal_places=4, default=100)
    scopes = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deployment", "url"], name="line_item_once"),
        ]

    def __str__(self) -> str:
        return self.label or self.url or "column to be made"


class GradeState(models.TextChoices):
    """`pending` is tried until it is there; `blocked` was refused for good and is tried daily; `parked` by a person."""

    PENDING = "pending", "On its way"
    DELIVERED = "delivered", "Delivered"
    BLOCKED = "blocked", "Refused by the LMS"
    PARKED = "parked", "Parked"
    NOTHING = "nothing", "Nothing to send"


class Cause(models.TextChoices):
    """Why a grade is not in its cell yet. lti.grades.words says what to do about it."""

    NONE = "", "None"
    NOT_LEARNER = "not_learner", "Not a learner there"
    LOCKED = "locked", "Locked"
    NO_COLUMN = "no_column", "No column"
    COLUMN_GONE = "column_gone", "Column gone"
    NO_ACCESS = "no_access", "No access"
    FOREIGN_HOST = "foreign_host", "Host not admitted"
    DOWN = "down", "LMS does not answer"
    BUSY = "busy", "LMS asked to wait"
    LATER_STAMP = "later_stamp", "Later timestamp"
    REFUSED = "refused", "Refused"


class GradeTarget(Leased):
    """What one person's cell in one column should say. One row, overwritten: the newest wish wins.

    The value itself is read just in time; `wanted` and `revision` are what the last change said. `stamp` is the
    timestamp sent last, strictly rising by at least a second. `is_unsure` is set before a call and taken back
    after a clear answer: a worker that died in between leaves it, and the next one reads the cell first.
    `comment_sent` stands for the comment that the LMS has, as far as we know; `found` is what a check read there
    when it was something else: a teacher's hand, which is never overwritten.
    """

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="grade_targets")
    line_item = models.ForeignKey(LineItem, on_delete=models.CASCADE, related_name="targets")
    person = models.ForeignKey(LtiPerson, on_delete=models.CASCADE, related_name="grade_targets")
    participation = models.ForeignKey(
        "learning.Participation", on_delete=models.CASCADE, related_name="lti_grade_targets"
    )
    state = models.CharField(max_length=10, choices=GradeState.choices, default=GradeState.PENDING)
    wanted = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    sent = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    sent_revision = models.PositiveIntegerField(null=True, blank=True)
    stamp = models.DateTimeField(null=True, blank=True)
    comment_sent = models.CharField(max_length=32, blank=True)
    is_unsure = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=False, help_text="The LMS answered a read with this value.")
    pending_since = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveIntegerField(null=True, blank=True)
    cause = models.CharField(max_length=20, choices=Cause.choices, blank=True)
    found = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    differs = models.BooleanField(default=False, help_text="The last check found something else in the gradebook.")
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line_item", "person"], name="grade_target_once"),
            models.CheckConstraint(
                condition=models.Q(wanted__isnull=True) | models.Q(wanted__gte=0, wanted__lte=1),
                name="grade_target_in_range",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "lease_until"], name="grade_target_due", condition=models.Q(due_at__isnull=False)
            ),
            models.Index(
                fields=["platform", "due_at"], name="grade_target_lane", condition=models.Q(due_at__isnull=False)
            ),
            models.Index(
                fields=["platform", "lease_until"], name="grade_target_held", condition=models.Q(lease_id__isnull=False)
            ),
            models.Index(fields=["state", "pending_since"], name="grade_target_by_state"),
            models.Index(fields=["participation"], name="grade_target_by_part"),
        ]

    def __str__(self) -> str:
        return f"{self.wanted} for person {self.person_id} in {self.line_item_id} ({self.state})"


class DeliveryOutcome(models.TextChoices):
    """How one try ended."""

    DELIVERED = "delivered", "Delivered"
    CONFIRMED = "confirmed", "Already there"
    RETRY = "retry", "To be tried again"
    BLOCKED = "blocked", "Refused for good"
    LEASE_LOST = "lease_lost", "Another worker took over"


class GradeDelivery(models.Model):
    """One try to deliver, kept as a log: what was sent, what came back."""

    target = models.ForeignKey(GradeTarget, on_delete=models.CASCADE, related_name="deliveries")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=DeliveryOutcome.choices)
    ratio = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    revision = models.PositiveIntegerField(null=True, blank=True)
    stamp = models.DateTimeField(null=True, blank=True)
    status = models.PositiveIntegerField(null=True, blank=True)
    latency_ms = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["at"], name="grade_delivery_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.outcome} {self.status or ''}".strip()
