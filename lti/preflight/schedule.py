"""The weekly try of each active platform: one leased row each, which also keeps how it went last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db.models import QuerySet

from foundation.api import Again
from lti.models import Platform, PlatformStatus, PreflightCheck
from lti.preflight.probes import Probe, probe

EVERY = timedelta(days=7)


def due_rows() -> QuerySet[PreflightCheck]:
    """Return what may be tried: nothing of a platform that is not active."""
    return PreflightCheck.objects.filter(platform__status=PlatformStatus.ACTIVE)


def run(row: PreflightCheck, now: datetime) -> Again:
    """Try the platform of a claimed row; it is due again in a week."""
    platform = Platform.objects.get(pk=row.platform_id)
    keep(platform, list(probe(platform)), now)
    return Again(now + EVERY)


def keep(platform: Platform, probes: Sequence[Probe], now: datetime) -> PreflightCheck:
    """Keep how a platform did. What could not be tried makes nothing red."""
    row, _ = PreflightCheck.objects.get_or_create(platform=platform, defaults={"due_at": now + EVERY})
    row.at, row.is_green = now, all(each.ok is not False for each in probes)
    row.probes = [asdict(each) for each in probes]
    row.save(update_fields=["at", "is_green", "probes"])
    return row
