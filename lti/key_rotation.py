"""Changing our keys by schedule. What a change is, and how keys overlap, is lti.tool_keys.

Every 90 days the key that has been published as the next one signs, and another is published to be the next: by then
every LMS has had 90 days to fetch it. The old one stays published for a week, longer than anything it signed counts.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.api import Again, record
from lti import tool_keys
from lti.models import KeyRotation, KeyState, ToolKey

EVERY = timedelta(days=90)


def run(row: KeyRotation, now: datetime) -> Again:
    """Change keys, or only publish the next one where there is none yet."""
    before = ToolKey.objects.filter(state=KeyState.CURRENT).values_list("kid", flat=True).first()
    after = tool_keys.rotate(now).kid
    KeyRotation.objects.filter(pk=row.pk).update(at=now)
    if after != before:
        record(None, "schedule", "lti.keys_changed", f"tool_key:{after}")
    return Again(now + EVERY)
