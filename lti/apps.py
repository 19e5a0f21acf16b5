"""The Django app's registration: what has to be connected once all models are there."""

from django.apps import AppConfig


class LtiConfig(AppConfig):
    name = "lti"
    label = "lti"
    verbose_name = "LTI"

    def ready(self) -> None:
        from lti import ports
        from lti.grades import figures, outbox, status

        ports.connect_grade_changes(outbox.note_grade_change)
        ports.connect_delivery_status(status.delivery_status)
        figures.register()
