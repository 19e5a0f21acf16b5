"""How logs are written: one line per event, without secrets, with the id of the request.

Imported by the settings, so it imports nothing that needs them.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from foundation.redaction import redact

request_id: ContextVar[str] = ContextVar("request_id", default="")

# What every record carries; anything else was given by `extra=` and is written too.
_USUAL = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName", "request", "server_time"}


def configuration(form: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING for `form` "text" or "json"."""
    formatter = "foundation.logs.JsonLines" if form == "json" else "foundation.logs.TextLines"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers would print a second time, and in another form.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "django_tasks": {"level": "WARNING"},  # two lines for each saved row
            "httpx": {"level": "WARNING"},
            "urllib3": {"level": "WARNING"},
        },
    }


class TextLines(logging.Formatter):
    """One readable line; line breaks inside become visible, so that no input forges a second line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
        identity = f" [{request_id.get()}]" if request_id.get() else ""
        line = f"{at}Z {record.levelname} {record.name}{identity} {_one_line(redact(record.getMessage()))}"
        if record.exc_info:
            line += "\n    " + redact(self.formatException(record.exc_info)).replace("\n", "\n    ")
        return line


class JsonLines(logging.Formatter):
    """One JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if request_id.get():
            entry["request"] = request_id.get()
        for name, value in vars(record).items():
            if name not in _USUAL:
                entry[name] = redact(str(value)) if not isinstance(value, int | float | bool) else value
        if record.exc_info:
            entry["error"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=True)


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
