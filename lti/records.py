"""Writing down how a login, launch or registration went. Reading is the admin's matter."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta

from django.utils import timezone

from foundation.api import counter, insert
from lti import redaction
from lti.launching.arrival import Arrival
from lti.models import Deployment, LaunchRecord, Platform
from lti.problems import LaunchProblem

log = logging.getLogger(__name__)
KEPT = timedelta(days=30)
PURGE_ONE_IN = 500
launches = counter("branchwise_lti_launches_total", "Launches, by outcome code.")


def note_arrival(deployment: Deployment, arrival: Arrival, way: str) -> None:
    launches.add(code="ok")
    insert(
        LaunchRecord(
            code="ok",
            organisation=deployment.organisation,
            platform=deployment.platform,
            person=arrival.person,
            link=arrival.link,
            acted_as=arrival.acting.value,
            way=way,
        )
    )
    if secrets.randbelow(PURGE_ONE_IN) == 0:
        purge()


def note_problem(
    problem: LaunchProblem,
    platform: Platform | None = None,
    body: object = None,
    header: object = None,
    issuer: str = "",
) -> LaunchRecord:
    """Keep a failed launch with what helps to find the cause; the record's number is shown to the person."""
    launches.add(code=problem.code)
    log.info("Launch failed: %s (expected %s, received %s)", problem.code, problem.expected, problem.received)
    return LaunchRecord.objects.create(
        code=problem.code,
        organisation=platform.organisation if platform else None,
        platform=platform,
        issuer=(platform.issuer if platform else issuer)[:500],
        expected=problem.expected,
        received=problem.received,
        claims=redaction.redacted(body) if body else {},
        header=redaction.redacted_header(header) if header else {},
    )


def purge() -> int:
    """Delete records older than a month; returns how many."""
    count, _ = LaunchRecord.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return count
