"""The Django app's registration."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"
    label = "learning"
    verbose_name = "Learning"

    def ready(self) -> None:
        from authoring import api as authoring
        from learning.moving import Attempts
        from learning.pins import reasons_to_keep

        authoring.register_pin_check(reasons_to_keep)
        authoring.register_in_play(Attempts())
