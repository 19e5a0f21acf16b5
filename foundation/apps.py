"""The Django app's registration."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "foundation"
    label = "foundation"
    verbose_name = "Foundation"
