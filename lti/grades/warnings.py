"""What /readyz says about grades: degraded when one has been on its way for too long, with what to look at."""

from __future__ import annotations

from foundation.api import register_warning
from lti.grades.figures import oldest_pending_s

TOO_OLD_S = 15 * 60


def register() -> None:
    register_warning("grades", _oldest)


def _oldest() -> str:
    age = oldest_pending_s()
    if age < TOO_OLD_S:
        return ""
    return f"A grade has been on its way for {age / 60:.0f} minutes: see Grade deliveries, or manage.py grades status."
