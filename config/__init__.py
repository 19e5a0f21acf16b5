"""Wiring only: settings, urls, celery, wsgi, the one list of work kinds. No behaviour lives here."""
