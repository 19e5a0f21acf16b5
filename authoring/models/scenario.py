"""A scenario in the making: its document, the texts of other languages, and its media."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.search import index

from authoring.fields import ScenarioGraphField
from authoring.models.authored import Authored
from authoring.panels import scenario_panels

UNTITLED = "Untitled scenario"


def empty_document() -> dict[str, Any]:
    """Return the document of a scenario that nobody has written yet."""
    return {"format": 1, "id": "untitled", "title": UNTITLED, "scenes": []}


class Scenario(index.Indexed, Authored):  # type: ignore[misc, django-manager-missing]
    """A conversation being written. `document` is the whole of it; the other columns are read from the document.

    `layout` holds where the scene cards lie in the editor: moving a card is not a change of content.
    """

    document = ScenarioGraphField(default=empty_document)
    layout = models.JSONField(default=dict, blank=True)
    purpose = models.CharField(max_length=20, default="coached", editable=False)
    minutes = models.PositiveIntegerField(null=True, editable=False)
    drafted_by_ai = models.BooleanField(default=False, editable=False)

    panels = scenario_panels()
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("title", boost=3),
        index.SearchField("document"),
        index.AutocompleteField("title"),
        index.FilterField("organisation"),
        index.FilterField("live"),
        index.FilterField("purpose"),
        index.FilterField("language"),
        index.FilterField("drafted_by_ai"),
        index.FilterField("has_unpublished_changes"),
        index.FilterField("errors"),
    ]

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="scenario_slug_in_organisation"),
        ]

    def read_document(self) -> None:
        """Take the columns that lists and filters need from the document, which is the truth."""
        document = self.document if isinstance(self.document, dict) else {}
        self.title = _text(document.get("title"), 1000) or UNTITLED
        self.language = _text(document.get("language"), 40) or "en"
        self.purpose = _text(document.get("purpose"), 20) or "coached"
        minutes = document.get("minutes")
        is_count = isinstance(minutes, int) and not isinstance(minutes, bool) and 0 < minutes <= 600
        self.minutes = minutes if is_count else None
        self.drafted_by_ai = document.get("drafted_by") == "ai"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self.read_document()
        super().save(*args, **kwargs)

    def count_findings(self) -> tuple[int, int]:
        from authoring.checking import check_scenario

        levels = [finding.level for finding in check_scenario(self)]
        return levels.count("error"), levels.count("warning")

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [("play", "Play"), ("storyboard", "Storyboard")]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from authoring.views.preview import show_preview

        return show_preview(self, request, mode_name)


class ScenarioText(models.Model):
    """The texts of one other language, keyed by text id, beside the one graph."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="translations")
    locale = models.CharField(max_length=40)
    texts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scenario", "locale"], name="one_table_of_texts_per_language"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} ({self.locale})"


class ScenarioMedia(models.Model):
    """A picture, sound, film or caption file of a scenario, by the key the document uses.

    The bytes lie in storage under their hash, so a frozen version can name them for ever.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="media_files")
    key = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200, help_text="Name it was uploaded under.")
    mime = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    alt = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scenario", "key"], name="one_file_per_media_key"),
        ]

    def __str__(self) -> str:
        return self.key


def _text(value: Any, limit: int) -> str:
    return value.strip()[:limit] if isinstance(value, str) else ""
