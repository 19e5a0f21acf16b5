"""When to leave a platform alone: it asked for a pause, or does not answer. Pauses burn no tries of any grade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F

from lti.grades import lanes
from lti.models import Platform

OPEN_AFTER = 5
PROBE_EVERY = timedelta(seconds=60)


def note_busy(platform: Platform, seconds: float, now: datetime) -> datetime:
    """The platform asked to wait. Returns until when nothing is sent to it."""
    until = now + timedelta(seconds=seconds)
    Platform.objects.filter(pk=platform.pk).update(paused_until=until)
    lanes.narrow(platform)
    return until


def note_failure(platform: Platform, now: datetime) -> None:
    """A call was not answered. After five in a row, one grade per minute goes out as a probe."""
    rows = Platform.objects.filter(pk=platform.pk)
    rows.update(failures=F("failures") + 1)
    rows.filter(failures__gte=OPEN_AFTER).update(paused_until=now + PROBE_EVERY)


def note_answer(platform: Platform, headers: Mapping[str, str]) -> None:
    """The platform answers: nothing holds grades back any more. Costs nothing while all is well."""
    if platform.failures or platform.paused_until is not None:
        Platform.objects.filter(pk=platform.pk).update(failures=0, paused_until=None)
        platform.failures, platform.paused_until = 0, None  # said once per batch
    lanes.note_answer(platform, headers)
