"""The site's own settings but for the length of leases, and a clock that a test can move.

See tests.faults.short_leases. What is in the file `clock` of the site's folder is added to the time, in seconds.
"""

import time
from datetime import timedelta

from django.utils import timezone

from config.settings import *  # noqa: F403
from config.settings import VAR_DIR

WORK_KINDS = "tests.faults.short_leases.KINDS"

_LOOK_EVERY_S = 0.5
_real_now = timezone.now
_seen = {"at": 0.0, "offset": 0.0}


def _moved_now():
    """Return the time as this host's clock would say it."""
    if time.monotonic() - _seen["at"] > _LOOK_EVERY_S:
        _seen["at"] = time.monotonic()
        try:
            _seen["offset"] = float((VAR_DIR / "clock").read_text() or 0)
        except (OSError, ValueError):
            _seen["offset"] = 0.0
    return _real_now() + timedelta(seconds=_seen["offset"])


timezone.now = _moved_now
