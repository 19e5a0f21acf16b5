"""The Django app of the model seam."""

from django.apps import AppConfig


class ScenarioAiConfig(AppConfig):
    name = "scenario_ai"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "AI"
