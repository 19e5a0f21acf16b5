"""The Django app's registration: what has to be connected once all models are there."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save


class LtiConfig(AppConfig):
    name = "lti"
    label = "lti"
    verbose_name = "LTI"

    def ready(self) -> None:
        from foundation.api import Membership
        from lti import framing, ports, roster
        from lti.admin import access
        from lti.grades import figures, outbox, status, warnings

        ports.connect_grade_changes(outbox.note_grade_change)
        ports.connect_delivery_status(status.delivery_status, status.missing_column)
        ports.connect_roster(roster.for_placement)
        ports.connect_frame_ancestors(framing.frame_ancestors)
        figures.register()
        warnings.register()
        post_migrate.connect(access.prepare_group, sender=self, dispatch_uid="lti-group")
        post_save.connect(access.follow_membership, sender=Membership, dispatch_uid="lti-join")
        post_delete.connect(access.follow_membership, sender=Membership, dispatch_uid="lti-leave")
