"""Which sites may show our pages in a frame: the LMS of the launch, where its registration or a launch says it lives.

A registration does not name every host of an LMS (a school's own address at Canvas); the signed way back of a launch
does, and is remembered. An LMS admin may add more, such as a portal around the LMS.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from lti import addresses, ports
from lti.models import Platform

KEY = "seen_origins"
MOST = 20


def note_origin(platform: Platform, url: str) -> None:
    """Remember where a signed launch says that its LMS is. Writes once per address."""
    found = addresses.origin(url)
    if not found or found in addresses.framing_origins(platform):
        return
    with transaction.atomic():
        row = Platform.objects.select_for_update().get(pk=platform.pk)
        seen = [each for each in row.settings.get(KEY, []) if each != found]
        row.settings = {**row.settings, KEY: [*seen, found][-MOST:]}
        row.save(update_fields=["settings"])
    platform.settings = row.settings


def frame_ancestors(page: UUID) -> Sequence[str]:
    """Return who may frame the pages of a placement or participation: the LMSs of its course, and ourselves."""
    cohort = ports.cohort_of_page(page)
    if cohort is None:
        return ["'self'"]
    platforms = Platform.objects.filter(deployments__contexts__cohort=cohort).distinct()[:20]
    found = [origin for platform in platforms for origin in addresses.framing_origins(platform)]
    return ["'self'", *dict.fromkeys(found)]
