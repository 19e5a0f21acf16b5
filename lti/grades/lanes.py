"""How many grades go to one platform at the same time, and which rows are next: one that is down starves no other.

Every platform has a lane of its own: from two at once, more while it answers well, fewer when it throttles or fails,
one when it seems down. What is under way is counted in leases, one per batch: the figure holds across processes.
When a platform is left alone altogether is lti.grades.health.
Source for Canvas: https://developerdocs.instructure.com/services/canvas/basics/file.throttling (X-Rate-Limit-Remaining)
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connections
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from foundation.api import WorkKind
from lti.models import GradeTarget, Platform, PlatformStatus

FIRST, WIDEST = 2, 6
# So many clean answers in a row widen a lane by one.
GROWS_AFTER = 20
# A call that began longer ago than any lasts counts no more: its worker was killed, and the row waits for its lease.
UNDER_WAY_FOR = timedelta(seconds=25)
# Canvas fills a bucket of 700 with the cost of calls; below this the next ones may be refused.
LITTLE_LEFT, PLENTY_LEFT = 150.0, 300.0

# No delivery of a batch begins later than this, in seconds: leases last far longer, lanes count calls by it, and a
# grade that waits behind a slow batch waits no longer. What is left over then goes back, so a batch is as large as
# fits; the first of a process finds out how long a platform takes.
LONGEST_S = 2.0
FIRST_BATCH = 10

_clean: Counter[int] = Counter()
# What one grade took on each platform, in seconds, the newest counting half.
_pace: dict[int, float] = {}
_lock = threading.Lock()


def pick(rows: QuerySet[GradeTarget], kind: WorkKind, now: datetime, limit: int) -> Sequence[int]:
    """Return the keys of one batch of due rows of one platform whose lane has room. Runs inside the claim.

    A batch is posted one after the other, so it counts as one call at a time. Rows are spread over what room there is.
    On PostgreSQL a platform whose lane another worker is filling right now is left to that worker.
    """
    lanes = list(_lanes(rows, kind, now))
    random.shuffle(lanes)  # no platform is always the first
    for platform in lanes:
        under_way: int = platform.under_way  # type: ignore[attr-defined]  # annotated by _lanes
        room = min(allowance(platform) - under_way, limit)
        if room > 0:
            size = batch_size(platform, kind.batch)
            mine = rows.filter(platform=platform.pk).order_by("due_at", "pk")
            keys = list(mine.values_list("pk", flat=True)[: size * room])
            if keys:
                return keys[: -(-len(keys) // room)]
    return []


def allowance(platform: Platform) -> int:
    """Return how many calls a platform bears: one after failures, which is also the probe of one that was down."""
    return 1 if platform.failures >= 2 else max(1, platform.concurrency)


def batch_size(platform: Platform, most: int) -> int:
    """Return how many grades to claim at once: one for a platform in trouble, otherwise what fits into the time."""
    if platform.failures:
        return 1
    pace = _pace.get(platform.pk)
    fits = FIRST_BATCH if pace is None else int(LONGEST_S / pace)
    return max(1, min(most, fits))


def note_pace(platform: Platform, seconds: float) -> None:
    """Remember how long one grade took, with all its calls."""
    known = _pace.get(platform.pk, seconds)
    _pace[platform.pk] = max(0.001, (known + seconds) / 2)


def forget_all() -> None:
    """Forget what this process learned of platforms."""
    _clean.clear()
    _pace.clear()


def note_answer(platform: Platform, headers: Mapping[str, str]) -> None:
    """Widen a lane that has answered well for a while; narrow it to one when little is left of its allowance."""
    left = _left(headers)
    if left is not None and left < LITTLE_LEFT:
        _clean.pop(platform.pk, None)
        if platform.concurrency > 1:
            Platform.objects.filter(pk=platform.pk).update(concurrency=1)
            platform.concurrency = 1
        return
    if platform.concurrency >= WIDEST or (left is not None and left < PLENTY_LEFT):
        return
    with _lock:
        _clean[platform.pk] += 1
        grows = _clean[platform.pk] >= GROWS_AFTER
        if grows:
            del _clean[platform.pk]
    if grows:
        rows = Platform.objects.filter(pk=platform.pk, concurrency__lt=WIDEST)
        rows.update(concurrency=F("concurrency") + 1)


def narrow(platform: Platform) -> None:
    """Halve a lane: the platform asked to slow down, or does not keep up."""
    _clean.pop(platform.pk, None)
    rows = Platform.objects.filter(pk=platform.pk, concurrency__gt=1)
    rows.update(concurrency=(F("concurrency") + 1) / 2)


def open_platforms(now: datetime) -> QuerySet[Platform]:
    """Return the platforms that may be called now: active, and not paused."""
    free = Q(paused_until__isnull=True) | Q(paused_until__lte=now)
    return Platform.objects.filter(free, status=PlatformStatus.ACTIVE)


def _lanes(rows: QuerySet[GradeTarget], kind: WorkKind, now: datetime) -> QuerySet[Platform]:
    mine = GradeTarget.objects.filter(platform=OuterRef("pk"))
    due = mine.filter(due_at__lte=now)
    began = now + max(timedelta(0), timedelta(seconds=kind.lease_s) - UNDER_WAY_FOR)
    held = mine.filter(lease_id__isnull=False, lease_until__gt=began).order_by()
    count = held.values("platform").annotate(count=Count("lease_id", distinct=True)).values("count")
    found = (
        open_platforms(now)
        .filter(Exists(due))
        .annotate(under_way=Coalesce(Subquery(count, output_field=IntegerField()), Value(0)))
        .only("pk", "failures", "concurrency")
        .order_by()
    )
    if connections[rows.db].features.has_select_for_update_skip_locked:
        found = found.select_for_update(skip_locked=True, of=("self",))
    return found


def _left(headers: Mapping[str, str]) -> float | None:
    value = (headers.get("X-Rate-Limit-Remaining") or "").strip()
    try:
        return float(value[:20]) if value else None
    except ValueError:
        return None
