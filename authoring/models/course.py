"""Courses: an ordered list of modules, each a scenario; and their published versions, which pin scenario versions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from authoring.models.authored import Authored
from authoring.models.scenario import Scenario
from authoring.models.versions import Frozen
from authoring.panels import course_panels, module_panels


class Course(index.Indexed, Authored, ClusterableModel):  # type: ignore[misc, django-manager-missing]
    """A course being put together. Only `publishing` freezes it into a CourseVersion."""

    class Send(models.TextChoices):
        WHEN_COMPLETE = "when_complete", "When all required modules have a grade"
        RUNNING = "running", "After each module (a missing grade counts 0)"

    summary = models.TextField(blank=True, help_text="Two or three sentences that a learner reads first.")
    minutes = models.PositiveIntegerField(null=True, blank=True, help_text="How long the whole course takes.")
    send = models.CharField("send the grade", max_length=20, choices=Send.choices, default=Send.WHEN_COMPLETE)
    credits = models.TextField(blank=True, help_text="Who made what, and under which licence.")
    audience = models.TextField(blank=True, help_text="For whom it is.")
    details = models.JSONField(default=dict, blank=True, help_text="Objectives and competencies, as packs have them.")

    panels = course_panels()
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("title", boost=3),
        index.SearchField("summary"),
        index.AutocompleteField("title"),
        index.FilterField("organisation"),
        index.FilterField("live"),
        index.FilterField("language"),
        index.FilterField("has_unpublished_changes"),
        index.FilterField("errors"),
    ]

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="course_slug_in_organisation"),
        ]

    def count_findings(self) -> tuple[int, int]:
        from authoring.course_checks import check_course

        levels = [finding.level for finding in check_course(self)]
        return levels.count("error"), levels.count("warning")

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [("storyboard", "What learners find")]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from authoring.views.preview import show_course_preview

        return show_course_preview(self, request)


class CourseModule(Orderable):  # type: ignore[misc]
    """One step of a course. Its id is the anchor of grades and line items, so it stays once it is published."""

    class Kind(models.TextChoices):
        SCENARIO = "scenario", "Scenario"
        LESSON = "lesson", "Lesson"
        QUIZ = "quiz", "Quiz"

    class Gate(models.TextChoices):
        OPEN = "", "Open from the start"
        FINISHED = "finished", "After the module before is finished"
        PASSED = "passed", "After the module before is passed"

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="modules")
    module_id = models.SlugField(
        "module id", max_length=64, blank=True, help_text="Stays the same for ever. Left empty: the scenario's."
    )
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="modules")
    title = models.CharField(max_length=1000, blank=True, help_text="Left empty: the scenario's.")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.SCENARIO)
    weight = models.DecimalField(
        max_digits=7,
        decimal_places=3,
        default=Decimal(1),
        validators=[MinValueValidator(0)],
        help_text="Share of the course grade. 0: not graded.",
    )
    required = models.BooleanField(default=True, help_text="Needed to complete the course.")
    attempts = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: as the scenario says.")
    gate = models.CharField("opens", max_length=20, choices=Gate.choices, default=Gate.OPEN, blank=True)

    panels = module_panels()

    class Meta(Orderable.Meta):  # type: ignore[misc]
        pass

    def __str__(self) -> str:
        return self.module_id or str(self.pk)


class CourseVersion(Frozen):
    """One published course. `modules` pins scenario versions:

    [{id, title, kind, version_id, weight (exact text), required, attempts, gate}], in order.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    summary = models.TextField(blank=True)
    minutes = models.PositiveIntegerField(null=True)
    send = models.CharField(max_length=20)
    credits = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    modules = models.JSONField()

    class Meta:
        ordering: ClassVar = ["course", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"
