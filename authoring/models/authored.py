"""What scenarios and courses share: an owner organisation, and the one door through which they are published."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models, transaction
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from foundation.api import Organisation

STATUS = {
    "live": "published",
    "live + draft": "published, newer draft",
    "live + scheduled": "published, newer scheduled",
    "live + in moderation": "published, newer in review",
    "in moderation": "in review",
    "expired": "withdrawn",
}


class Authored(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):  # type: ignore[misc]
    """Something that is drafted, reviewed, published into numbered versions, and owned by one organisation."""

    # What belongs to the row and not to any one revision of it.
    KEPT_FIELDS: ClassVar[tuple[str, ...]] = (
        "uuid", "organisation_id", "slug", "errors", "warnings", "pack_digest", "pack_revision_id"
    )  # fmt: skip

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="%(class)ss")
    slug = models.SlugField(max_length=80, editable=False)
    title = models.CharField(max_length=1000)
    language = models.CharField(max_length=40, default="en")
    # Counted when a draft is saved, so that lists need not check every document.
    errors = models.PositiveIntegerField(default=0, editable=False)
    warnings = models.PositiveIntegerField(default=0, editable=False)
    pack_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Digest of what a course pack last brought here."
    )
    pack_revision_id = models.BigIntegerField(
        null=True, editable=False, help_text="The revision a pack brought; a newer one means somebody edited it here."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or "Untitled"

    @property
    def status_string(self) -> str:
        """Say where the thing stands in our words; Wagtail's speak of "live" and "moderation"."""
        return STATUS.get(str(super().status_string), str(super().status_string))

    def with_content_json(self, content: dict[str, Any]) -> Any:
        found = super().with_content_json(content)
        for name in self.KEPT_FIELDS:
            setattr(found, name, getattr(self, name))
        return found

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a revision as Wagtail does, then count the findings of what is now the newest draft."""
        revision = super().save_revision(*args, **kwargs)
        self.errors, self.warnings = self.count_findings()
        type(self).objects.filter(pk=self.pk).update(errors=self.errors, warnings=self.warnings)
        return revision

    def count_findings(self) -> tuple[int, int]:
        """Return how many errors and warnings this draft has."""
        raise NotImplementedError

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        """Publish `revision` and freeze it, both or neither. Form, workflow, schedule and code all come through here.

        Raises PublishRefused when it is not fit to be published.
        """
        from authoring.publishing import PublishRefused, refuse_unfit, turn_back_schedule

        revision.published_by = user  # carried to the signal, which does not tell who publishes
        try:
            refuse_unfit(revision)
            with transaction.atomic():
                super().publish(revision, user=user, **kwargs)  # the `published` signal freezes the version
        except PublishRefused as refusal:
            # A clock has nobody to tell: it must not stop at this one, nor try it again every minute.
            if kwargs.get("log_action") != "wagtail.publish.scheduled":
                raise
            turn_back_schedule(revision, refusal)
