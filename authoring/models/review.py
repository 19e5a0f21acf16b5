"""The review step of a workflow: a reviewer or publisher of the same organisation approves."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Task, TaskState

from foundation.api import User


class ReviewTask(Task):  # type: ignore[misc]
    """Approved by somebody who may review in the organisation that owns the scenario or course.

    Wagtail's own group task looks at groups only, and would show one organisation's drafts to another's reviewers.
    """

    class Meta:
        verbose_name = "review within the organisation"
        verbose_name_plural = "reviews within the organisation"

    @classmethod
    def get_description(cls) -> str:
        return "Reviewers and publishers of the organisation can approve, or ask for changes."

    def user_can_access_editor(self, obj: Any, user: User) -> bool:
        return _may_review(user, obj)

    def locked_for_user(self, obj: Any, user: User) -> bool:
        return not _may_review(user, obj)

    def user_can_lock(self, obj: Any, user: User) -> bool:
        return _may_review(user, obj)

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, str, bool]]:
        if not _may_review(user, obj):
            return []
        return [
            ("reject", "Request changes", True),
            ("approve", "Approve and publish", False),
            ("approve", "Approve with a comment", True),
        ]

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[Any]:
        from authoring.models import Course, Scenario
        from authoring.permissions import organisations_for

        mine = Q(pk__in=[])
        for model in (Scenario, Course):
            owned = model.objects.filter(organisation__in=organisations_for(user, "review"))
            mine |= Q(
                revision__base_content_type=ContentType.objects.get_for_model(model),
                revision__object_id__in=[str(pk) for pk in owned.values_list("pk", flat=True)],
            )
        states: QuerySet[Any] = TaskState.objects.filter(mine, task=self, status=TaskState.STATUS_IN_PROGRESS)
        return states


def _may_review(user: User, obj: Any) -> bool:
    from authoring.permissions import may

    return may(user, "review", obj.organisation_id)
