"""What stands ready after each migrate: groups that open the admin to members, the review workflow, triggers.

What a member may do inside is decided by `permissions`.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from authoring.frozen_rows import add_triggers
from authoring.permissions import forget_roles
from foundation.api import Membership, Role

GROUPS: dict[str, str] = {
    Role.DESIGNER: "Designers",
    Role.REVIEWER: "Reviewers",
    Role.PUBLISHER: "Publishers",
}
WORKFLOW = "Review"


def prepare(using: str = "default", **kwargs: Any) -> None:
    """Make what is missing of the groups with access to the admin, the review workflow and the triggers."""
    access = _admin_access(using)
    for name in GROUPS.values():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(access)
    _prepare_workflow()
    add_triggers(connections[using])


def follow_membership(sender: Any, instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    """Put a user into the group of each role held anywhere, and out of the others."""
    name = GROUPS.get(instance.role)
    if name is None or raw:
        return
    forget_roles(instance.user)
    group, _ = Group.objects.get_or_create(name=name)
    if Membership.objects.filter(user_id=instance.user_id, role=instance.role).exists():
        group.user_set.add(instance.user_id)
    else:
        group.user_set.remove(instance.user_id)


def _admin_access(using: str) -> Permission:
    """Return the permission to open the admin; made here, because Wagtail's own turn after a flush comes later."""
    content_type, _ = ContentType.objects.using(using).get_or_create(app_label="wagtailadmin", model="admin")
    permission, _ = Permission.objects.using(using).get_or_create(
        codename="access_admin", content_type=content_type, defaults={"name": "Can access Wagtail admin"}
    )
    return permission


def _prepare_workflow() -> None:
    """Make the one-step review of scenarios and courses, once: an operator's later changes stay."""
    from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

    from authoring.models import Course, ReviewTask, Scenario

    if ReviewTask.objects.exists():
        return
    workflow = Workflow.objects.create(name=WORKFLOW)
    task = ReviewTask.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for model in (Scenario, Course):
        content_type = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
