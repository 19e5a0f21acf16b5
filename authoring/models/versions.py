"""Published versions: numbered, hashed, and never changed. Attempts, placements and courses pin them."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn
from uuid import uuid4

from django.conf import settings
from django.db import models

from authoring.models.scenario import Scenario


class NeverChanges(TypeError):
    """Someone tried to change or delete a published version."""


class FrozenQuerySet(models.QuerySet[Any]):
    """Versions can be read and added, nothing else. They go only with their scenario or course."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise NeverChanges("A published version never changes; publish a new one.")

    def delete(self) -> NoReturn:
        raise NeverChanges("A published version is never deleted by itself.")


class Frozen(models.Model):
    """A row that is written once. The database refuses too, by a trigger on the content columns (migration 0002)."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64, help_text="Of all that is frozen here; equal means nothing new.")
    title = models.CharField(max_length=1000)
    language = models.CharField(max_length=40)
    revision_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanges("A published version never changes; publish a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanges("A published version is never deleted by itself.")


class ScenarioVersion(Frozen):
    """One published scenario: the exact bytes of its document, the texts of every language, its media by hash.

    `maximum` is the proven best total as an exact fraction ("33/2"), empty where the scenario has none.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="versions")
    document = models.BinaryField()
    texts = models.JSONField(default=dict, help_text="{locale: {text key: text}}")
    languages = models.JSONField(default=list, help_text="The other languages there are texts in.")
    media = models.JSONField(default=dict, help_text="{key: {sha256, name, mime}}")
    maximum = models.CharField(max_length=200, blank=True)
    proof = models.JSONField(default=dict, help_text="What the search found, per ending.")
    purpose = models.CharField(max_length=20)
    minutes = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["scenario", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scenario", "number"], name="scenario_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"
