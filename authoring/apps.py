"""The Django app's registration."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete


class AuthoringConfig(AppConfig):
    name = "authoring"
    label = "authoring"
    verbose_name = "Scenarios"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy
        from wagtail.signals import published

        from authoring import compare, deletion, groups, permissions, publishing
        from authoring.models import Course, Scenario
        from foundation.api import Membership

        for model in (Scenario, Course):
            register_permission_policy(model, permissions.MembershipPolicy(model))
            pre_delete.connect(deletion.refuse_while_pinned, sender=model, dispatch_uid=f"pins-{model.__name__}")
            published.connect(publishing.freeze_published, sender=model, dispatch_uid=f"freeze-{model.__name__}")
        compare.register()
        post_migrate.connect(groups.prepare, sender=self, dispatch_uid="authoring-groups")
        post_save.connect(groups.follow_membership, sender=Membership, dispatch_uid="authoring-join")
        post_delete.connect(groups.follow_membership, sender=Membership, dispatch_uid="authoring-leave")
