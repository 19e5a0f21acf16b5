"""The one Django app of the sandbox."""

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "sandbox_lms"
    verbose_name = "Sandbox LMS"
