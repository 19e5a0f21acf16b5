"""What counts: judgements that were passed, and the grades that follow from them."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.models.attempts import Attempt
from learning.models.people import Participation


class JudgementKind(models.TextChoices):
    """What a judgement is about. `withdraw` takes back the standing grade, void or excuse of the attempt."""

    LEVEL = "level", _("Level of a criterion")
    CREDIT = "credit", _("Credit of a question")
    GRADE = "grade", _("Grade of the attempt")
    VOID = "void", _("Attempt does not count")
    EXCUSE = "excuse", _("Module excused")
    WITHDRAW = "withdraw", _("Taken back")


class JudgementSource(models.TextChoices):
    """Who judged."""

    RULE = "rule", "Rule"
    MODEL = "model", "Model"
    COACH = "coach", "Coach"


class JudgementIsAppendOnly(TypeError):
    """Someone tried to change or delete a judgement."""


class JudgementQuerySet(models.QuerySet["Judgement"]):
    """Judgements can be read and added; a later one replaces an earlier one in effect, never in the record."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise JudgementIsAppendOnly("Judgements are never changed; add another one.")

    def delete(self) -> NoReturn:
        raise JudgementIsAppendOnly("Judgements are never deleted.")

    def erase_words(self) -> int:
        """Blank what was quoted or written about a person; who, when and the figures stay."""
        return super().update(evidence=[], reason="")


class Judgement(models.Model):
    """Something judged about an attempt, never changed afterwards.

    `seq` is the visit's (null: the whole attempt). `value` is exact text: a level 0..4, a credit or grade 0..1, the
    kind that a `withdraw` takes back, or null (not applicable). `old` is what it replaced, for the people who read it.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="judgements")
    seq = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=JudgementKind.choices)
    criterion = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=10, choices=JudgementSource.choices)
    value = models.CharField(max_length=40, null=True, blank=True)
    old = models.CharField(max_length=40, null=True, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    by = models.CharField(max_length=100, blank=True, help_text="learner:<uuid> of a coach, or the judge's name.")
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.value} by {self.source}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise JudgementIsAppendOnly("Judgements are never changed; add another one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise JudgementIsAppendOnly("Judgements are never deleted.")


class Grade(models.Model):
    """What a host gradebook should show for a participation: per module, and "" for the whole placement.

    Written by `learning.grading.regrade` alone. `revision` rises by one with each change of `ratio` or `comment`;
    `comment` is a sentence for the gradebook: a coach's reason, else the title of the ending.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="grades")
    module = models.CharField(max_length=64, blank=True)
    ratio = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    comment = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participation", "module"], name="grade_once"),
            models.CheckConstraint(
                condition=models.Q(ratio__isnull=True) | models.Q(ratio__gte=0, ratio__lte=1),
                name="grade_ratio_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module or 'whole'}: {self.ratio}"
