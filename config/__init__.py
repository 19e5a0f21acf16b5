"""Wiring only: settings, urls, celery, wsgi, the one list of work kinds. No behaviour lives here."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
