"""The wiring as a Django app, so that it can have commands: serve, stop, load_demo."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "config"
    label = "wiring"
