"""The kind of work of the chores, and what running one does: its name says."""

import os
import sys
import time
from datetime import datetime, timedelta

from django.db.models import F

from config.work import KINDS as REAL_KINDS
from foundation.api import Again, WorkKind
from tests.foundation.chores.models import Chore


def run_chore(chore: Chore, now: datetime) -> Again | None:
    Chore.objects.filter(pk=chore.pk).update(runs=F("runs") + 1)
    if chore.name == "fails":
        raise ValueError("no luck with token=abc123456789")
    if chore.name == "again":
        return Again(now + timedelta(minutes=5), "the other side asked to wait")
    if chore.name == "wanted meanwhile":
        Chore.objects.filter(pk=chore.pk).update(due_at=now)
    if chore.name == "speaks":
        sys.stdout.write("ran\n")  # one write: another thread prints too
        sys.stdout.flush()
    if chore.name == "hangs" and os.environ.get("CHORE_HANGS"):
        print("hanging", flush=True)
        time.sleep(60)
    return None


KINDS = [
    WorkKind(
        "chores",
        "tests.foundation.chores.models.Chore",
        "tests.foundation.chores.kinds.run_chore",
        pool=4,
        lease_s=int(os.environ.get("CHORE_LEASE_S", "60")),
    )
]
# What the tests' site has: its own kind beside the real ones.
ALL_KINDS = (*KINDS, *REAL_KINDS)
